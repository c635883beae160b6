"""The few things that are asked of Slack: open a window, change it, whisper to one person, fetch a file.

A call that fails says of which kind the failure was and nothing else: Slack's own errors quote requests, and requests
quote people. The bot's token goes to Slack's own hosts only, whatever address a message names.
"""

import logging
from typing import Protocol

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.channels.slack.blocks import Block

#: Seconds. A trigger lives three, so more is in vain.
_TIMEOUT = 3
#: Seconds for a file of the largest size on a slow line.
_FILE_TIMEOUT = aiohttp.ClientTimeout(total=120, sock_connect=5)
_CHUNK = 2**16
_OK = 200


class SlackFailedError(Exception):
    """Slack did not do it, or did not say so; `kind` names the failure."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class TooLargeError(Exception):
    """The file is larger than is taken; whoever sent it must act."""


class Calls(Protocol):
    """What is asked of Slack. Every call may raise `SlackFailedError`."""

    async def open(self, trigger: str, window: Block) -> str:
        """Open a window for the person whose act gave the trigger, and return its id."""

    async def change(self, window_id: str, window: Block) -> None:
        """Put something else into an open window."""

    async def whisper(self, channel: str, person: str, words: str) -> None:
        """Say something in a channel that one person alone sees, and nobody after them."""

    async def fetch(self, address: str, limit: int) -> bytes:
        """Return a file's bytes, at most `limit`. Raises `TooLargeError`."""


class HttpCalls:
    """Slack's Web API."""

    def __init__(self, http: aiohttp.ClientSession, token: str, api: str, silent: logging.Logger) -> None:
        self._http = http
        self._token = token
        self._api = URL(api)
        # No retries of its own: a window that opens twice, or after its time, helps nobody.
        self._client = AsyncWebClient(
            token, base_url=api, timeout=_TIMEOUT, session=http, logger=silent, retry_handlers=[]
        )

    async def open(self, trigger: str, window: Block) -> str:
        """See `Calls.open`."""
        answer = await self._call("views.open", {"trigger_id": trigger, "view": window})
        opened = answer.get("view")
        return str(opened["id"]) if isinstance(opened, dict) else ""

    async def change(self, window_id: str, window: Block) -> None:
        """See `Calls.change`."""
        await self._call("views.update", {"view_id": window_id, "view": window})

    async def whisper(self, channel: str, person: str, words: str) -> None:
        """See `Calls.whisper`."""
        await self._call("chat.postEphemeral", {"channel": channel, "user": person, "text": words, "mrkdwn": False})

    async def fetch(self, address: str, limit: int) -> bytes:
        """See `Calls.fetch`."""
        if not self._is_slack(address):
            raise SlackFailedError("elsewhere")
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            async with self._http.get(address, headers=headers, allow_redirects=False, timeout=_FILE_TIMEOUT) as answer:
                # Without the right to read files Slack leads to its log-in page.
                if answer.status != _OK:
                    raise SlackFailedError("status")
                return await _within(answer.content, limit)
        except (TimeoutError, aiohttp.ClientError) as fault:
            raise SlackFailedError(type(fault).__name__) from None

    async def _call(self, method: str, arguments: Block) -> Block:
        try:
            answer = await self._client.api_call(method, json=arguments)
        except (TimeoutError, SlackClientError, aiohttp.ClientError) as fault:
            raise SlackFailedError(type(fault).__name__) from None
        return answer.data if isinstance(answer.data, dict) else {}

    def _is_slack(self, address: str) -> bool:
        try:
            url = URL(address)
            is_ours = url.origin() == self._api.origin()
        except ValueError:
            return False
        return is_ours or (url.scheme == "https" and f".{url.host}".endswith(".slack.com"))


async def _within(content: aiohttp.StreamReader, limit: int) -> bytes:
    kept = bytearray()
    async for chunk in content.iter_chunked(_CHUNK):
        kept += chunk
        if len(kept) > limit:
            raise TooLargeError
    return bytes(kept)
