"""What becomes of each thing that people do on Slack: taken, stored, and answered with the next screen in their window.

Slack waits three seconds for an answer. A step is answered once it is stored: with the next screen when that is there
in time, else with a window that says so and is changed as soon as it is. What cannot be stored is not acknowledged:
the window stays as it was, with everything typed in it, and Slack asks to try again. Nothing typed outside of a window
is read at all.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

from bot.channels.slack.blocks import Block
from bot.channels.slack.calls import Calls, SlackFailedError, TooLargeError
from bot.channels.slack.happened import Sent, events_of
from bot.channels.slack.modal import modal, notice
from bot.channels.slack.payloads import Message, SlackFile
from bot.channels.wording import Wording
from bot.conversation.catalog import LANGUAGES
from bot.conversation.events import Attached, AttachFailed, Command, Commanded, Event
from bot.conversation.words import clean
from bot.ports.talking import Happened, Inlet, View

CHANNEL = "slack"

#: Seconds until Slack is answered; it gives up after three.
ANSWER_WITHIN = 2.0
#: Kinds of messages that people type; all others only tell of something.
_TYPED = frozenset((None, "file_share", "me_message", "thread_broadcast"))
#: Messages that are known again when Slack delivers them twice.
_REMEMBERED = 256

_T = TypeVar("_T")

_log = structlog.get_logger()


class NotStoredError(Exception):
    """Nothing may be acknowledged: Slack is told to say so to the person."""


class Visits:
    """Brings what people do to the inlet."""

    def __init__(self, inlet: Inlet, calls: Calls, wording: Wording, max_file_mib: int) -> None:
        self._inlet = inlet
        self._calls = calls
        self._wording = wording
        self._max_file_mib = max_file_mib
        self._under_way: set[asyncio.Task[Any]] = set()
        self._pointed: dict[str, None] = {}

    async def stop(self) -> None:
        """End what is under way: all of it is stored, or was not acknowledged."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def open(self, address: str, trigger: str, first_words: str = "") -> None:
        """Open a window and show the present screen in it.

        Raises `SlackFailedError` when not even an empty one opens.
        """
        window = await self._calls.open(trigger, notice(self._wording, "slack.loading"))
        coming = self._spawn(self._present(address, trigger))
        self._spawn(self._show(window, coming, "slack.busy", first_words))

    async def send(self, address: str, window: str, sent: Sent) -> Block:
        """Take a form and return the window to show next. Raises `NotStoredError`."""
        step = await self._take(address, sent)
        if not sent.files and step.done():
            return modal(step.result(), self._wording, self._max_file_mib)
        self._follow(address, window, sent, step)
        label = "slack.fetching" if sent.files else "slack.loading"
        return notice(self._wording, label, sent.note.language)

    async def press(self, address: str, window: str, sent: Sent) -> None:
        """Take a form by one of its other buttons; the window is changed afterwards. Raises `NotStoredError`."""
        self._follow(address, window, sent, await self._take(address, sent))

    def point_to_form(self, message: Message) -> None:
        """Answer whoever typed outside of a window, so that they alone see it. Nothing of it is kept."""
        place = f"{message.channel}/{message.ts}"
        if message.bot_id or message.subtype not in _TYPED or not message.user or place in self._pointed:
            return
        self._pointed[place] = None
        while len(self._pointed) > _REMEMBERED:
            del self._pointed[next(iter(self._pointed))]
        self._spawn(self._point(message))

    async def _take(self, address: str, sent: Sent) -> asyncio.Task[View]:
        """Have a form stored; what follows from it may still be under way in the task that is returned."""
        # A letter is sent off only when its files have joined it.
        events = events_of(sent, "next" if _waits_for_files(sent) else sent.then)
        stored = asyncio.Event()
        # A screen that was shown has a number: there was a talk.
        happened = Happened(event_id=sent.event_id, events=events, stored=stored.set, returning=sent.note.turn > 0)
        step = self._spawn(self._inlet.receive(CHANNEL, address, happened))
        await asyncio.wait({step}, timeout=ANSWER_WITHIN)
        if not step.done() and not stored.is_set():
            raise NotStoredError
        if step.done() and step.exception():
            raise NotStoredError
        return step

    def _follow(self, address: str, window: str, sent: Sent, step: asyncio.Task[View]) -> None:
        coming = self._spawn(self._with_files(address, sent, step)) if sent.files else step
        self._spawn(self._show(window, coming, "slack.files_lost" if sent.files else "slack.busy"))

    async def _with_files(self, address: str, sent: Sent, step: asyncio.Task[View]) -> View:
        await step
        events = [await self._kept(address, file) for file in sent.files]
        if _waits_for_files(sent):
            events.append(Commanded(Command.DONE))
        return await self._inlet.receive(CHANNEL, address, Happened(event_id=f"{sent.event_id}/files", events=events))

    async def _kept(self, address: str, file: SlackFile) -> Event:
        try:
            data = await self._calls.fetch(file.url_private or "", self._max_file_mib * 2**20)
        except TooLargeError:
            return AttachFailed(reason="too_large", limit_mib=self._max_file_mib)
        except SlackFailedError as fault:
            _log.warning("file_not_fetched", error=fault.kind)
            return AttachFailed(reason="broken")
        name, media_type = clean(file.name or "file"), clean(file.mimetype or "application/octet-stream")
        return Attached(file=await self._inlet.keep_file(CHANNEL, address, name, media_type, data))

    async def _present(self, address: str, trigger: str) -> View:
        """Return the screen of a talk; one that has none yet begins."""
        view = await self._inlet.look(CHANNEL, address)
        if view.items:
            return view
        begin = Happened(event_id=trigger, events=(Commanded(Command.START),))
        return await self._inlet.receive(CHANNEL, address, begin)

    async def _show(self, window: str, coming: asyncio.Task[View], otherwise: str, first_words: str = "") -> None:
        """Change a window as soon as its screen is there; say so when there is none."""
        try:
            shown = modal(await coming, self._wording, self._max_file_mib, first_words)
        except Exception as fault:  # noqa: BLE001 - whatever broke, the window must not stay empty
            _log.error("screen_missing", error=type(fault).__name__)
            shown = notice(self._wording, otherwise)
        try:
            await self._calls.change(window, shown)
        except SlackFailedError as fault:
            # The window may be closed; the next one shows the screen.
            _log.info("window_not_changed", error=fault.kind)

    async def _point(self, message: Message) -> None:
        words = "\n".join(self._wording.label(language, "slack.here_not") for language in LANGUAGES)
        try:
            await self._calls.whisper(message.channel, message.user, words)
        except SlackFailedError as fault:
            _log.info("not_pointed_to_form", error=fault.kind)

    def _spawn(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            _log.error("talk_failed", error=type(fault).__name__)


def _waits_for_files(sent: Sent) -> bool:
    return bool(sent.files) and sent.then == Command.DONE
