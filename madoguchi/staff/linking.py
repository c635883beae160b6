"""Cases on the same matter: linked, or handled as one, where each reporter goes on being told in their own case.

What is told in the case that goes on is offered for those that follow it, one by one and after a look: words that were
meant for one reporter may say too much to another.
"""

from collections.abc import Iterable
from typing import Annotated

import typer

from backend.contract.links import LinkCases, LinkKind
from bot.anonymity.letters import Notice, read
from bot.anonymity.signing import Kind
from bot.anonymity.widening import FRESH_KEY
from madoguchi.staff.answering import open_to_write
from madoguchi.staff.approving import standing_of
from madoguchi.staff.client import case_path
from madoguchi.staff.composing import shown
from madoguchi.staff.opening import Chair, Sheet
from madoguchi.staff.posting import letter_of
from madoguchi.staff.seat import Number, Yes, app, at_desk, reading
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError

_PANEL = "Who has the case"
#: What concerns one case alone is not passed on to those that follow it.
_OWN = frozenset({FRESH_KEY, "transferred", "joined", "handed_on"})


@app.command(rich_help_panel=_PANEL)
def link(
    ctx: typer.Context,
    number: Number,
    other: Annotated[str, typer.Argument(help="The other case, which you may open as well.")],
    *,
    follows: Annotated[
        bool, typer.Option("--follows", help="It will be handled with the other; then `join` it.")
    ] = False,
) -> None:
    """Put two cases on the same matter together."""
    kind = LinkKind.FOLLOWS if follows else LinkKind.SAME_MATTER

    async def act(chair: Chair, teller: Teller) -> None:
        sent = LinkCases(other=other.strip().upper(), kind=kind)
        await chair.desk.send("POST", f"{case_path(number)}/links", sent)
        teller.say(
            "link.done", "good", number=number.strip().upper(), what=teller.words(f"link.{kind}", number=sent.other)
        )
        if follows:
            teller.say("link.join_next", number=number.strip().upper())

    at_desk(ctx.obj, act)


@app.command(rich_help_panel=_PANEL)
def same(ctx: typer.Context, number: Number, *, yes: Yes = False) -> None:
    """Send the newest notice of a case in those that are handled with it."""

    async def act(chair: Chair, teller: Teller) -> None:
        notice = _newest(await chair.open(number))
        if notice is None:
            raise NotDoneError("link.no_notice", number=number)
        followers = await followers_of(chair, number)
        if not followers:
            teller.say("link.none", "quiet", number=number)
        await pass_on(chair, teller, number, followers, notice, yes=yes)

    at_desk(ctx.obj, act)


async def followers_of(chair: Chair, number: str) -> tuple[str, ...]:
    """Return the cases that are handled with this one, of those that this member may open."""
    links = (await standing_of(chair, number)).links
    return tuple(link.other for link in links if link.kind is LinkKind.LEADS)


async def pass_on(
    chair: Chair, teller: Teller, number: str, followers: Iterable[str], notice: Notice, *, yes: bool
) -> None:
    """Offer a notice of a case for those that are handled with it, each after a look; what is left out can be sent."""
    for other in followers if notice.kind not in _OWN else ():
        teller.say("link.offers", "title", number=other)
        try:
            await _offer(chair, teller, other, notice, yes=yes)
        except NotDoneError as refused:
            for sentence in refused.told(teller.words):
                teller.show(sentence, "warning")
            teller.say("link.left", "soon", number=number)


async def _offer(chair: Chair, teller: Teller, other: str, notice: Notice, *, yes: bool) -> None:
    sheet = await open_to_write(chair, other)
    for line in shown(notice, sheet, reading(teller).catalog):
        teller.show(line)
    if not yes and not teller.agreed("answer.question"):
        raise NotDoneError("answer.not_sent")
    await _send(chair, sheet, notice)
    teller.say("answer.done", "good")


async def _send(chair: Chair, sheet: Sheet, notice: Notice) -> None:
    await chair.desk.write(sheet.file.line.case_number, letter_of(chair, sheet, notice))
    chair.saw(sheet, sent=1)


def _newest(sheet: Sheet) -> Notice | None:
    notices = (
        read(Notice, letter.envelope.body)
        for letter in reversed(sheet.case.thread.letters)
        if letter.envelope.kind is Kind.NOTICE
    )
    return next((notice for notice in notices if notice.kind not in _OWN), None)
