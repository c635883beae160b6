"""Whoever delivers to the bot what Slack would: signed as Slack signs, or forged, late, twice, or cut off."""

import json
import time
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import aiohttp
from msgspec import Struct
from slack_sdk.signature import SignatureVerifier

Payload = Mapping[str, Any]
FORM = "application/x-www-form-urlencoded"


class Answer(Struct):
    """What the bot said."""

    status: int
    text: str

    @property
    def view(self) -> dict[str, Any]:
        """The window it answered with."""
        found: dict[str, Any] = json.loads(self.text)["view"]
        return found


class Deliverer:
    """Delivers to one address. `late` seconds ago it was signed; `secret` signs it."""

    def __init__(self, http: aiohttp.ClientSession, hook: str, secret: str, late: int = 0) -> None:
        self._http = http
        self._hook = hook
        self._secret = secret
        self._late = late

    async def interaction(self, payload: Payload) -> Answer:
        """Deliver a form, a button or a shortcut."""
        return await self.raw(urlencode({"payload": json.dumps(payload)}), FORM)

    async def command(self, **fields: str) -> Answer:
        """Deliver a slash command."""
        return await self.raw(urlencode(fields), FORM)

    async def event(self, event: Payload, **more: str) -> Answer:
        """Deliver what happened in a channel."""
        return await self.raw(json.dumps({"type": "event_callback", "event": event, **more}), "application/json")

    async def raw(self, body: str | bytes, kind: str, **headers: str) -> Answer:
        """Deliver bytes; `headers` go before those of the signature, with underscores for dashes."""
        data = body.encode() if isinstance(body, str) else body
        stamp = str(int(time.time()) - self._late)
        read = data.decode("utf-8", "replace")
        signed = SignatureVerifier(self._secret).generate_signature(timestamp=stamp, body=read)
        sent = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signed or "",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        async with self._http.post(self._hook, data=BytesIO(data), headers=sent) as answer:
            return Answer(answer.status, await answer.text())
