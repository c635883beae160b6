"""Holds cases and their erasure keys against each other, and sees to it that what was destroyed stays so.

A restored backup of either brings things back: cases that were destroyed, or keys of theirs. Both are destroyed again.
A case whose key is missing although nobody destroyed it is told of, every time, for its grants cannot be read.
Everything here may be done by several processes at once, and again after a crash.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import Final, Protocol, TypeVar

from backend.commands import amiss, mend
from backend.commands.destroying import Amiss, Mended
from backend.ports import CaseStore, Circumstances, Work

T = TypeVar("T")

_HOURS: Final = 24
#: At night, when nobody waits for the store.
_SCOURED_AT: Final = 3


class Asked(Protocol):
    """What questions can be asked of."""

    async def read(self, organ: str, ask: Callable[[Work], T]) -> T:
        """Run a question on one consistent state."""


async def replay(store: CaseStore, organs: Sequence[str], at: Circumstances) -> int:
    """Destroy again what had been destroyed, and came back or was never finished; how many cases those were."""
    replayed = sum([await _mended(store, organ, at, Mended.DESTROYED) for organ in organs])
    if replayed:
        await store.scrub()
    return replayed


async def count_keyless(store: CaseStore, organs: Sequence[str], at: Circumstances) -> int:
    """Tell those who oversee them of cases whose key is missing; how many those are."""
    return sum([await _mended(store, organ, at, Mended.KEYLESS) for organ in organs])


async def adopt(store: CaseStore, organs: Sequence[str], _: Circumstances) -> int:
    """Lay grants from before there were erasure keys under one; of how many cases."""
    adopted = sum([await _adopted(store, organ) for organ in organs])
    if adopted:
        await store.scrub()
    return adopted


async def scour(store: CaseStore, _: Sequence[str], at: Circumstances) -> int:
    """Once a night, have the database give free what was deleted."""
    if at.hour % _HOURS == _SCOURED_AT:
        await store.scour()
    return 0


async def keyless_of(asked: Asked, organ: str) -> int:
    """How many cases of an organ have lost their key. A question: it tells nobody."""
    return sum([found.keyless async for found in _gone_through(asked, organ)])


async def _mended(store: CaseStore, organ: str, at: Circumstances, wanted: Mended) -> int:
    found = [
        await store.write(organ, partial(mend, at=at, number=number), is_bulky=True)
        async for some in _gone_through(store, organ)
        for number in some.numbers
    ]
    return found.count(wanted)


async def _gone_through(asked: Asked, organ: str) -> AsyncIterator[Amiss]:
    """Hold all cases against their keys, a few hundred at a time."""
    after: str | None = ""
    while after is not None:
        found = await asked.read(organ, partial(amiss, after=after))
        yield found
        after = found.last


async def _adopted(store: CaseStore, organ: str) -> int:
    def some(work: Work) -> int:
        return work.grants.adopt_some()

    cases = 0
    while adopted := await store.write(organ, some, is_bulky=True):
        cases += adopted
    return cases
