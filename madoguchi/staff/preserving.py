"""Keeping cases and destroying them: what is to be decided, holds, destruction, transfer to an archive.

None of it opens a case. What cannot be undone is confirmed by typing the number of the case once more.
"""

import sys
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from backend.contract import CodeList, Decided, PreservedLine
from backend.domain.policy import codes_of
from bot.anonymity.roster import Roster
from madoguchi.staff.giving import CodeNeededError
from madoguchi.staff.opening import Chair
from madoguchi.staff.reading import Reading, desk_name
from madoguchi.staff.seat import Number, Seat, app, at_desk, reading
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError

_Confirm = Annotated[str, typer.Option("--confirm", help="The number once more; else you are asked.")]


@app.command()
def preserved(ctx: typer.Context) -> None:
    """List the cases whose preservation is over and about which you decide."""

    async def act(chair: Chair, teller: Teller) -> None:
        roster = await chair.roster()
        lines = (await chair.desk.preserved()).cases
        for line in lines:
            teller.show(_line(line, roster, reading(teller)), "quiet" if line.hold else "plain")
        if not lines:
            teller.say("preserved.none")

    at_desk(ctx.obj, act)


@app.command()
def hold(
    ctx: typer.Context,
    number: Number,
    *,
    reason: Annotated[str, typer.Option(help="A code of your organ.")] = "",
) -> None:
    """Let nobody destroy a case."""

    async def act(chair: Chair, teller: Teller) -> None:
        known = sorted(codes_of((await chair.desk.in_force()).policy, CodeList.HOLD))
        if reason.strip() not in known:
            raise CodeNeededError(reason.strip(), "reason", {CodeList.HOLD: known})
        await chair.desk.hold(number, reason.strip())
        teller.say("preserved.held", "good", number=_typed(number))

    at_desk(ctx.obj, act)


@app.command("release-hold")
def release_hold(ctx: typer.Context, number: Number) -> None:
    """Let a case be destroyed again, once that is decided."""

    async def act(chair: Chair, teller: Teller) -> None:
        await chair.desk.release_hold(number)
        teller.say("preserved.released", "good", number=_typed(number))

    at_desk(ctx.obj, act)


@app.command()
def destroy(ctx: typer.Context, number: Number, *, confirm: _Confirm = "") -> None:
    """Destroy a case whose preservation is over. It cannot be undone."""

    async def send(chair: Chair, confirmed: str) -> Decided:
        return await chair.desk.destroy(number, confirmed)

    _decide(ctx.obj, number, confirm, "preserved.destroys", send)


@app.command("transfer-out")
def transfer_out(
    ctx: typer.Context,
    number: Number,
    *,
    archive: Annotated[str, typer.Option(help="Where it goes, as a short code: national-archives.")],
    keep: Annotated[bool, typer.Option("--keep", help="Keep it here as well, for another period.")] = False,
    confirm: _Confirm = "",
) -> None:
    """Note which archive has a case, then destroy it here, or keep it for another period."""

    async def send(chair: Chair, confirmed: str) -> Decided:
        return await chair.desk.transfer(number, confirmed, archive.strip(), keep=keep)

    _decide(ctx.obj, number, confirm, "preserved.keeps" if keep else "preserved.destroys", send)


def _decide(seat: Seat, number: str, confirm: str, key: str, send: Callable[[Chair, str], Awaitable[Decided]]) -> None:
    async def act(chair: Chair, teller: Teller) -> None:
        teller.say(key, "warning", number=_typed(number))
        confirmed = _typed(confirm or _asked(teller))
        if confirmed != _typed(number):
            raise NotDoneError("preserved.not_confirmed")
        decided = await send(chair, confirmed)
        if decided.receipt is None:
            teller.say("preserved.kept", "good", number=decided.case_number)
            return
        receipt = decided.receipt
        teller.say("preserved.destroyed", "good", number=decided.case_number, day=receipt.on, by=receipt.actor)
        teller.show(f"  {receipt.sequence}  {receipt.entry_hash.hex()}")

    at_desk(seat, act)


def _asked(teller: Teller) -> str:
    if not sys.stdin.isatty():
        raise NotDoneError("preserved.not_confirmed")
    return str(typer.prompt(teller.words("preserved.type"), default="", show_default=False))


def _typed(number: str) -> str:
    # As the store spells it: people type small letters.
    return number.strip().upper()


def _line(line: PreservedLine, roster: Roster, reading: Reading) -> str:
    words = reading.words
    told = words(
        "preserved.line",
        number=line.case_number,
        desk=desk_name(roster, line.desk, words),
        kind=words(f"preserved.kind.{line.kind}"),
        ended=line.ended_on,
        due=line.due_on,
    )
    notes = []
    if line.hold:
        meaning = words.known(f"code.{CodeList.HOLD}.{line.hold}") or line.hold
        notes.append(words("preserved.on_hold", reason=meaning, day=line.held_since))
    if line.archive:
        notes.append(words("preserved.at_archive", archive=line.archive))
    return "  ".join((told, *notes))
