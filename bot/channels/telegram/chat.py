"""The way out to Telegram: shows screens, changes them in place where it can, and takes everything back when asked.

It remembers in the talk's own sealed record which message has the buttons and how far a screen was sent, so that a
repeat sends what is missing and no more. Nothing is kept here between two calls.
"""

import contextlib
from collections.abc import Set as AbstractSet
from hashlib import blake2b

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from telegram.error import TelegramError

from bot.channels.telegram.calls import Calls, meaning
from bot.channels.telegram.messages import Message, messages_of
from bot.channels.wording import Wording
from bot.conversation.effects import Say
from bot.ports.channel import NotSentError, Standing, TakenBack, UnclearError
from bot.ports.talking import View

#: News that must make itself heard: changing a message in place makes no sound.
NEWS = frozenset({"answer.waiting"})
#: News that come without a sound: somebody else may be near, and nothing is lost before the next look.
QUIET = frozenset({"ending.soon", "ending.soon_hour"})
#: Said when the token is deleted here: its message goes as well.
SAVED = frozenset({"token.saved"})

#: Messages that one call may delete.
_AT_ONCE = 100


class Memory(Struct, frozen=True, array_like=True, omit_defaults=True):
    """What stands in the chat. Stored sealed with the talk: fields may only be added, at the end, with defaults."""

    #: The screen that was sent last, wholly or in part, how many of its messages arrived, and a digest of those.
    page: int = -1
    sent: int = 0
    digest: bytes = b""
    #: Id of the message with the buttons; 0 for none.
    keyboard: int = 0
    #: Ids of messages with a token that is not known to be saved.
    tokens: tuple[int, ...] = ()


_write = msgspec.msgpack.Encoder().encode
_read = msgspec.msgpack.Decoder(Memory).decode


class TelegramChat:
    """A `Channel`."""

    def __init__(self, calls: Calls, wording: Wording) -> None:
        self._calls = calls
        self._wording = wording

    async def show(self, address: str, view: View, standing: Standing) -> Standing:
        """See `Channel.show`."""
        messages = messages_of(view, self._wording)
        memory = _recalled(standing)
        arrived = _arrived(memory, view.page, messages)
        if not messages or arrived == len(messages):
            return standing
        if not arrived and _fits_in_place(memory, view, messages, standing):
            changed = await self._changed(address, view.page, messages[0], standing, memory)
            if changed is not None:
                return await self._without_token(address, view, changed)
        standing = await self._sent(address, view, messages, arrived, standing)
        if memory.keyboard and memory.keyboard != _recalled(standing).keyboard:
            await self._calls.disarm(address, memory.keyboard)
        return await self._without_token(address, view, standing)

    async def take_back(self, address: str, standing: Standing) -> TakenBack:
        """See `Channel.take_back`."""
        ids = [int(trace) for trace in standing.traces]
        gone = 0
        try:
            for start in range(0, len(ids), _AT_ONCE):
                gone += await self._deleted(address, ids[start : start + _AT_ONCE])
        except TelegramError as fault:
            raise NotSentError(standing) from fault
        return TakenBack(gone=gone, left=len(ids) - gone)

    async def _deleted(self, address: str, ids: list[int]) -> int:
        if await self._calls.delete(address, ids):
            return len(ids)
        if len(ids) == 1:
            return 0
        return sum([await self._calls.delete(address, [each]) for each in ids])

    async def _changed(
        self, address: str, page: int, message: Message, standing: Standing, memory: Memory
    ) -> Standing | None:
        """Put the screen in the place of the last one; None where that cannot be changed any more."""
        try:
            if not await self._calls.edit(address, memory.keyboard, message):
                return None
        except TelegramError as fault:
            error = meaning(fault, standing)
            # Whether it arrived or not, changing it once more does no harm.
            raise (NotSentError(standing) if isinstance(error, UnclearError) else error) from None
        keyboard = memory.keyboard if message.rows else 0
        return _noted(standing, replace(memory, page=page, sent=1, digest=_digest((message,)), keyboard=keyboard))

    async def _sent(
        self, address: str, view: View, messages: tuple[Message, ...], arrived: int, standing: Standing
    ) -> Standing:
        last, quiet = len(messages) - 1, _says(view, QUIET)
        for at, message in enumerate(messages[arrived:], start=arrived):
            try:
                message_id = await self._calls.send(address, message, silent=quiet or at < last)
            except TelegramError as fault:
                raise meaning(fault, standing) from None
            memory = _recalled(standing)
            memory = replace(
                memory,
                page=view.page,
                sent=at + 1,
                digest=_digest(messages[: at + 1]),
                keyboard=(message_id if message.rows else 0) if at == last else memory.keyboard,
                tokens=(*memory.tokens, message_id) if message.token else memory.tokens,
            )
            standing = _noted(replace(standing, traces=(*standing.traces, str(message_id))), memory)
        return standing

    async def _without_token(self, address: str, view: View, standing: Standing) -> Standing:
        """Delete the token's messages once it is saved. Where that fails they stay among what can be taken back."""
        memory = _recalled(standing)
        if not memory.tokens or not _says(view, SAVED):
            return standing
        with contextlib.suppress(TelegramError):
            if await self._calls.delete(address, memory.tokens):
                gone = {str(each) for each in memory.tokens}
                traces = tuple(trace for trace in standing.traces if trace not in gone)
                return _noted(replace(standing, traces=traces), replace(memory, tokens=()))
        return standing


def _recalled(standing: Standing) -> Memory:
    return _read(standing.memory) if standing.memory else Memory()


def _noted(standing: Standing, memory: Memory) -> Standing:
    return replace(standing, memory=_write(memory))


def _arrived(memory: Memory, page: int, messages: tuple[Message, ...]) -> int:
    """Count the messages of this screen that have arrived; none where the screen has changed since."""
    is_known = memory.page == page and memory.digest == _digest(messages[: memory.sent])
    return memory.sent if is_known else 0


def _digest(messages: tuple[Message, ...]) -> bytes:
    return blake2b("\0".join(message.text for message in messages).encode("utf-8", "replace"), digest_size=8).digest()


def _fits_in_place(memory: Memory, view: View, messages: tuple[Message, ...], standing: Standing) -> bool:
    """Whether the last screen's buttons stand in the newest message, and this screen may quietly take its place."""
    alone = len(messages) == 1 and not messages[0].protected
    newest = max((int(trace) for trace in standing.traces), default=0)
    return alone and 0 < memory.keyboard == newest and not _says(view, NEWS | QUIET)


def _says(view: View, keys: AbstractSet[str]) -> bool:
    return any(isinstance(item, Say) and item.text.key in keys for item in view.items)
