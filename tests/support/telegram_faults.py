"""A network between bot and Telegram in which things go wrong on purpose, a call at a time.

`flood` asks to wait; `gone` says 403; `reset` breaks off before Telegram has heard of it; `lost` lets Telegram do it
and breaks off before the answer; `gateway` does it too and answers 504; `slow` takes its time; `error` answers 500;
`nothing` and `numbers` say that all is well and mean nothing.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from tests.support.telegram_peer import TelegramPeer

SLOW = 1.0
#: What Telegram answers with where it is not asked at all.
_ANSWERS = {
    "flood": (429, {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 2.1}}),
    "short_flood": (429, {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 0.1}}),
    "gone": (403, {"ok": False, "description": "Forbidden: bot was blocked by the user"}),
    "error": (500, {"ok": False, "description": "Internal Server Error"}),
    "nothing": (200, {"ok": True, "result": None}),
    "numbers": (200, {"ok": True, "result": [1]}),
}


class FaultyNetwork:
    """The way to `peer`. `url` is where the bot believes Telegram to be."""

    def __init__(self, peer: TelegramPeer, http: aiohttp.ClientSession) -> None:
        self.url = ""
        self._peer = peer
        self._http = http
        self._faults: list[tuple[str, str, str]] = []
        self.happened: list[str] = []

    def fail(self, method: str, *faults: str, words: str = "") -> None:
        """Let the next calls of a method fail, one fault a call; `words` must be in them."""
        self._faults += [(method, fault, words) for fault in faults]

    async def carry(self, request: web.Request) -> web.StreamResponse:
        """Carry one call over."""
        body = await request.read()
        fault = self._fault(request.match_info.get("method", ""), body.decode())
        if fault in _ANSWERS:
            status, answer = _ANSWERS[fault]
            return web.json_response(answer, status=status)
        if fault == "reset":
            return self._broken(request)
        if fault == "slow":
            await asyncio.sleep(SLOW)
        try:
            data, status, kind = await self._carried(request, body)
        except aiohttp.ClientError:
            return web.Response(status=502)
        if fault == "lost":
            return self._broken(request)
        if fault == "gateway":
            return web.Response(status=504)
        return web.Response(body=data, status=status, content_type=kind)

    async def _carried(self, request: web.Request, body: bytes) -> tuple[bytes, int, str]:
        headers = {"Content-Type": request.content_type}
        url = self._peer.url + request.path_qs
        async with self._http.request(request.method, url, data=body, headers=headers) as done:
            return await done.read(), done.status, done.content_type

    def _fault(self, method: str, words: str) -> str:
        for at, (on, fault, needed) in enumerate(self._faults):
            if on == method and needed in words:
                self.happened.append(fault)
                del self._faults[at]
                return fault
        return ""

    @staticmethod
    def _broken(request: web.Request) -> web.Response:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


@asynccontextmanager
async def faulty_network(peer: TelegramPeer) -> AsyncIterator[FaultyNetwork]:
    """Run the network until the block is left."""
    async with aiohttp.ClientSession() as http:
        network = FaultyNetwork(peer, http)
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", network.carry)
        app.router.add_route("*", "/file/{path:.*}", network.carry)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            network.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield network
        finally:
            await runner.cleanup()
