"""Opening a case that nobody at the organ could be given a key to: two of three share holders come together.

The seed is put together in memory, compared with the organ's card, used and forgotten; it is never written. The
opening stands in the case's log like every other.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from bot.anonymity import recovery
from bot.anonymity.correspondence import StaffAuthor
from bot.anonymity.errors import LockboxError
from bot.anonymity.opening import StaffReader
from bot.anonymity.roster import RECOVERY, Roster
from bot.anonymity.sealing import Compartment, public_key
from bot.anonymity.widening import widen
from madoguchi.organ.card import OrganCard
from madoguchi.staff import access
from madoguchi.staff.client import DeskClient
from madoguchi.staff.granting import recipient
from madoguchi.staff.keyfile import StaffKey
from madoguchi.staff.opening import Sheet, believed_roster, opened
from madoguchi.words import NotDoneError


class ShareHolders(msgspec.Struct, frozen=True):
    """Two holders at one table: the seed they have put together, and a connection to the store."""

    card: OrganCard
    seed: bytes
    desk: DeskClient

    def __repr__(self) -> str:
        return "<ShareHolders>"

    async def open(self, number: str) -> Sheet:
        """Open a case with the recovery key. Raises `NotDoneError` when it has no grant of it."""
        card = self.card
        roster = believed_roster(await self.desk.roster(), card.pins, card.threshold, 0, card.organ)
        file = await self.desk.open(number)
        case = opened(StaffReader(RECOVERY, self.seed), card.organ, file, roster)
        return Sheet(file, case, roster, gone=0, seen_before=None)

    async def hand_over(self, sheet: Sheet, signer: StaffKey, staff_id: str) -> None:
        """Give a case to a member who can read it from then on: what their seat opens, signed by somebody of the organ.

        Raises `NotDoneError` where they may not have it. Their desk has the case from then on, if nobody at its own
        could open it any more.
        """
        member = recipient(sheet.roster, staff_id, sheet.case.facts.excluded)
        author = StaffAuthor(signer.staff_id, signer.signing_seed)
        given = widen(author, sheet.case, _seat_of(sheet.roster, staff_id), member)
        await access.give(self.desk, sheet.file.line.case_number, given)


def _seat_of(roster: Roster, staff_id: str) -> set[Compartment]:
    """What a member opens at their desks; of those without a seat, all but the identity."""
    seats = [seat for desk in roster.desks for seat in desk.seats if seat.staff_id == staff_id]
    return {room for seat in seats for room in seat.compartments} or {Compartment.FACTS, Compartment.MASKED}


def seed_of(card: OrganCard, share_files: Sequence[Path]) -> bytes:
    """Put the recovery seed together. Raises `NotDoneError` for shares that do not fit each other or this organ."""
    try:
        seed = recovery.combine([file.read_text(encoding="utf-8") for file in share_files])
    except OSError as missing:
        raise NotDoneError("organ.no_share") from missing
    except (LockboxError, UnicodeDecodeError) as unfit:
        raise NotDoneError("organ.shares") from unfit
    if public_key(seed) != card.recovery_public:
        raise NotDoneError("organ.other_shares", organ=card.organ)
    return seed
