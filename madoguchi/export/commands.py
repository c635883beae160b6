"""`madoguchi export log|checkpoints`: writes what proves a log to files, to be verified anywhere, without a network."""

import asyncio
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import typer

from madoguchi import private_files
from madoguchi.staff.keyfile import StaffKey, open_key
from madoguchi.telling import PlainGroup, Teller
from madoguchi.verify_fetching import fetch_checkpoints, fetch_log
from madoguchi.wire import STORE

app = typer.Typer(
    cls=PlainGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Write logs, checkpoints and figures to files.",
)

_To = Annotated[Path | None, typer.Option(help="File to write; else it is printed.")]


class Exporter(NamedTuple):
    """Who asks, and where the case store is. Keys are opened only where they are needed."""

    teller: Teller
    key: Path
    passphrase_file: Path | None
    store: str | None

    def opened(self) -> StaffKey:
        """Return the key, opened with the six words."""
        return open_key(self.key, self.teller.passphrase(self.passphrase_file, "key.question"))


@app.callback()
def export(
    ctx: typer.Context,
    key: Annotated[Path, typer.Option(help="Your key file.")] = Path("staff.key"),
    passphrase_file: Annotated[Path | None, typer.Option(help="File with your six words; else you are asked.")] = None,
    store: Annotated[str | None, typer.Option(help="The case store, if not the one noted in the key file.")] = None,
    lang: Annotated[str, typer.Option(help="ja or en; else as the terminal is set.")] = "",
) -> None:
    """Write logs, checkpoints and figures to files."""
    ctx.obj = Exporter(Teller(lang), key, passphrase_file, store)


@app.command()
def log(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help="Case number, as the inbox shows it.")],
    *,
    to: _To = None,
) -> None:
    """Write a case's log, with its proofs: who did what on which day, and no content."""
    exporter: Exporter = ctx.obj
    key = exporter.opened()
    put(exporter.teller, asyncio.run(fetch_log(exporter.store or key.store, key, number)), to)


@app.command()
def checkpoints(
    ctx: typer.Context,
    *,
    organ: Annotated[str, typer.Option(help="The organ's id.")],
    to: _To = None,
) -> None:
    """Write all published checkpoints of an organ. Needs no key."""
    exporter: Exporter = ctx.obj
    put(exporter.teller, asyncio.run(fetch_checkpoints(exporter.store or STORE, organ)), to)


def put(teller: Teller, exported: msgspec.Struct, to: Path | None) -> None:
    """Write a record as JSON to a file that is yours alone, or print it."""
    text = msgspec.json.format(msgspec.json.encode(exported), indent=1)
    if to is None:
        typer.echo(text)
    else:
        private_files.write(to, text + b"\n")
        teller.say("export.written", "good", file=to)
