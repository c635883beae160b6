"""Holds cases and their erasure keys against each other, and sees to it that what was destroyed stays so.

A restored backup of either brings things back: cases that were destroyed, or keys of theirs. Both are destroyed again.
A case whose key is missing although nobody destroyed it is told of, every time, for its grants cannot be read.
Everything here may be done by several processes at once, and again after a crash.
"""

from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Final

from backend.commands import amiss, mend
from backend.commands.destroying import Mended
from backend.ports import CaseStore, Circumstances, Work

_HOURS: Final = 24
#: At night, when nobody waits for the store.
_SCOURED_AT: Final = 3


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


async def _mended(store: CaseStore, organ: str, at: Circumstances, wanted: Mended) -> int:
    found = [
        await store.write(organ, partial(mend, at=at, number=number), is_bulky=True)
        async for number in _amiss(store, organ)
    ]
    return found.count(wanted)


async def _amiss(store: CaseStore, organ: str) -> AsyncIterator[str]:
    """Numbers of cases that do not fit their keys, found a few hundred cases at a time."""
    after: str | None = ""
    while after is not None:
        found = await store.read(organ, partial(amiss, after=after))
        for number in found.numbers:
            yield number
        after = found.last


async def _adopted(store: CaseStore, organ: str) -> int:
    def some(work: Work) -> int:
        return work.grants.adopt_some()

    cases = 0
    while adopted := await store.write(organ, some, is_bulky=True):
        cases += adopted
    return cases
