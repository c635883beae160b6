"""A person at a telephone: types, taps, sends photos, and reads what stands in the chat.

Their names, number and picture come with everything they do, as they do on the real service; none of it may be found
anywhere afterwards.
"""

import asyncio
from collections.abc import Callable, Mapping

from tests.support.telegram_peer import TOKEN, Shown, TelegramPeer

#: What Telegram tells a bot about whoever writes to it.
PROFILE = {"first_name": "Hanakocanary", "last_name": "Sagawacanary", "username": "hanako_canary_1987", "is_bot": False}


class TelegramPerson:
    """One person in their private chat with the bot."""

    def __init__(self, peer: TelegramPeer, chat_id: int = 7001001001, language: str = "ja") -> None:
        self.peer = peer
        self.chat_id = chat_id
        self.sender = {"id": chat_id, "language_code": language, **PROFILE}
        self._files = 0

    async def type(self, text: str) -> None:
        """Type a message."""
        await self.send(text=text)

    async def send(self, **content: object) -> None:
        """Send a message of any content."""
        await self.peer.post("/sendMessage", {"botToken": TOKEN, **self._common(), **content})

    async def send_file(self, kind: str, data: bytes, *, size: int | None = None, **more: object) -> None:
        """Send a file as a `photo`, `document`, `voice` or whatever there is."""
        self._files += 1
        file_id = f"file{self.chat_id}n{self._files}"
        await self.peer.hold(file_id, data)
        file = {"file_id": file_id, "file_unique_id": file_id, "file_size": len(data) if size is None else size}
        about: dict[str, object] = {key: more.pop(key) for key in ("file_name", "mime_type") if key in more}
        small = {**file, "file_id": "thumbnail", "width": 90, "height": 90, "file_size": 1}
        sizes = [small, {**file, "width": 1280, "height": 960}]
        content: dict[str, object] = {kind: sizes if kind == "photo" else {**file, **about}, **more}
        await self.send(**content)

    async def change(self, message_id: int, text: str) -> None:
        """Change the words of an earlier message."""
        await self.peer.bring({"edited_message": {**self._common(), "message_id": message_id, "text": text}})

    async def tap(self, label: str) -> None:
        """Tap the newest button with this label."""
        message, data = await self._button(label)
        await self.tap_data(message, data)

    async def tap_data(self, message: Shown, data: str) -> None:
        """Tap a button that may not stand there any more."""
        about = {**self._common(), "message_id": message.id, "text": message.text}
        pressed = {"botToken": TOKEN, "from": self.sender, "message": about, "data": data}
        await self.peer.post("/sendCallback", pressed)

    async def sees(self) -> list[Shown]:
        """Everything that stands in the chat."""
        return await self.peer.chat(self.chat_id)

    async def reads(self, words: str, *, seconds: float = 10) -> Shown:
        """Wait until the newest message with buttons, or any other of the bot behind it, says this."""
        found = await self.until(lambda chat: any(words in each.text for each in _newest(chat)), words, seconds)
        return next(each for each in reversed(found) if words in each.text)

    async def until(self, holds: Callable[[list[Shown]], bool], what: str, seconds: float = 10) -> list[Shown]:
        """Wait until something holds of the chat."""
        until = asyncio.get_running_loop().time() + seconds
        while not holds(chat := await self.sees()):
            texts = [f"{'bot' if each.bot else 'me'}: {each.text}" for each in chat[-6:]]
            assert asyncio.get_running_loop().time() < until, f"waited for {what!r}, saw {texts}"
            await asyncio.sleep(0.02)
        return chat

    async def next_screen(self, before: Shown) -> Shown:
        """Wait until other words stand above the buttons than before."""
        chat = await self.until(lambda chat: bool(chat[-1].rows) and chat[-1].text != before.text, "another screen")
        return chat[-1]

    def _common(self) -> dict[str, object]:
        return {"from": self.sender, "chat": {"type": "private", **self.sender}, "date": 1}

    async def _button(self, label: str) -> tuple[Shown, str]:
        chat = await self.until(lambda chat: _labelled(chat, label) is not None, f"button {label}")
        found = _labelled(chat, label)
        assert found is not None
        return found


def labels(message: Shown) -> list[str]:
    """What stands on the buttons of a message."""
    return [key["text"] for row in message.rows for key in row]


def _labelled(chat: list[Shown], label: str) -> tuple[Shown, str] | None:
    keys: list[tuple[Shown, Mapping[str, str]]] = [
        (message, key) for message in chat for row in message.rows for key in row if "callback_data" in key
    ]
    return next(((message, key["callback_data"]) for message, key in reversed(keys) if label in key["text"]), None)


def _newest(chat: list[Shown]) -> list[Shown]:
    """The bot's messages since the person last wrote."""
    theirs = max((at for at, each in enumerate(chat) if not each.bot), default=-1)
    return [each for each in chat[theirs + 1 :] if each.bot] or chat[-1:]
