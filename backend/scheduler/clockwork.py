"""Makes the rounds when an organ's clock strikes a full hour, and some of them at a start as well.

No moment is kept: whoever starts does not know when the last batch was, and waits for the next full hour rather than
show what came a minute ago. A clock that is set back strikes again when its hour comes and not before; one that is set
forth, or a process that was away for a month, strikes once. What could not be done is tried again until it is.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from backend.domain.batches import strikes_by
from backend.logs import Log, where
from backend.ports import CaseStore, Circumstances, StoreUnavailableError
from backend.scheduler.rounds import ROUNDS, Round

#: Seconds between two looks at the clock.
_LOOK: Final = 1.0
#: Seconds until a store that was away is asked again.
_AGAIN: Final = 15.0
#: Seconds within which no clock on earth strikes a full hour unseen: time zones differ by multiples of it.
_QUARTER: Final = 900


class Schedule(NamedTuple):
    """For whom the clockwork works, and by which clock."""

    organs: Sequence[str]
    #: The present in a time zone, or in the store's where none is given.
    at: Callable[[str | None], Circumstances]
    log: Log


class _OrgansClock:
    """How far one organ's rounds have got."""

    def __init__(self, organ: str) -> None:
        self._organ: Final = organ
        self._quarter = -1
        self._struck: dict[Round, int] = {}

    async def look(self, store: CaseStore, schedule: Schedule) -> bool:
        """Make the rounds whose hour has struck; no, where something is to be tried again."""
        now = schedule.at(None).now
        if now // _QUARTER == self._quarter:
            return True
        zone = await store.read(self._organ, lambda work: work.policy.time_zone)
        at, strike = schedule.at(zone), strikes_by(now, zone)
        done = [await self._made(each, store, schedule, at, strike) for each in ROUNDS]
        if all(done):
            self._quarter = now // _QUARTER
        return all(done)

    async def _made(self, each: Round, store: CaseStore, schedule: Schedule, at: Circumstances, strike: int) -> bool:
        last = self._struck.setdefault(each, -1 if each.at_start else strike)
        # Where the clock was set back, its next full hour is waited for.
        if strike > last and not await _make(each, store, schedule.log, at, self._organ):
            return False
        self._struck[each] = strike
        return True


async def strike(store: CaseStore, schedule: Schedule) -> None:
    """Make every round once for each organ, whatever the hour; for those who move a clock of their own."""
    for organ in schedule.organs:
        zone = await store.read(organ, lambda work: work.policy.time_zone)
        for each in ROUNDS:
            await _make(each, store, schedule.log, schedule.at(zone), organ)


async def keep_rounds(store: CaseStore, schedule: Schedule) -> None:
    """Make every round of every organ each hour, until cancelled; a slow one keeps no other organ waiting."""
    await asyncio.gather(*(_keep(_OrgansClock(organ), store, schedule) for organ in schedule.organs))


async def _keep(clock: _OrgansClock, store: CaseStore, schedule: Schedule) -> None:
    while True:
        calm = await _looked(clock, store, schedule)
        await asyncio.sleep(_LOOK if calm else _AGAIN)


async def _looked(clock: _OrgansClock, store: CaseStore, schedule: Schedule) -> bool:
    try:
        return await clock.look(store, schedule)
    except StoreUnavailableError:
        schedule.log.warning("round_put_off")
    except Exception as why:  # noqa: BLE001 - a mistake about one organ must not end the rounds of the others
        schedule.log.error("round_failed", kind=type(why).__name__, where=where(why))  # noqa: TRY400 - a traceback quotes content
    return False


async def _make(each: Round, store: CaseStore, log: Log, at: Circumstances, organ: str) -> bool:
    try:
        count = await each.does(store, (organ,), at)
    except StoreUnavailableError:
        raise
    except Exception as why:  # noqa: BLE001 - a mistake in one round must not end the others for good
        log.error("round_failed", kind=type(why).__name__, where=where(why))  # noqa: TRY400 - a traceback quotes content
        return False
    if count and each.event:
        (log.error if each.is_fault else log.info)(each.event, count=count)
    return True
