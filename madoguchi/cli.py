"""`madoguchi`: one command for everything. Rooms are loaded when their command runs, so that `--help` is quick."""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

#: For commands that are groups of their own: everything behind the name is theirs, `--help` included.
_PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}

#: The name of each such group, where it is, and what `--help` says of it.
_GROUPS = (
    (
        "staff",
        "madoguchi.staff.commands",
        "Read and answer cases as a staff member: setup, inbox, open, save, answer, note, accept, decline.",
    ),
    ("organ", "madoguchi.organ.commands", "Administer an organ: init, apply, recover."),
    (
        "export",
        "madoguchi.export.figures",
        "Write what leaves the case store to files: log, checkpoints, figures, survey, materials.",
    ),
)

_Lang = Annotated[str, typer.Option(help="ja or en; else as the terminal is set.")]

app = typer.Typer(
    name="madoguchi",
    no_args_is_help=True,
    add_completion=False,
    # A traceback with local variables would show keys and words.
    pretty_exceptions_enable=False,
    help="A point of contact for whistleblower reports: the chat, the case store, and the tools of desk and organ.",
)


@app.command()
def run(
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Make a demo organ on first start and say how to try it.")
    ] = False,
    lang: _Lang = "",
) -> None:
    """Start chat and case store in one process, on this machine."""
    import_module("madoguchi.run").run(demo=demo, language=lang)


@app.command()
def bot(*, lang: _Lang = "") -> None:
    """Start the chat alone; it reaches the case store at MADOGUCHI_BACKEND_URL."""
    import_module("madoguchi.run").run_bot(language=lang)


@app.command()
def backend(*, lang: _Lang = "") -> None:
    """Start the case store alone."""
    import_module("madoguchi.run").run_backend(language=lang)


@app.command()
def scheduler(*, lang: _Lang = "") -> None:
    """Do what is done by the clock, apart from the case stores: set MADOGUCHI_SCHEDULER=apart for them."""
    import_module("madoguchi.run").run_scheduler(language=lang)


@app.command()
def demo(
    *,
    cases: Annotated[int, typer.Option(min=1, help="How many cases.")] = 1000,
    folder: Annotated[Path, typer.Option(help="Where they are kept; emptied first.")] = Path("var/year"),
    serve: Annotated[bool, typer.Option(help="Start chat and case store on them, to look at.")] = True,
    lang: _Lang = "",
) -> None:
    """Play a year of made-up cases, and serve them: figures, charts, a desk with work to do."""
    import_module("madoguchi.year.command").demo(folder, cases, lang, serve=serve)


@app.command()
def talk(
    *,
    socket: Annotated[
        Path | None, typer.Option(help="The running bot's socket; else the one in the data folder.")
    ] = None,
) -> None:
    """Talk to the desk in this terminal, as a reporter. A pipe on stdin is played as answers, line by line."""
    place = socket or import_module("madoguchi.serving").data_folder() / "talk.sock"
    lines = None if sys.stdin.isatty() else sys.stdin
    raise typer.Exit(import_module("madoguchi.talk").talk(place, lines))


@app.command()
def doctor(
    *,
    only: Annotated[str, typer.Option(help="bot or backend: look at one side, where the other is elsewhere.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print faults alone.")] = False,
    lang: _Lang = "",
) -> None:
    """Look over the installation: what is wrong, and what to do. Exit status 1 when something is."""
    raise typer.Exit(import_module("madoguchi.doctor.command").doctor(only, lang, as_json=as_json, quiet=quiet))


def _passed_on(name: str, room: str) -> Callable[[typer.Context], None]:
    def group(ctx: typer.Context) -> None:
        import_module(room).app(args=ctx.args, prog_name=f"madoguchi {name}")

    return group


for _name, _room, _help in _GROUPS:
    app.command(_name, help=_help, context_settings=_PASSED_ON, options_metavar="COMMAND ...")(_passed_on(_name, _room))


@app.command("verify-log")
def verify_log(  # noqa: PLR0913 - each is an option that people type
    number: Annotated[str, typer.Argument(help="Case number; the log is fetched with your key.")] = "",
    *,
    log: Annotated[Path | None, typer.Option(help="A log from `export log`, in place of a number.")] = None,
    checkpoints: Annotated[
        Path | None, typer.Option(help="Checkpoints from `export checkpoints`; else fetched.")
    ] = None,
    signer: Annotated[
        list[str] | None, typer.Option(help="The bot's public key as the organ publishes it, or a file with it.")
    ] = None,
    key: Annotated[Path, typer.Option(help="Your key file.")] = Path("staff.key"),
    passphrase_file: Annotated[Path | None, typer.Option(help="File with your six words; else you are asked.")] = None,
    store: Annotated[str | None, typer.Option(help="The case store, if not the one noted in the key file.")] = None,
    lang: _Lang = "",
) -> None:
    """Hold a case's log against published checkpoints, and name the first broken entry. Exit status 1 when one is."""
    room = import_module("madoguchi.verify_command")
    asked = room.Asked(number, log, checkpoints, signer or (), key, passphrase_file, store)
    raise typer.Exit(room.verify_log(asked, lang))
