"""Tells an open page that its screen has changed, by server-sent events that say "changed" and nothing else.

For pages with scripts; the others ask again by themselves. A stream follows the talk that the cookie names, and ends
with the service. Nothing waits in line here: of one talk the newest streams count, and of all only so many; whoever is
turned away looks again by itself. Refuses to send a word of the talk.
"""

import asyncio
from collections.abc import Iterator

import structlog
from aiohttp import web

from bot.channels.web.cookies import CHANNEL, TalkCookie
from bot.channels.web.headers import is_ours
from bot.ports.talking import Inlet

#: Seconds without a word after which a comment is sent: proxies give up after 30 to 60.
HEARTBEAT = 20.0
#: Windows of one talk that are before somebody's eyes at once; hidden ones let go of theirs.
MOST_OF_A_TALK = 4
#: Of all talks together: each is an open file, of which a process has 1024 where nobody raised the limit.
MOST = 500

_CHANGED = b"data: changed\n\n"
_STILL_HERE = b":\n\n"
_HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    # nginx and its kin would otherwise keep the events back until there are enough of them.
    "X-Accel-Buffering": "no",
}

_log = structlog.get_logger()


class _Stream:
    """One open stream: rung when there may be something to say, and when it is to end."""

    def __init__(self, request: web.Request) -> None:
        self._request = request
        self._rung = asyncio.Event()
        self._over = False

    @property
    def is_dead(self) -> bool:
        """Whether nobody listens any more: a page that was left says so only by hanging up."""
        return self._over or self._request.transport is None

    def ring(self) -> None:
        self._rung.set()

    def end(self) -> None:
        self._over = True
        self._rung.set()

    async def rings(self, seconds: float) -> bool:
        """Wait for a ring, for so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True


class Live:
    """The streams that are open now."""

    def __init__(self, inlet: Inlet, cookie: TalkCookie, heartbeat: float = HEARTBEAT) -> None:
        self._inlet = inlet
        self._cookie = cookie
        self._heartbeat = heartbeat
        self._open: dict[str, list[_Stream]] = {}

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Follow a talk until either side hangs up.

        204, which tells a browser not to come again, where there is no talk or another site asks; 503 when too many are
        open.
        """
        talk = self._cookie.read(request)
        if talk is None or not is_ours(request):
            return web.Response(status=204)
        self._forget_the_dead()
        if sum(map(len, self._open.values())) >= MOST:
            return web.Response(status=503, headers={"Retry-After": "60"})
        stream = self._begin(request, talk)
        response = web.StreamResponse(headers=_HEADERS)
        try:
            await self._follow(talk, stream, request, response)
        except ConnectionError:
            pass  # the page was left
        except Exception as fault:  # noqa: BLE001 - the page comes again by itself
            _log.warning("live_failed", error=type(fault).__name__)
            if not response.prepared:
                return web.Response(status=503)
        finally:
            stream.end()
            self._forget_the_dead()
        return response

    async def end_all(self, _app: web.Application) -> None:
        """End every stream, so that stopping the service need not wait for the browsers."""
        for stream in self._all():
            stream.end()

    def _begin(self, request: web.Request, talk: str) -> _Stream:
        """Give a newcomer a place; the oldest stream of the talk makes room."""
        stream = _Stream(request)
        of_talk = self._open.setdefault(talk, [])
        of_talk.append(stream)
        for old in of_talk[:-MOST_OF_A_TALK]:
            old.end()
        return stream

    async def _follow(self, talk: str, stream: _Stream, request: web.Request, response: web.StreamResponse) -> None:
        watch = asyncio.create_task(self._watch(talk, stream))
        try:
            # The watch must stand before the page is told that it may look: a change in between would be missed.
            await asyncio.sleep(0)
            shown = await self._inlet.look(CHANNEL, talk)
            await response.prepare(request)
            await response.write(_STILL_HERE)
            while True:
                rang = await stream.rings(self._heartbeat)
                if stream.is_dead:
                    return
                before = shown
                if rang:
                    shown = await self._inlet.look(CHANNEL, talk)
                await response.write(_STILL_HERE if shown == before else _CHANGED)
        finally:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)

    async def _watch(self, talk: str, stream: _Stream) -> None:
        try:
            async for _ in self._inlet.changes(CHANNEL, talk):
                stream.ring()
        finally:
            stream.end()

    def _forget_the_dead(self) -> None:
        for dead in [stream for stream in self._all() if stream.is_dead]:
            # Its handler may still sleep until the next beat.
            dead.end()
        alive = {talk: [stream for stream in streams if not stream.is_dead] for talk, streams in self._open.items()}
        self._open = {talk: streams for talk, streams in alive.items() if streams}

    def _all(self) -> Iterator[_Stream]:
        return (stream for streams in self._open.values() for stream in streams)
