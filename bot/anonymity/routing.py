"""Where a report can go: the chosen desk, another one, outside counsel, or the recovery key.

It always can go somewhere. Decides from the roster alone, by training and exclusions; seals nothing. Only a seat that
opens the facts counts as somebody.
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

import msgspec

from bot.anonymity.roster import Roster, Seat, eligible
from bot.anonymity.sealing import Compartment


class Escalation(StrEnum):
    """What became of a report for which the chosen desk has nobody."""

    #: there is somebody
    NONE = "none"
    #: outside counsel reads it
    FALLBACK = "fallback"
    #: two holders of the recovery key must come together
    RECOVERY = "recovery"


class Route(msgspec.Struct, frozen=True):
    """Where a report goes, and to whom there."""

    #: None when nobody at any desk may read it
    desk: str | None
    seats: tuple[Seat, ...]
    escalation: Escalation = Escalation.NONE


class NobodyLeft(msgspec.Struct, frozen=True):
    """Nobody at the chosen desk may read it; these desks have somebody and are offered to the person."""

    other_desks: tuple[str, ...]


def routes(
    roster: Roster, desk: str, excluded: Collection[str], today: date, *, offer_others: bool = True
) -> Route | NobodyLeft:
    """Find the way for a desk, or the desks to offer instead.

    A desk the roster does not know leads to the integrated desk. When no desk can be offered, or the person wants none
    of them (`offer_others=False`), it is the fallback desk, else the recovery key.
    """
    known = {one.desk_id for one in roster.desks}
    chosen = desk if desk in known else roster.integrated_desk
    if seats := _readers(roster, chosen, excluded, today):
        return Route(chosen, seats)
    others = tuple(
        one.desk_id
        for one in roster.desks
        if one.desk_id != roster.fallback_desk and _readers(roster, one.desk_id, excluded, today)
    )
    if others and offer_others:
        return NobodyLeft(others)
    if roster.fallback_desk and (seats := _readers(roster, roster.fallback_desk, excluded, today)):
        return Route(roster.fallback_desk, seats, Escalation.FALLBACK)
    return Route(None, (), Escalation.RECOVERY)


def _readers(roster: Roster, desk: str, excluded: Collection[str], today: date) -> tuple[Seat, ...]:
    seats = eligible(roster, desk, excluded, today)
    return seats if any(Compartment.FACTS in seat.compartments for seat in seats) else ()
