"""Who has a case: the responsible person, who stands in, who oversees it; and how it stands beside its letters."""

from collections.abc import Iterator
from typing import Annotated

import typer

from backend.contract import CaseLine
from backend.contract.assigning import AssignCase, Oversee, Responsibilities, ResponsibleLine
from backend.contract.standing import Standing
from bot.anonymity.roster import Roster, overseers
from madoguchi.staff.approving import proposal_head, standing_of
from madoguchi.staff.client import case_path
from madoguchi.staff.opening import Chair
from madoguchi.staff.reading import Line, Reading, days_left, person
from madoguchi.staff.seat import Number, app, at_desk, reading
from madoguchi.telling import Teller

_PANEL = "Who has the case"


@app.command(rich_help_panel=_PANEL)
def assign(
    ctx: typer.Context,
    number: Number,
    *,
    to: Annotated[str, typer.Option(help="Their id; yours without.")] = "",
) -> None:
    """Make somebody responsible for a case; they must hold a key to it."""

    async def act(chair: Chair, teller: Teller) -> None:
        owner = to.strip() or chair.key.staff_id
        await chair.desk.ask(CaseLine, "POST", f"{case_path(number)}/owner", AssignCase(owner=owner))
        who = person(await chair.roster(), owner, teller.words)
        teller.say("assign.done", "good", number=number.strip().upper(), who=who)

    at_desk(ctx.obj, act)


@app.command(rich_help_panel=_PANEL)
def responsible(ctx: typer.Context) -> None:
    """List your cases that need somebody, and acts of yours that came back."""

    async def act(chair: Chair, teller: Teller) -> None:
        roster = await chair.roster()
        found = await chair.desk.ask(Responsibilities, "GET", "/responsibilities")
        for line in _lines(found, roster, reading(teller)):
            teller.show(line.text, line.tone)

    at_desk(ctx.obj, act)


@app.command(rich_help_panel=_PANEL)
def standing(ctx: typer.Context, number: Number) -> None:
    """Tell how a case stands beside its letters: keys, approvals, checks, linked cases."""

    async def act(chair: Chair, teller: Teller) -> None:
        roster = await chair.roster()
        for line in standing_lines(await standing_of(chair, number), roster, reading(teller)):
            teller.show(line.text, line.tone)

    at_desk(ctx.obj, act)


@app.command(rich_help_panel=_PANEL)
def oversee(ctx: typer.Context, number: Number) -> None:
    """Put a case under whoever oversees now, where its overseer has left: nobody whom it is kept from."""

    async def act(chair: Chair, teller: Teller) -> None:
        sheet = await chair.open(number)
        overseer, stand_in = overseers(sheet.roster, sheet.case.facts.excluded)
        sent = Oversee(overseer=overseer, stand_in=stand_in)
        await chair.desk.ask(CaseLine, "POST", f"{case_path(number)}/overseer", sent)
        who = person(sheet.roster, overseer, teller.words) if overseer else "—"
        teller.say("assign.overseen", "good", number=number.strip().upper(), who=who)

    at_desk(ctx.obj, act)


def standing_lines(standing: Standing, roster: Roster, reading: Reading) -> Iterator[Line]:
    """Return how a case stands, line by line."""
    words = reading.words
    names = ", ".join(person(roster, who, words) for who in standing.holders)
    yield Line(words("assign.holders", names=names))
    if standing.overseer:
        yield Line(words("assign.overseer", who=person(roster, standing.overseer, words)))
    for proposal in standing.proposals:
        yield from proposal_head(proposal, roster, reading)
    for check in standing.checks:
        told = {"day": check.on, "who": person(roster, check.by, words), "result": words(f"check.{check.result}")}
        yield Line(words("assign.check", **told))
    for link in standing.links:
        yield Line(words(f"link.{link.kind}", number=link.other))


def _lines(found: Responsibilities, roster: Roster, reading: Reading) -> Iterator[Line]:
    for proposal in found.returned:
        yield from proposal_head(proposal, roster, reading)
    for each in found.cases:
        yield Line(_line(each, roster, reading), "soon")
    if not found.cases and not found.returned:
        yield Line(reading.words("assign.nothing"), "good")


def _line(each: ResponsibleLine, roster: Roster, reading: Reading) -> str:
    words = reading.words
    told = [words(f"need.{need}") for need in each.needs]
    if each.away_until:
        told.append(words("assign.away_until", day=each.away_until))
    owner = person(roster, each.line.owner, words) if each.line.owner else "—"
    return "  ".join((each.line.case_number, days_left(each.line.due_on, reading), owner, ", ".join(told)))
