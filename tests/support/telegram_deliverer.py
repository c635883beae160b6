"""Brings updates to the bot's door the way nobody should: many at once, again, out of order, with the wrong secret.

Updates are made here, numbered by the test; what the bot answers stands with the peer as ever.
"""

import asyncio
from collections.abc import Mapping
from io import BytesIO

import aiohttp

from tests.support.telegram_peer import SECRET, Shown
from tests.support.telegram_person import PROFILE

_HEADER = "X-Telegram-Bot-Api-Secret-Token"

Update = dict[str, object]


class Deliverer:
    """Calls the webhook at `url` on behalf of one chat."""

    def __init__(self, url: str, http: aiohttp.ClientSession, chat_id: int = 7002002002) -> None:
        self.url = url
        self.chat_id = chat_id
        #: Every update that was made, in order.
        self.made: list[Update] = []
        self.answers: list[bytes] = []
        self._http = http

    def message(self, **content: object) -> Update:
        """A message of this chat, not brought yet."""
        number = len(self.made) + 1
        return self._numbered(message={"message_id": 900_000 + number, "date": 1, **self._who(), **content})

    def tap(self, message: Shown, label: str) -> Update:
        """A tap on a button, not brought yet."""
        (data,) = [key["callback_data"] for row in message.rows for key in row if label in key["text"]]
        where = {"message_id": message.id, "date": 1, **self._who()}
        return self._numbered(callback_query={"id": f"tap{len(self.made)}", "message": where, "data": data})

    async def bring(self, update: Mapping[str, object], times: int = 1) -> list[int]:
        """Bring an update so many times at once; return the statuses."""
        return await asyncio.gather(*(self._post(update) for _ in range(times)))

    async def raw(self, body: bytes, secret: str = SECRET) -> int:
        """Bring any bytes."""
        headers = {_HEADER: secret, "Content-Type": "application/json"}
        async with self._http.post(self.url, data=BytesIO(body), headers=headers) as answer:
            self.answers.append(await answer.read())
            return answer.status

    async def _post(self, update: Mapping[str, object]) -> int:
        async with self._http.post(self.url, json=update, headers={_HEADER: SECRET}) as answer:
            self.answers.append(await answer.read())
            return answer.status

    def _who(self) -> Update:
        sender = {"id": self.chat_id, "language_code": "en", **PROFILE}
        return {"from": sender, "chat": {**sender, "type": "private"}}

    def _numbered(self, **content: object) -> Update:
        update: Update = {"update_id": 5_000_000 + len(self.made), **content}
        self.made.append(update)
        return update
