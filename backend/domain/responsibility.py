"""Who is responsible for a case, and when somebody else must be found; a table of reasons and how each is told."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Final

import msgspec

from backend.contract import Publication
from backend.contract.assigning import Need
from backend.domain.case import Case
from backend.domain.lifecycle import ENDED
from backend.domain.oversight import OVERSEERS
from backend.domain.people import holds

#: A case that only one person can open is lost with that person.
_TWO: Final = 2


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the people around a case."""

    published: Publication | None
    #: Who is away today, and until when.
    away: Mapping[str, date]
    #: Members of the organ who hold a key to its facts.
    holders: Collection[str]
    today: date
    rotate_after: int


_Told = Callable[[Case, Surroundings], bool]


def _is_long(case: Case, around: Surroundings) -> bool:
    return case.owned_on is not None and case.owned_on + timedelta(days=around.rotate_after) < around.today


def _has_lost_overseer(case: Case, around: Surroundings) -> bool:
    return case.overseer is not None and not holds(around.published, case.overseer, *OVERSEERS)


#: In the order in which they are shown.
_NEEDS: Final[Mapping[Need, _Told]] = {
    Need.OWNER: lambda case, _: case.owner is None,
    Need.SUCCESSOR: lambda case, around: case.owner is not None and case.owner not in around.holders,
    Need.STAND_IN: lambda case, around: case.owner in around.away,
    Need.ROTATION: _is_long,
    Need.SECOND_KEY: lambda _, around: len(around.holders) < _TWO,
    Need.OVERSEER: _has_lost_overseer,
}


def needs_of(case: Case, around: Surroundings) -> tuple[Need, ...]:
    """Why somebody should look at who is responsible; nothing once handling has ended."""
    return () if case.stage in ENDED else tuple(need for need, told in _NEEDS.items() if told(case, around))


def present(holders: Iterable[str], published: Publication | None) -> frozenset[str]:
    """Those of the holders who are members of the organ now; whoever left opens nothing any more."""
    members = {person.staff_id for person in published.people if person.offices} if published else set()
    return frozenset(holders) & members


def may_succeed(case: Case, overseer: str | None, stand_in: str | None, published: Publication | None) -> bool:
    """Tell whether a case may be put under another overseer: only once the one it had does not hold that office."""
    has_one = case.overseer is not None and holds(published, case.overseer, *OVERSEERS)
    named = [who for who in (overseer, stand_in) if who is not None]
    return (
        not has_one
        and len(set(named)) == len(named)
        and (overseer is not None or stand_in is None)
        and all(holds(published, who, *OVERSEERS) for who in named)
    )
