"""`madoguchi staff`: the desk at a terminal. Every command opens the key file, does one thing and forgets the key."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from backend.contract import Stage
from bot.conversation.catalog import load_catalog
from madoguchi import private_files
from madoguchi.day import today
from madoguchi.foreign import quoted
from madoguchi.organ.card import read_card
from madoguchi.staff import answering
from madoguchi.staff.client import open_desk
from madoguchi.staff.inbox import show_inbox
from madoguchi.staff.keyfile import make_key, open_key
from madoguchi.staff.opening import Chair, Sheet
from madoguchi.staff.saving import save_files
from madoguchi.staff.showing import Reading, case_lines
from madoguchi.telling import PlainGroup, Teller
from madoguchi.wire import STORE
from madoguchi.words import NotDoneError

app = typer.Typer(
    cls=PlainGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Read and answer cases, with your own key, on your own machine.",
)

_Number = Annotated[str, typer.Argument(help="Case number, as the inbox shows it.")]
_Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before it leaves.")]


class Seat(NamedTuple):
    """What all commands of this group share."""

    teller: Teller
    key: Path
    passphrase_file: Path | None
    store: str | None


@app.callback()
def staff(
    ctx: typer.Context,
    key: Annotated[Path, typer.Option(help="Your key file.")] = Path("staff.key"),
    passphrase_file: Annotated[Path | None, typer.Option(help="File with your six words; else you are asked.")] = None,
    store: Annotated[str | None, typer.Option(help="The case store, if not the one noted in the key file.")] = None,
    lang: Annotated[str, typer.Option(help="ja or en; else as the terminal is set.")] = "",
) -> None:
    """Read and answer cases, with your own key, on your own machine."""
    ctx.obj = Seat(Teller(lang), key, passphrase_file, store)


@app.command()
def setup(
    ctx: typer.Context,
    *,
    organ_card: Annotated[Path, typer.Option(help="organ.json, as handed to you by the administrator.")],
    staff_id: Annotated[str, typer.Option("--id", help="Your short id: small letters, digits, dashes.")],
    name_ja: Annotated[str, typer.Option(help="Your name in Japanese.")],
    name_en: Annotated[str, typer.Option(help="Your name in English.")],
    enrolment: Annotated[Path | None, typer.Option(help="Where to write what goes to the administrator.")] = None,
) -> None:
    """Make your key file, and the enrolment for the administrator."""
    seat: Seat = ctx.obj
    enrolment = enrolment or seat.key.with_suffix(".enrolment.json")
    name = {"ja": name_ja, "en": name_en}
    made = make_key(seat.key, enrolment, read_card(organ_card), staff_id, name, seat.store or STORE)
    say = seat.teller.say
    say("setup.made", "good", file=seat.key)
    if seat.passphrase_file is None:
        say("setup.words", "title")
        seat.teller.show(f"    {made.passphrase}")
    else:
        private_files.write(seat.passphrase_file, f"{made.passphrase}\n".encode())
    say("setup.enrolment", file=enrolment)
    say("setup.fingerprint", fingerprint=made.fingerprint)


@app.command()
def inbox(ctx: typer.Context) -> None:
    """List your cases, what is due first on top."""
    asyncio.run(_at_desk(ctx.obj, _inbox))


@app.command("open")
def open_(
    ctx: typer.Context,
    number: _Number,
    *,
    identity: Annotated[bool, typer.Option("--identity", help="Show who the reporter is, if you may know.")] = False,
) -> None:
    """Open a case: check all signatures, then show facts, thread and files."""

    async def act(chair: Chair, teller: Teller) -> None:
        sheet = await chair.open(number)
        for line in case_lines(sheet, _reading(teller), with_identity=identity):
            teller.show(line.text, line.tone)
        chair.saw(sheet)

    asyncio.run(_at_desk(ctx.obj, act))


@app.command()
def save(
    ctx: typer.Context, number: _Number, *, to: Annotated[Path, typer.Option(help="Folder for the files.")]
) -> None:
    """Save a case's files, decrypted, under harmless names."""

    async def act(chair: Chair, teller: Teller) -> None:
        sheet = await chair.open(number)
        saved, failed = await save_files(chair, sheet, to)
        for path in saved:
            teller.show(str(path))
        if failed:
            teller.say("save.failed", "warning", count=failed)
        teller.say("save.careful" if saved else "save.none", "warning" if saved else "plain")

    asyncio.run(_at_desk(ctx.obj, act))


