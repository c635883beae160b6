"""Rounds that concern no single thing owed: batches, leftovers, checkpoints, figures."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from backend.batches import release_some
from backend.commands import publish_due
from backend.commands.checkpoints import make_checkpoint
from backend.ports import CaseStore, Circumstances, Work

#: The bot holds a report for three days at most while the store is down (it says so to the reporter); a week is ample.
_ORPHAN_DAYS: Final = 7

Does = Callable[[CaseStore, Sequence[str], Circumstances], Awaitable[int]]


def in_batches(act: Callable[[Work, Circumstances], int]) -> Does:
    """Make a round of an act that does some of what is to be done and tells how much, until it finds nothing more.

    Each time is a transaction of its own, so that nobody is kept waiting for long and a crash undoes little.
    """

    async def does(store: CaseStore, organs: Sequence[str], at: Circumstances) -> int:
        return sum([await _until_nothing_is_left(store, organ, lambda work: act(work, at)) for organ in organs])

    return does


async def release(store: CaseStore, organs: Sequence[str], _: Circumstances) -> int:
    """Put before staff all that reporters did since the last batch; in how many cases that was."""
    return sum([await _until_nothing_is_left(store, organ, release_some) for organ in organs])


async def sweep(store: CaseStore, organs: Sequence[str], at: Circumstances) -> int:
    """Destroy what was put up a week ago and belongs to no case; how many files that were."""

    def drop(work: Work) -> int:
        return work.files.drop_orphans(at.today - timedelta(days=_ORPHAN_DAYS))

    dropped = sum([await store.write(organ, drop) for organ in organs])
    if dropped:
        await store.scrub()
    return dropped


async def publish_figures(store: CaseStore, organs: Sequence[str], at: Circumstances) -> int:
    """Publish the half-years that are over; how many those were."""
    return sum([await store.write(organ, partial(publish_due, at=at)) for organ in organs])


async def prove(store: CaseStore, organs: Sequence[str], at: Circumstances) -> int:
    """Make the day's checkpoint of each organ, once; how many were made."""
    make = partial(make_checkpoint, at=at)
    return sum([await store.write(organ, make, is_bulky=True) for organ in organs])


async def _until_nothing_is_left(store: CaseStore, organ: str, act: Callable[[Work], int]) -> int:
    done = 0
    while some := await store.write(organ, act, is_bulky=True):
        done += some
    return done
