"""`staff enter` and `staff acknowledged`: from words on paper to a sealed case, and to an acknowledgement on paper.

At a terminal what is missing is asked for; elsewhere it is refused. What is about to be sealed, and to whom, is shown
before it leaves.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from backend.contract import CodeList, Policy
from backend.domain.policy import codes_of
from bot.anonymity.roster import Roster
from bot.anonymity.routing import Escalation
from bot.conversation.forms import REPORT, load_forms
from madoguchi.day import today
from madoguchi.staff.entering import Arrived, Written, checked, readers, sealed
from madoguchi.staff.entering_parcel import Parcel, kept
from madoguchi.staff.entering_sources import asked, attached, day_typed, read_source, with_language
from madoguchi.staff.entering_way import Manner, go
from madoguchi.staff.opening import Chair
from madoguchi.staff.seat import Number, Seat, Yes, app, at_desk, confirm
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError


@app.command()
def enter(  # noqa: PLR0913 - one option a thing that may be said of what arrived
    ctx: typer.Context,
    *,
    source: Annotated[Path | None, typer.Option("--from", help="A .toml, .eml or .txt; else you are asked.")] = None,
    kind: Annotated[str, typer.Option(help="letter, phone, visit, box or mail.")] = "",
    arrived: Annotated[str, typer.Option(help="The day it arrived, such as 2026-11-20.")] = "",
    desk: Annotated[str, typer.Option(help="Desk id; else the integrated desk.")] = "",
    language: Annotated[str, typer.Option(help="The sender's language, ja or en; else as they wrote.")] = "",
    keep_from: Annotated[list[str] | None, typer.Option(help="Whom to keep it from; may be given again.")] = None,
    attach: Annotated[list[Path] | None, typer.Option(help="A file that came along; may be given again.")] = None,
    anyone: Annotated[bool, typer.Option("--anyone", help="To fallback desk or recovery key, if need be.")] = False,
    out: Annotated[Path, typer.Option(help="Folder for the printable acknowledgement.")] = Path(),
    mail_out: Annotated[Path | None, typer.Option(help="Where to write it as a mail, ready to be sent.")] = None,
    left: Annotated[bool, typer.Option("--left", help="It is handed over or sent at once.")] = False,
    nowhere: Annotated[str, typer.Option(help="Nowhere to send it: the code of the reason.")] = "",
    again: Annotated[Path | None, typer.Option(help="Send an entry again that was kept.")] = None,
    yes: Yes = False,
) -> None:
    """Enter what came by letter, telephone, visit, box or mail; print its acknowledgement."""
    seat: Seat = ctx.obj
    manner = Manner(out=out, mail_out=mail_out, left=left)
    if nowhere and (mail_out or left):
        raise NotDoneError("enter.both")
    if again is not None:
        _send_again(seat, again, manner)
        return
    said = Written(
        kind=kind,
        arrived=day_typed(arrived),
        desk=desk,
        language=language,
        keep_from=tuple(keep_from or ()),
        attachments=tuple(map(attached, attach or ())),
    )
    written = _complete(seat.teller, _over(_found(source), said))
    _enter(seat, written, manner, nowhere or None, anyone=anyone, yes=yes)


@app.command()
def acknowledged(ctx: typer.Context, number: Number) -> None:
    """Record that the acknowledgement of what you entered has been handed over or sent."""

    async def act(chair: Chair, teller: Teller) -> None:
        await chair.desk.acknowledged(number)
        teller.say("enter.is_left", "good")

    at_desk(ctx.obj, act)


def _found(source: Path | None) -> Written:
    if source is not None:
        return read_source(source)
    return Written() if sys.stdin.isatty() else Written(text=sys.stdin.read().strip())


def _over(found: Written, said: Written) -> Written:
    """Let what was said with the command stand over what the file says; people and files are added."""
    over = {name: value for name in ("kind", "arrived", "desk", "language") if (value := getattr(said, name))}
    both = {name: (*getattr(found, name), *getattr(said, name)) for name in ("keep_from", "attachments")}
    return replace(found, **over, **both)


def _complete(teller: Teller, written: Written) -> Written:
    if sys.stdin.isatty():
        written = asked(written, lambda key: str(typer.prompt(teller.words(key), default="", show_default=False)))
    return with_language(written, teller.words.language)


def _enter(seat: Seat, written: Written, manner: Manner, unsaid: str | None, *, anyone: bool, yes: bool) -> None:
    if manner.mail_out is not None and not written.mail.strip():
        raise NotDoneError("enter.no_mail")

    async def act(chair: Chair, teller: Teller) -> None:
        roster, policy = await chair.roster(), (await chair.desk.in_force()).policy
        _check_code(unsaid, policy)
        arrived = checked(written, load_forms()[REPORT], roster, today(), anyone=anyone)
        _show(teller, arrived, roster)
        confirm(teller, yes=yes)
        made = sealed(arrived, roster, unsaid)
        parcel = Parcel(
            entry=made.entry,
            files=made.files,
            token=made.token.text,
            kind=arrived.kind,
            language=arrived.content.language,
            mail=arrived.mail,
        )
        place = manner.out / f"entry-{made.entry.submission.submission_id[:8]}"
        await go(chair, teller, parcel, manner, place)

    at_desk(seat, act)


def _send_again(seat: Seat, place: Path, manner: Manner) -> None:
    async def act(chair: Chair, teller: Teller) -> None:
        await go(chair, teller, kept(place, chair.key), manner, place)

    at_desk(seat, act)


def _check_code(unsaid: str | None, policy: Policy) -> None:
    known = codes_of(policy, CodeList.EXCEPTION)
    if unsaid is not None and unsaid not in known:
        raise NotDoneError("enter.unsaid", known=", ".join(sorted(known)))


def _show(teller: Teller, arrived: Arrived, roster: Roster) -> None:
    words = teller.words
    names = {member.staff_id: words.name(member.name) for member in roster.members}
    who = ", ".join(map(words.name, readers(arrived, roster)))
    excluded = ", ".join(names.get(one, one) for one in arrived.content.excluded)
    teller.say("enter.leaves", "title")
    teller.say("enter.arrived", kind=f"@enter.by.{arrived.kind}", day=arrived.on)
    teller.say("enter.readers" if who else "enter.nobody", **({"names": who} if who else {}))
    if arrived.route.escalation is Escalation.FALLBACK:
        teller.say("enter.fallback", "warning")
    if excluded:
        teller.say("enter.kept_from", names=excluded)
    if arrived.content.files:
        teller.say("enter.files", count=len(arrived.content.files))
