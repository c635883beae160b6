"""What is done without being asked: files that no letter has named are destroyed. Decides nothing about cases."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from backend.logs import Log
from backend.ports import CaseStore, Circumstances, StoreUnavailableError, Work

#: The bot holds a report for three days at most while the store is down (it says so to the reporter); a week is ample.
_ORPHAN_DAYS: Final = 7
_EVERY_SECONDS: Final = 3600


async def sweep(store: CaseStore, organs: Sequence[str], at: Circumstances) -> int:
    """Destroy what was put up a week ago and belongs to no case; how many files that were."""

    def drop(work: Work) -> int:
        return work.files.drop_orphans(at.today - timedelta(days=_ORPHAN_DAYS))

    dropped = sum([await store.write(organ, drop) for organ in organs])
    if dropped:
        await store.scrub()
    return dropped


async def keep_sweeping(store: CaseStore, organs: Sequence[str], at: Callable[[], Circumstances], log: Log) -> None:
    """Sweep every hour until cancelled; a store that is away is tried again the next hour."""
    while True:
        try:
            dropped = await sweep(store, organs, at())
        except StoreUnavailableError:
            log.warning("sweep_put_off")
        else:
            if dropped:
                log.info("orphan_files_destroyed", count=dropped)
        await asyncio.sleep(_EVERY_SECONDS)
