"""An inlet that takes everything down and shows one screen: for tests of what a channel brings and how it answers."""

import asyncio
from collections.abc import AsyncIterator

from bot.conversation.events import Event, FileRef
from bot.ports.talking import Happened, View
from tests.support.screens import view


class ListeningInlet:
    """Remembers what was brought, once an event id. `fault`, when set, is what every door then answers with."""

    def __init__(self) -> None:
        self.screen = view()
        self.fault: Exception | None = None
        self.heard: list[tuple[str, str, Event]] = []
        self.files: list[tuple[str, str, bytes]] = []
        self.languages: dict[str, str] = {}
        #: Of each thing that happened: whether the channel knew of an earlier talk.
        self.returning: list[bool] = []
        self.bell = asyncio.Event()
        self._seen: set[tuple[str, str]] = set()

    @property
    def events(self) -> list[Event]:
        """What people did, in order."""
        return [event for _, _, event in self.heard]

    async def receive(self, channel: str, address: str, happened: Happened) -> View:
        """Remember the events, unless this id was seen."""
        self._fail()
        if (address, happened.event_id) not in self._seen:
            self._seen.add((address, happened.event_id))
            self.returning.append(happened.returning)
            self.heard += [(channel, address, event) for event in happened.events]
        happened.stored()
        return self.screen

    async def look(self, _channel: str, _address: str) -> View:
        """Give the screen."""
        self._fail()
        return self.screen

    async def keep_file(self, _channel: str, _address: str, name: str, media_type: str, data: bytes) -> FileRef:
        """Keep the file in memory."""
        self._fail()
        self.files.append((name, media_type, data))
        return FileRef(f"file-{len(self.files)}", name, media_type, len(data), b"", b"")

    async def changes(self, _channel: str, _address: str) -> AsyncIterator[None]:
        """Yield each time `bell` is rung."""
        while True:
            await self.bell.wait()
            self.bell.clear()
            yield

    async def set_language(self, _channel: str, address: str, language: str) -> None:
        """Remember the language."""
        self._fail()
        self.languages[address] = language

    def _fail(self) -> None:
        if self.fault is not None:
            raise self.fault
