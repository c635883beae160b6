"""Commands of whoever oversees, and of the auditor: none opens a case."""

from typing import Annotated

import typer

from backend.contract.oversight import CheckResult, DeclareAbsence, LogHeads, Overview, RecordCheck
from bot.anonymity.sealing import new_seed
from madoguchi.day import today
from madoguchi.staff.client import case_path
from madoguchi.staff.giving import day_of
from madoguchi.staff.opening import Chair
from madoguchi.staff.overseeing import show_overview
from madoguchi.staff.seat import Number, app, at_desk, reading
from madoguchi.telling import Teller

_PANEL = "Oversight"


@app.command(rich_help_panel=_PANEL)
def overview(ctx: typer.Context) -> None:
    """List all cases that you oversee, what is due first on top, and what the organ lacks."""

    async def act(chair: Chair, teller: Teller) -> None:
        roster = await chair.roster()
        policy = (await chair.desk.in_force()).policy
        found = await chair.desk.ask(Overview, "GET", "/oversight")
        show_overview(teller, found, roster, reading(teller), policy.remind_before)

    at_desk(ctx.obj, act)


@app.command(rich_help_panel=_PANEL)
def check(
    ctx: typer.Context,
    number: Number,
    *,
    result: Annotated[CheckResult, typer.Option(help="What you found.")],
    next_: Annotated[str, typer.Option("--next", help="When you check again, such as 2027-01-31.")] = "",
) -> None:
    """Record that you checked an investigation; the next check is owed from then on."""
    sent = RecordCheck(
        check_id=new_seed()[:16].hex(), result=result, next_on=day_of(next_.strip()) if next_.strip() else None
    )

    async def act(chair: Chair, teller: Teller) -> None:
        await chair.desk.send("POST", f"/oversight{case_path(number)}/checks", sent)
        teller.say("oversee.checked", "good", number=number.strip().upper())

    at_desk(ctx.obj, act)


@app.command(rich_help_panel=_PANEL)
def away(
    ctx: typer.Context,
    *,
    until: Annotated[str, typer.Option(help="Your last day away, such as 2027-01-31.")],
    from_: Annotated[str, typer.Option("--from", help="Your first day away; today without.")] = "",
) -> None:
    """Say that you will be away; whoever stands in sees what you see. Back early: give yesterday as the last day."""
    begins = day_of(from_.strip()) if from_.strip() else today()
    sent = DeclareAbsence(begins=begins, ends=day_of(until.strip()))

    async def act(chair: Chair, teller: Teller) -> None:
        await chair.desk.send("POST", "/oversight/absence", sent)
        teller.say("oversee.away", "good", begins=sent.begins, ends=sent.ends)

    at_desk(ctx.obj, act)


@app.command("log-heads", rich_help_panel=_PANEL)
def log_heads(ctx: typer.Context) -> None:
    """List the heads of all logs, for the auditor, to compare with what was published."""

    async def act(chair: Chair, teller: Teller) -> None:
        found = await chair.desk.ask(LogHeads, "GET", "/oversight/logs")
        for each in found.heads:
            teller.show(f"{each.case_number}\t{each.length}\t{each.head.hex()}")
        for what, count in sorted(found.alerts.items()):
            teller.say("oversee.alerts", "quiet", count=count, what=f"@alert.{what}")

    at_desk(ctx.obj, act)
