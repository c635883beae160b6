"""What the talk is compared with: an aiohttp handler on uvloop that reads the same JSON and writes the same JSON.

It is served the same way and answers each request with the screen that the product gave to it once. It keeps nothing.
"""

import sys
from pathlib import Path

import msgspec
import uvloop
from aiohttp import web
from msgspec.structs import replace

from bot.channels.terminal import TalkAnswer, TalkRequest
from madoguchi.serving import heed_signals, on_socket, silent_runner, until


class Plain:
    """The handler; `screens` are the answers by event id."""

    def __init__(self, screens: dict[str, TalkAnswer]) -> None:
        self._screens = screens
        self._decode = msgspec.json.Decoder(TalkRequest).decode
        self._encode = msgspec.json.Encoder().encode

    async def talk(self, request: web.Request) -> web.Response:
        """Decode, look up, encode."""
        asked = self._decode(await request.read())
        answer = replace(self._screens[asked.event_id], address=asked.address)
        return web.Response(body=self._encode(answer), content_type="application/json")


async def serve(socket: Path, bodies: dict[str, bytes]) -> None:
    """Answer on a Unix socket until a signal comes."""
    screens = {event_id: msgspec.json.decode(body, type=TalkAnswer) for event_id, body in bodies.items()}
    app = web.Application()
    app.router.add_post("/talk", Plain(screens).talk)
    runner = silent_runner(app)
    await runner.setup()
    await on_socket(runner, socket)
    await until(heed_signals())
    await runner.cleanup()


if __name__ == "__main__":
    recorded = msgspec.msgpack.decode(Path(sys.argv[2]).read_bytes(), type=dict[str, bytes])
    uvloop.run(serve(Path(sys.argv[1]), recorded))