@app.command()
def answer(
    ctx: typer.Context,
    number: _Number,
    text: Annotated[str | None, typer.Argument(help="What to answer; else it is read from stdin.")] = None,
    *,
    yes: _Yes = False,
) -> None:
    """Answer the reporter."""
    _write(ctx.obj, number, _Outgoing("answer.leaves", answering.answer), _words(text), yes=yes)


@app.command()
def note(
    ctx: typer.Context,
    number: _Number,
    text: Annotated[str | None, typer.Argument(help="What to note; else it is read from stdin.")] = None,
) -> None:
    """Put a note into the case that stays at the desk."""
    _write(ctx.obj, number, _Outgoing("note.stays", answering.note), _words(text), yes=True)


@app.command()
def accept(ctx: typer.Context, number: _Number, *, yes: _Yes = False) -> None:
    """Accept the report; the reporter is told."""

    async def send(chair: Chair, sheet: Sheet, _: str) -> None:
        await answering.accept(chair, sheet)

    _write(ctx.obj, number, _Outgoing("accept.leaves", send, (Stage.RECEIVED,)), None, yes=yes)


@app.command()
def decline(
    ctx: typer.Context,
    number: _Number,
    *,
    reason: Annotated[str, typer.Option(help="A code of your organ's list.")] = "",
    text: Annotated[str, typer.Option(help="Why, in words the reporter can follow.")] = "",
    yes: _Yes = False,
) -> None:
    """Do not accept the report; the reporter is told why."""
    if not reason.strip():
        raise answering.ReasonNeededError

    async def send(chair: Chair, sheet: Sheet, words: str) -> None:
        await answering.decline(chair, sheet, reason.strip(), words)

    _write(ctx.obj, number, _Outgoing("decline.leaves", send, (Stage.RECEIVED,)), text, yes=yes)


class _Outgoing(NamedTuple):
    """What is said before something leaves, how it leaves, and in which stages it may."""

    key: str
    send: Callable[[Chair, Sheet, str], Awaitable[None]]
    stages: tuple[Stage, ...] = tuple(Stage)


def _write(seat: Seat, number: str, outgoing: _Outgoing, text: str | None, *, yes: bool) -> None:
    words = "" if text is None else answering.not_blank(text)

    async def act(chair: Chair, teller: Teller) -> None:
        sheet = await answering.open_to_write(chair, number, outgoing.stages)
        teller.say(outgoing.key, number=sheet.file.line.case_number)
        for line in quoted(words) if words else ():
            teller.show(line)
        # Piped words cannot be asked about; who pipes them has seen them.
        if not yes and sys.stdin.isatty() and not teller.agreed("answer.question"):
            raise NotDoneError("answer.not_sent")
        await outgoing.send(chair, sheet, words)
        teller.say("answer.done", "good")

    asyncio.run(_at_desk(seat, act))


async def _at_desk(seat: Seat, act: Callable[[Chair, Teller], Awaitable[None]]) -> None:
    key = open_key(seat.key, seat.teller.passphrase(seat.passphrase_file, "key.question"))
    async with open_desk(seat.store or key.store, key.credential) as desk:
        await act(Chair(seat.key, key, desk), seat.teller)


async def _inbox(chair: Chair, teller: Teller) -> None:
    roster = await chair.roster()
    show_inbox(teller, await chair.desk.inbox(), roster, _reading(teller))


def _reading(teller: Teller) -> Reading:
    return Reading(teller.words, load_catalog(), today())


def _words(text: str | None) -> str:
    """Return what was given, or all of stdin without the line's end that a pipe adds."""
    return sys.stdin.read().removesuffix("\n") if text is None else text
