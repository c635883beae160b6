"""`madoguchi staff`: the desk at a terminal. Every command opens the key file, does one thing and forgets the key."""

import sys
from collections.abc import Awaitable, Callable
from itertools import chain
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from madoguchi import private_files
from madoguchi.foreign import quoted
from madoguchi.organ.card import read_card
from madoguchi.staff import (
    answering,
    approving_commands,
    assigning,
    entering_commands,
    granting,
    inquiring,
    linking,
    masking,
    moving,
    overseeing_commands,
    preserving,
    publishing,
    transferring,
)
from madoguchi.staff.declaring import NoConflict, look
from madoguchi.staff.inbox import View, show_due, show_inbox
from madoguchi.staff.keyfile import make_key
from madoguchi.staff.masked import masked_lines, observed
from madoguchi.staff.opening import Chair, MaskedSheet, Sheet
from madoguchi.staff.saving import save_files
from madoguchi.staff.seat import Number, Seat, Yes, app, at_desk, confirm, reading
from madoguchi.staff.showing import case_lines
from madoguchi.telling import Teller
from madoguchi.wire import STORE

__all__ = [
    "app",
    "approving_commands",
    "assigning",
    "entering_commands",
    "granting",
    "linking",
    "masking",
    "moving",
    "overseeing_commands",
    "preserving",
    "publishing",
    "transferring",
]


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
def inbox(
    ctx: typer.Context,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Also cases on which nothing is owed any more.")] = False,
) -> None:
    """List your cases, what is due first on top."""

    async def act(chair: Chair, teller: Teller) -> None:
        soon = (await chair.desk.in_force()).policy.remind_before
        view = View(teller, await chair.roster(), reading(teller), soon)
        show_inbox(view, await chair.desk.inbox(), everything=everything)

    at_desk(ctx.obj, act)


@app.command()
def due(
    ctx: typer.Context,
    *,
    days: Annotated[int, typer.Option(min=0, help="How many days ahead; 0 is today and what is overdue.")] = 0,
) -> None:
    """List what is due today, or within some days, and what is overdue."""

    async def act(chair: Chair, teller: Teller) -> None:
        view = View(teller, await chair.roster(), reading(teller), days)
        show_due(view, await chair.desk.inbox(), days)

    at_desk(ctx.obj, act)


@app.command("open")
def open_(
    ctx: typer.Context,
    number: Number,
    *,
    identity: Annotated[bool, typer.Option("--identity", help="Show who the reporter is, if you may know.")] = False,
    log: Annotated[bool, typer.Option("--log", help="Show the whole log.")] = False,
    no_conflict: NoConflict = False,
) -> None:
    """Open a case: check all signatures, then show what is owed, facts, letters, minutes and files."""

    async def act(chair: Chair, teller: Teller) -> None:
        sheet, by = await look(chair, teller, number, no_conflict=no_conflict), reading(teller)
        if isinstance(sheet, MaskedSheet):
            lines = masked_lines(sheet, by)
        else:
            lines = chain(case_lines(sheet, by, with_identity=identity, whole_log=log), observed(sheet.file.line, by))
        for line in lines:
            teller.show(line.text, line.tone)
        if isinstance(sheet, Sheet):
            chair.saw(sheet)

    at_desk(ctx.obj, act)


@app.command()
def save(
    ctx: typer.Context, number: Number, *, to: Annotated[Path, typer.Option(help="Folder for the files.")]
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

    at_desk(ctx.obj, act)


@app.command()
def answer(
    ctx: typer.Context,
    number: Number,
    text: Annotated[str | None, typer.Argument(help="What to answer; else it is read from stdin.")] = None,
    *,
    just_cause: Annotated[str, typer.Option(help="Why you ask who an anonymous reporter is: a code of the list.")] = "",
    yes: Yes = False,
) -> None:
    """Answer the reporter."""

    async def send(chair: Chair, sheet: Sheet, words: str) -> None:
        await inquiring.answer(chair, sheet, words, just_cause)

    _write(ctx.obj, number, _Outgoing("answer.leaves", send), _words(text), yes=yes)


@app.command()
def note(
    ctx: typer.Context,
    number: Number,
    text: Annotated[str | None, typer.Argument(help="What to note; else it is read from stdin.")] = None,
) -> None:
    """Put a note into the case that stays at the desk."""
    _write(ctx.obj, number, _Outgoing("note.stays", answering.note), _words(text), yes=True)


class _Outgoing(NamedTuple):
    """What is said before something leaves, and how it leaves."""

    key: str
    send: Callable[[Chair, Sheet, str], Awaitable[None]]


def _write(seat: Seat, number: str, outgoing: _Outgoing, text: str, *, yes: bool) -> None:
    words = answering.not_blank(text)

    async def act(chair: Chair, teller: Teller) -> None:
        sheet = await answering.open_to_write(chair, number)
        teller.say(outgoing.key, number=sheet.file.line.case_number)
        for line in quoted(words):
            teller.show(line)
        confirm(teller, yes=yes)
        await outgoing.send(chair, sheet, words)
        teller.say("answer.done", "good")

    at_desk(seat, act)


def _words(text: str | None) -> str:
    """Return what was given, or all of stdin without the line's end that a pipe adds."""
    return sys.stdin.read().removesuffix("\n") if text is None else text
