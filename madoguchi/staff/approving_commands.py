"""Commands for what waits for approval: read, approve, return; and take back what one has proposed oneself."""

from typing import Annotated

import typer

from backend.contract.proposals import (
    Approve,
    OpenedProposal,
    Outcome,
    Proposal,
    Return,
    ReturnReason,
    Withdraw,
)
from bot.anonymity.roster import Roster
from madoguchi.staff.approving import proposal_head, proposal_lines, standing_of
from madoguchi.staff.client import case_path
from madoguchi.staff.opening import Chair
from madoguchi.staff.seat import Number, Yes, app, at_desk, confirm, reading
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError

_PANEL = "Oversight"


@app.command(rich_help_panel=_PANEL)
def proposal(ctx: typer.Context, number: Number) -> None:
    """Read what waits for your approval on a case; that you read it is logged."""

    async def act(chair: Chair, teller: Teller) -> None:
        await _read(chair, teller, number, await chair.roster())

    at_desk(ctx.obj, act)


@app.command(rich_help_panel=_PANEL)
def approve(ctx: typer.Context, number: Number, *, yes: Yes = False) -> None:
    """Approve what waits on a case: it leaves now, in its writer's name."""

    async def act(chair: Chair, teller: Teller) -> None:
        roster = await chair.roster()
        opened = await _read(chair, teller, number, roster)
        confirm(teller, yes=yes)
        sent = Approve(proposal_id=opened.proposal.proposal_id)
        decided = await chair.desk.ask(Proposal, "POST", _place(number, "approve"), sent)
        if decided.outcome is Outcome.APPROVED:
            teller.say("approve.done", "good")
            return
        _show(teller, decided, roster)
        raise NotDoneError("approve.stale")

    at_desk(ctx.obj, act)


@app.command("return", rich_help_panel=_PANEL)
def return_(
    ctx: typer.Context,
    number: Number,
    *,
    reason: Annotated[ReturnReason, typer.Option(help="Why it goes back.")],
) -> None:
    """Give what waits on a case back to whoever proposed it."""

    async def act(chair: Chair, teller: Teller) -> None:
        roster = await chair.roster()
        opened = await _read(chair, teller, number, roster)
        sent = Return(proposal_id=opened.proposal.proposal_id, reason=reason)
        await chair.desk.ask(Proposal, "POST", _place(number, "return"), sent)
        teller.say("approve.returned", "good")

    at_desk(ctx.obj, act)


@app.command(rich_help_panel="Who has the case")
def withdraw(ctx: typer.Context, number: Number) -> None:
    """Take back what you have proposed on a case, so that the desk can go on."""

    async def act(chair: Chair, teller: Teller) -> None:
        waiting = [one for one in (await standing_of(chair, number)).proposals if one.outcome is None]
        if not waiting:
            raise NotDoneError("approve.nothing", number=number)
        sent = Withdraw(proposal_id=waiting[0].proposal_id)
        await chair.desk.ask(Proposal, "POST", f"{case_path(number)}/proposal/withdraw", sent)
        teller.say("approve.withdrawn", "good")

    at_desk(ctx.obj, act)


async def _read(chair: Chair, teller: Teller, number: str, roster: Roster) -> OpenedProposal:
    opened = await chair.desk.ask(OpenedProposal, "POST", _place(number, "open"))
    for line in proposal_lines(chair, opened, roster, reading(teller)):
        teller.show(line.text, line.tone)
    return opened


def _show(teller: Teller, decided: Proposal, roster: Roster) -> None:
    for line in proposal_head(decided, roster, reading(teller)):
        teller.show(line.text, line.tone)


def _place(number: str, act: str) -> str:
    return f"/oversight{case_path(number)}/proposal/{act}"
