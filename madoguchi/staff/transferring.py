"""Giving a case to another desk of the organ: keys for its people first, then the desk, with a notice for the reporter.

Outside counsel passes a case on to the organ this way. Nobody is given a key whom the reporter wants it kept from, and
who the reporter is goes along only when asked for: the case store then wants their consent on record, or a just cause.
"""

from typing import Annotated

import typer

from backend.contract import CaseLine, GiveGrants, SealedGrant
from backend.contract import Compartment as StoredCompartment
from backend.contract.assigning import TransferDesk
from bot.anonymity.correspondence import StaffAuthor
from bot.anonymity.grants import SealedGrant as OwnGrant
from bot.anonymity.letters import Notice
from bot.anonymity.roster import Desk, Seat, eligible, member_of
from bot.anonymity.sealing import Compartment
from bot.anonymity.widening import widen
from madoguchi.day import today
from madoguchi.staff.answering import open_to_write
from madoguchi.staff.approving import standing_of
from madoguchi.staff.client import case_path
from madoguchi.staff.composing import language_of, shown
from madoguchi.staff.granting import has_refused
from madoguchi.staff.opening import Chair, Sheet
from madoguchi.staff.posting import letter_of
from madoguchi.staff.reading import desk_name
from madoguchi.staff.seat import Number, Yes, app, at_desk, confirm, reading
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError, Words

#: The kind of notice, as the reporter's catalogue words it.
TRANSFERRED = "transferred"


@app.command(rich_help_panel="Who has the case")
def transfer(
    ctx: typer.Context,
    number: Number,
    *,
    to: Annotated[str, typer.Option(help="The desk's id.")],
    identity: Annotated[bool, typer.Option("--identity", help="Let them know who the reporter is, too.")] = False,
    yes: Yes = False,
) -> None:
    """Give a case to another desk of your organ; the reporter is told."""

    async def act(chair: Chair, teller: Teller) -> None:
        sheet = await open_to_write(chair, number)
        if identity and has_refused(sheet.case):
            raise NotDoneError("store.consent_needed")
        desk, seats = _there(sheet, to.strip())
        name = desk_name(sheet.roster, desk.desk_id, Words(language_of(sheet)))
        notice = Notice(TRANSFERRED, {}, name)
        teller.say("move.leaves", number=sheet.file.line.case_number)
        for line in shown(notice, sheet, reading(teller).catalog):
            teller.show(line)
        confirm(teller, yes=yes)
        await _give_keys(chair, sheet, seats, with_identity=identity)
        sent = TransferDesk(desk=desk.desk_id, letter=letter_of(chair, sheet, notice))
        await chair.desk.ask(CaseLine, "POST", f"{case_path(number)}/desk", sent)
        chair.saw(sheet, sent=1)
        desk_here = desk_name(sheet.roster, desk.desk_id, teller.words)
        teller.say("transfer.done", "good", number=sheet.file.line.case_number, desk=desk_here)

    at_desk(ctx.obj, act)


def _there(sheet: Sheet, desk_id: str) -> tuple[Desk, tuple[Seat, ...]]:
    """Return the desk and who may be given keys there. Raises `NotDoneError` where there is no such desk, or nobody."""
    desk = next((one for one in sheet.roster.desks if one.desk_id == desk_id), None)
    if desk is None or desk_id == sheet.file.line.desk:
        known = ", ".join(one.desk_id for one in sheet.roster.desks if one.desk_id != sheet.file.line.desk)
        raise NotDoneError("transfer.no_desk", known=known)
    seats = eligible(sheet.roster, desk_id, sheet.case.facts.excluded, today())
    if not any(Compartment.FACTS in seat.compartments for seat in seats):
        raise NotDoneError("transfer.nobody")
    return desk, seats


async def _give_keys(chair: Chair, sheet: Sheet, seats: tuple[Seat, ...], *, with_identity: bool) -> None:
    """Give keys to whoever at the desk holds none yet."""
    author = StaffAuthor(chair.key.staff_id, chair.key.signing_seed)
    held = set((await standing_of(chair, sheet.file.line.case_number)).holders)
    left_out = set() if with_identity else {Compartment.IDENTITY}
    grants: list[OwnGrant] = []
    for seat in seats:
        member = member_of(sheet.roster, seat.staff_id)
        if member is not None and seat.staff_id not in held:
            grants += widen(author, sheet.case, set(seat.compartments) - left_out, member)
    if grants:
        sent = GiveGrants(
            grants=tuple(
                SealedGrant(
                    holder=one.holder,
                    compartment=StoredCompartment(one.compartment),
                    ciphertext=one.ciphertext,
                    epoch=one.epoch,
                )
                for one in grants
            )
        )
        await chair.desk.send("POST", f"{case_path(sheet.file.line.case_number)}/grants", sent)
