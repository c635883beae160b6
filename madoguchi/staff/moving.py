"""The desk's moves as commands: one for each row of `deeds.py`, all of one shape.

Open the case, show what leaves as its reader will read it, ask, sign and seal, send, say where the case stands. What
was given is checked against what the organ has set before the case is opened, since every opening is logged.
"""

import sys

import typer

from backend.contract import CaseLine, Fault, FromStaff, MoveCase
from bot.anonymity.correspondence import StaffAuthor, write_note, write_to_reporter
from bot.anonymity.letters import Minute, Notice
from bot.anonymity.sealing import new_seed
from madoguchi.day import today
from madoguchi.staff.answering import open_to_write
from madoguchi.staff.changes import ChangedMeanwhileError
from madoguchi.staff.client import DeskRefusedError
from madoguchi.staff.composing import Draft, drafted, shown
from madoguchi.staff.deeds import DEEDS, Deed
from madoguchi.staff.giving import given
from madoguchi.staff.opening import Chair, Sheet
from madoguchi.staff.options import Typed, command
from madoguchi.staff.reading import days_left
from madoguchi.staff.seat import Seat, app, at_desk, confirm, reading
from madoguchi.staff.thread import minute_lines
from madoguchi.telling import Teller

_record = typer.Typer(no_args_is_help=True, help="Record what belongs to the case and stays at the desk.")
app.add_typer(_record, name="record")


async def send(chair: Chair, sheet: Sheet, draft: Draft) -> CaseLine:
    """Sign, seal and send a draft. Raises `ChangedMeanwhileError` when somebody else was first."""
    line = sheet.file.line
    given = draft.given
    sent = MoveCase(
        move=draft.deed.move,
        from_stage=line.stage,
        letter=_letter(chair, sheet, draft.body),
        reason=given.code,
        unsaid=given.unsaid,
        on=draft.on,
        category=given.category,
    )
    try:
        moved = await chair.desk.move(line.case_number, sent)
    except DeskRefusedError as refused:
        if refused.fault is not Fault.CHANGED_MEANWHILE:
            raise
        raise ChangedMeanwhileError("store.changed", await chair.open(line.case_number)) from refused
    chair.saw(sheet, sent=1)
    return moved


def _do(seat: Seat, deed: Deed, number: str, typed: Typed) -> None:
    typed = {**typed, "text": sys.stdin.read().removesuffix("\n")} if typed.get("text") == "-" else typed

    async def act(chair: Chair, teller: Teller) -> None:
        policy = (await chair.desk.in_force()).policy
        checked = given(deed, typed, policy, today())
        sheet = await open_to_write(chair, number)
        draft = drafted(deed, checked, sheet, policy, today())
        _preview(teller, sheet, draft, needs_approval=deed.move in policy.approvals)
        confirm(teller, yes=bool(typed["yes"]))
        _done(teller, await send(chair, sheet, draft))

    at_desk(seat, act)


def _preview(teller: Teller, sheet: Sheet, draft: Draft, *, needs_approval: bool) -> None:
    """Show what is about to leave, or to be kept."""
    by = reading(teller)
    number = sheet.file.line.case_number
    if isinstance(draft.body, Notice):
        teller.say("move.leaves", number=number)
        lines = shown(draft.body, sheet, by.catalog)
    else:
        teller.say("move.unsaid" if draft.given.unsaid else "move.stays", number=number)
        lines = [line.text for line in minute_lines(draft.body, by)]
    for line in lines:
        teller.show(line)
    if needs_approval:
        teller.say("move.approval", "soon")


def _done(teller: Teller, line: CaseLine) -> None:
    words = teller.words
    if line.waiting:
        teller.say("move.waits", "good")
        return
    owes = words(f"owes.{line.owes}") + ": " if line.owes else ""
    next_ = owes + days_left(line.due_on, reading(teller))
    teller.say("move.done", "good", stage=f"@stage.{line.stage}", next=next_)


def _letter(chair: Chair, sheet: Sheet, body: Notice | Minute) -> FromStaff:
    author = StaffAuthor(chair.key.staff_id, chair.key.signing_seed)
    message_id = new_seed()[:16].hex()
    if isinstance(body, Minute):
        for_reporter, for_desk = None, write_note(author, sheet.case, message_id, body)
    else:
        for_reporter, for_desk = write_to_reporter(author, sheet.case, message_id, body)
    return FromStaff(message_id=message_id, for_desk=for_desk, for_reporter=for_reporter, seen=sheet.file.seen)


for _deed in DEEDS:
    _group, _, _name = _deed.command.rpartition(" ")
    _place, _panel = (_record, None) if _group else (app, "What the reporter is told")
    _place.command(_name, rich_help_panel=_panel)(command(_deed, _do))
