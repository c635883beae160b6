"""`madoguchi staff rules` and `declare`: what comes before a case opens, and the question that is asked there.

Nobody is shown anything of a case but its number, desk and stage before they have said whether they have a conflict of
interest. One who has leaves with nothing: what they alone held goes to the recovery key first.
"""

import sys
from typing import Annotated, Final

import typer

from backend.contract import CaseLine, Declare, Fault
from backend.domain.lifecycle import PHASES
from bot.anonymity.grants import SealedGrant, leave_behind
from madoguchi.staff import access
from madoguchi.staff.client import DeskRefusedError
from madoguchi.staff.opening import Chair, MaskedSheet, Sheet, sealed_grants
from madoguchi.staff.reading import desk_name
from madoguchi.staff.seat import Number, app, at_desk
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError

NoConflict = Annotated[
    bool, typer.Option("--no-conflict", help="Declare that you have no conflict of interest, if that is asked for.")
]

#: Where `--help` lists the commands of this room and of the next.
PANEL: Final = "Secrecy"

_YES: Final = frozenset({"y", "yes", "はい"})
_NO: Final = frozenset({"n", "no", "いいえ"})
#: Somebody else may leave in the same moment; then there is more to leave behind.
_TRIES: Final = 3


@app.command(rich_help_panel=PANEL)
def rules(
    ctx: typer.Context,
    *,
    acknowledge: Annotated[bool, typer.Option("--acknowledge", help="Say that you have read them.")] = False,
) -> None:
    """Read your organ's internal rules, and acknowledge them."""

    async def act(chair: Chair, teller: Teller) -> None:
        house = await access.house_rules(chair.desk)
        known, version = house.rules, house.rules.version
        if version == 0:
            teller.say("rules.none", "quiet")
            return
        teller.say("rules.title", "title", version=version)
        teller.show(teller.words.name(known.text).strip())
        if acknowledge:
            await access.acknowledge(chair.desk, version)
            teller.say("rules.acknowledged", "good", version=version)
        else:
            teller.say("rules.known" if house.acknowledged >= version else "rules.unread", version=version)

    at_desk(ctx.obj, act)


@app.command(rich_help_panel=PANEL)
def declare(
    ctx: typer.Context,
    number: Number,
    *,
    conflict: Annotated[
        bool | None, typer.Option("--conflict/--no-conflict", help="Whether you have a conflict of interest.")
    ] = None,
) -> None:
    """Say whether you have a conflict of interest in a case; if so, you lose all keys of it."""

    async def act(chair: Chair, teller: Teller) -> None:
        line = await _line(chair, number)
        has_one = await _asked(chair, teller, line, number) if conflict is None else conflict
        await _declared(chair, teller, number, line, conflicted=has_one)

    at_desk(ctx.obj, act)


async def look(chair: Chair, teller: Teller, number: str, *, no_conflict: bool) -> Sheet | MaskedSheet:
    """Open a case; where a declaration is missing, ask for it first, or make the one that was given.

    Raises `NotDoneError` where nobody can be asked, and where there is a conflict.
    """
    try:
        return await chair.look(number)
    except DeskRefusedError as refused:
        if refused.fault is not Fault.UNDECLARED or not (no_conflict or sys.stdin.isatty()):
            raise
    line = await _line(chair, number)
    conflicted = not no_conflict and await _asked(chair, teller, line, number)
    await _declared(chair, teller, number, line, conflicted=conflicted)
    if conflicted:
        raise NotDoneError("declare.closed")
    return await chair.look(number)


async def _line(chair: Chair, number: str) -> CaseLine | None:
    """Return a case as the inbox shows it; none for who oversees without a key."""
    wanted = number.strip().upper()
    return next((line for line in (await chair.desk.inbox()).cases if line.case_number == wanted), None)


async def _asked(chair: Chair, teller: Teller, line: CaseLine | None, number: str) -> bool:
    """Ask the question; only a plain yes or no counts."""
    if not sys.stdin.isatty():
        raise NotDoneError("declare.say", number=number)
    if line is not None:
        desk = desk_name(await chair.roster(), line.desk, teller.words)
        teller.say("declare.about", "title", number=line.case_number, desk=desk, stage=f"@stage.{line.stage}")
    teller.say("declare.means")
    while True:
        answer = str(typer.prompt(teller.words("declare.question"))).strip().casefold()
        if answer in _YES | _NO:
            return answer in _YES


async def _declared(chair: Chair, teller: Teller, number: str, line: CaseLine | None, *, conflicted: bool) -> None:
    phase = PHASES[line.stage] if line else None
    if not conflicted:
        await access.declare(chair.desk, number, Declare(conflicted=False, phase=phase))
        teller.say("declare.none", "good")
        return
    for tried in range(_TRIES):
        try:
            left = await left_behind(chair, number, line)
            await access.declare(chair.desk, number, Declare(conflicted=True, parting=access.sent(left)))
            break
        except DeskRefusedError as refused:
            if refused.fault is not Fault.CHANGED_MEANWHILE or tried == _TRIES - 1:
                raise
    teller.say("declare.conflict", "good")


async def left_behind(chair: Chair, number: str, line: CaseLine | None) -> list[SealedGrant]:
    """Return this member's keys that nobody else has, sealed to the recovery key; the case stays unopened."""
    if line is None:
        return []
    mine = sealed_grants((await access.parting(chair.desk, number)).grants)
    public = (await chair.roster()).recovery_public
    key = chair.key
    return [leave_behind(key.sealing_seed, one, public, key.organ, line.submission_id) for one in mine]
