"""What is done without being asked, by the clock: batches come before staff, files that no letter named are destroyed.

Decides nothing about cases. Every duty may be done by several processes at once and again after a crash: each changes
only what it finds still to be done, so no process need know of another. No moment is kept; whoever starts does not know
when the last batch was, and waits for the next full hour rather than show what came a minute ago.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Final, NamedTuple

from backend.batches import release_some
from backend.commands import publish_due
from backend.commands.checkpoints import make_checkpoint
from backend.logs import Log, where
from backend.ports import CaseStore, Circumstances, StoreUnavailableError, Work
from backend.reconciling import adopt, count_keyless, replay, scour

#: The bot holds a report for three days at most while the store is down (it says so to the reporter); a week is ample.
_ORPHAN_DAYS: Final = 7
#: Seconds between two looks at the clock.
_LOOK: Final = 1.0
#: Seconds until a store that was away is asked again.
_AGAIN: Final = 15.0


class Schedule(NamedTuple):
    """For whom the clockwork works, and by which clock."""

    organs: Sequence[str]
    at: Callable[[], Circumstances]
    log: Log


async def release(store: CaseStore, organs: Sequence[str], _: Circumstances) -> int:
    """Put before staff all that reporters did since the last batch; in how many cases that was."""
    return sum([await _released(store, organ) for organ in organs])


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


class Duty(NamedTuple):
    """One row: what is done when an hour strikes."""

    does: Callable[[CaseStore, Sequence[str], Circumstances], Awaitable[int]]
    #: Done at a start as well.
    at_start: bool
    #: What the log says when something was done, with a count; nothing where a count would tell of reporters.
    event: str = ""
    #: Somebody must look at it.
    is_fault: bool = False


DUTIES: Final = (
    Duty(release, at_start=False),
    Duty(sweep, at_start=True, event="orphan_files_destroyed"),
    Duty(replay, at_start=True, event="destructions_replayed"),
    Duty(adopt, at_start=True, event="grants_brought_under_keys"),
    Duty(count_keyless, at_start=True, event="erasure_keys_missing", is_fault=True),
    Duty(scour, at_start=False),
    Duty(prove, at_start=True, event="checkpoints_made"),
    Duty(publish_figures, at_start=True, event="figures_published"),
)


async def keep_duties(store: CaseStore, schedule: Schedule) -> None:
    """Do every duty each hour until cancelled; what could not be done is tried again until it is."""
    present = schedule.at().hour
    done_in = {duty: None if duty.at_start else present for duty in DUTIES}
    while True:
        try:
            at = schedule.at()
            for duty in [duty for duty, hour in done_in.items() if hour != at.hour]:
                await _do(duty, store, schedule, at)
                done_in[duty] = at.hour
        except StoreUnavailableError:
            schedule.log.warning("duty_put_off")
            await asyncio.sleep(_AGAIN)
        except Exception as why:  # noqa: BLE001 - a mistake in one duty must not end the others for good
            schedule.log.error("duty_failed", kind=type(why).__name__, where=where(why))  # noqa: TRY400 - a traceback quotes content
            await asyncio.sleep(_AGAIN)
        await asyncio.sleep(_LOOK)


async def _do(duty: Duty, store: CaseStore, schedule: Schedule, at: Circumstances) -> None:
    done = await duty.does(store, schedule.organs, at)
    if done and duty.event:
        (schedule.log.error if duty.is_fault else schedule.log.info)(duty.event, count=done)


async def _released(store: CaseStore, organ: str) -> int:
    cases = 0
    while some := await store.write(organ, release_some, is_bulky=True):
        cases += some
    return cases
