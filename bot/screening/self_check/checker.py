"""The `SelfCheck`: looks in a thread of its own, so that nobody else's talk waits.

The dictionary is loaded with the first answer that is looked at. Where it cannot be loaded, the rules that need none
still work, and an alarm says so; a report is never kept from being handed over by it.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from threading import Event

import structlog

from bot.ports.self_check import Finding
from bot.screening.self_check.looking import look
from bot.screening.self_check.reading import NameReader, NoReader, SudachiReader

_log = structlog.get_logger()

#: Passages of one report that are told of at once. They are stored with the talk, and nobody looks through more.
MOST = 200


class SudachiSelfCheck:
    """See `SelfCheck`. One thread: a usual report takes it some milliseconds."""

    def __init__(self, load: Callable[[], NameReader] = SudachiReader) -> None:
        self._load = load
        self._reader: NameReader | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="self-check")
        #: No, once the dictionary could not be loaded.
        self.is_well = True

    async def look(self, texts: Mapping[str, str]) -> tuple[Finding, ...]:
        """See `SelfCheck.look`."""
        stopped = Event()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._looked, dict(texts), stopped)
        finally:
            stopped.set()

    def close(self) -> None:
        """Look at nothing more; what is being looked at ends by itself."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _looked(self, texts: Mapping[str, str], stopped: Event) -> tuple[Finding, ...]:
        return tuple(islice(self._found(texts, stopped), MOST))

    def _found(self, texts: Mapping[str, str], stopped: Event) -> Iterator[Finding]:
        reader = self._reader = self._reader or self._loaded()
        for question, text in texts.items():
            for passages in look(text, reader):
                if stopped.is_set():
                    return
                yield from (Finding(question, each.start, each.end, each.kind) for each in passages)

    def _loaded(self) -> NameReader:
        try:
            return self._load()
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the library or its dictionary means the same
            self.is_well = False
            _log.error("self_check_without_dictionary", error=type(error).__name__)
            return NoReader()
