"""The desk's moves as commands: one for each row of `deeds.py`, all of one shape.

Open the case, show what leaves as its reader will read it, ask, sign and seal, send, say where the case stands. What
was given is checked against what the organ has set before the case is opened, since every opening is logged.
"""

import sys
from typing import Final

import typer

from backend.contract import CaseLine, Fault, Move, MoveCase, Policy
from bot.anonymity.letters import Notice
from madoguchi.day import today
from madoguchi.staff.answering import open_to_write
from madoguchi.staff.approving import copies_for_approval
from madoguchi.staff.asking import HeldInquiryError, is_held
from madoguchi.staff.changes import ChangedMeanwhileError
from madoguchi.staff.client import DeskRefusedError
from madoguchi.staff.composing import Draft, drafted, shown
from madoguchi.staff.deeds import DEEDS, Deed, meant
from madoguchi.staff.giving import given
from madoguchi.staff.granting import has_refused
from madoguchi.staff.linking import followers_of, pass_on
from madoguchi.staff.opening import Chair, Sheet
from madoguchi.staff.options import Typed, command
from madoguchi.staff.posting import letter_of
from madoguchi.staff.reading import days_left
from madoguchi.staff.seat import Seat, app, at_desk, confirm, reading
from madoguchi.staff.thread import minute_lines
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError

#: Groups of commands, by the first word of a row's command; rows of one word are the desk's own.
_GROUPS: Final = {
    "record": typer.Typer(no_args_is_help=True, help="Record what belongs to the case and stays at the desk."),
    "approach": typer.Typer(no_args_is_help=True, help="Bring the record of a politician's approach to its filing."),
}


async def send(chair: Chair, sheet: Sheet, draft: Draft) -> CaseLine:
    """Sign, seal and send a draft. Raises `ChangedMeanwhileError` when somebody else was first."""
    line = sheet.file.line
    given = draft.given
    letter = letter_of(chair, sheet, draft.body)
    sent = MoveCase(
        move=draft.deed.move,
        from_stage=line.stage,
        letter=letter,
        copies=await copies_for_approval(chair, sheet, draft.deed.move, letter, draft.body),
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
    deed = meant(deed, typed)
    typed = {**typed, "text": sys.stdin.read().removesuffix("\n")} if typed.get("text") == "-" else typed

    async def act(chair: Chair, teller: Teller) -> None:
        policy = (await chair.desk.in_force()).policy
        day = today(policy.time_zone)
        checked = given(deed, typed, policy, day)
        sheet = await open_to_write(chair, number)
        if deed.move is Move.HAND_ON and has_refused(sheet.case):
            # Of an answer from before the store could tell which, only the desk can read it.
            raise NotDoneError("store.consent_needed")
        draft = drafted(deed, checked, sheet, policy, day)
        if isinstance(draft.body, Notice) and is_held(sheet.case, checked.text):
            raise HeldInquiryError(policy)
        _preview(teller, sheet, draft, policy)
        confirm(teller, yes=bool(typed["yes"]))
        # Asked first: after the move another declaration may be owed before anything is told of the case.
        followers = await followers_of(chair, number)
        line = await send(chair, sheet, draft)
        _done(teller, line)
        if isinstance(draft.body, Notice) and not line.waiting:
            await pass_on(chair, teller, number, followers, draft.body, yes=False)

    at_desk(seat, act)


def _preview(teller: Teller, sheet: Sheet, draft: Draft, policy: Policy) -> None:
    """Show what is about to leave, or to be kept."""
    by = reading(teller)
    number = sheet.file.line.case_number
    if isinstance(draft.body, Notice):
        teller.say("move.leaves", number=number)
        lines = shown(draft.body, sheet, by.catalog, policy)
    else:
        teller.say("move.unsaid" if draft.given.unsaid else "move.stays", number=number)
        lines = [line.text for line in minute_lines(draft.body, by)]
    for line in lines:
        teller.show(line)
    if draft.deed.move in policy.approvals:
        teller.say("move.approval", "soon")


def _done(teller: Teller, line: CaseLine) -> None:
    words = teller.words
    if line.waiting:
        teller.say("move.waits", "good")
        return
    owes = words(f"owes.{line.owes}") + ": " if line.owes else ""
    next_ = owes + days_left(line.due_on, reading(teller))
    teller.say("move.done", "good", stage=f"@stage.{line.stage}", next=next_)


for _name, _group in _GROUPS.items():
    app.add_typer(_group, name=_name)
for _deed in (deed for deed in DEEDS if not deed.flag):
    _first, _, _name = _deed.command.rpartition(" ")
    _place, _panel = (_GROUPS[_first], None) if _first else (app, "What the reporter is told")
    _place.command(_name, rich_help_panel=_panel)(command(_deed, _do))
