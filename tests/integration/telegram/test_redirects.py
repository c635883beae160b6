"""Where calls to Telegram go: to the address in the settings, and nowhere else."""

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.telegram.request import AiohttpRequest


async def test_nothing_is_sent_on_to_another_address() -> None:
    """A redirect would carry what people are shown, and the bot's own token, to wherever it leads."""
    reached: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        reached.append(request.path)
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(app) as server, aiohttp.ClientSession() as http:
        status, _ = await AiohttpRequest(http).do_request(str(server.make_url("/bot1:secret/getMe")), "POST")
    assert (status, reached) == (307, ["/bot1:secret/getMe"])
