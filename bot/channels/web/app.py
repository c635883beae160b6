"""Puts the web page together: which address leads where, and what every answer carries."""

from collections.abc import Callable
from functools import partial

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.channels.web.copies import Copies
from bot.channels.web.handlers import Handlers
from bot.channels.web.headers import STRICT_TRANSPORT, add_headers
from bot.channels.web.live import Live
from bot.channels.web.papers import Papers
from bot.channels.web.public.board import Board
from bot.channels.web.public.pages import PublicPages
from bot.channels.web.site import Site
from bot.channels.wording import Wording
from bot.ports.talking import Inlet
from bot.ports.world import Chance

#: Pages that say the same to everyone: address and template.
PLAIN_PAGES = {"/danger": "danger.html", "/about": "about.html", "/clouds": "clouds.html"}


def routes(
    inlet: Inlet, wording: Wording, site: Callable[[], Site], chance: Chance, board: Board | None = None
) -> web.Application:
    """Return the application for the reporters' port; health and metrics are added by whoever mounts it.

    `site` is asked at each request, as the desks change with the roster; without a `board`, the public pages show what
    is known without the case store. No access log is written here, and none may be
    switched on where it is served.
    """
    handlers = Handlers(inlet, wording, site, chance)
    live = Live(inlet, handlers.cookie)
    app = web.Application(middlewares=[_neutral_errors(handlers, site)])
    app.on_response_prepare.append(add_headers)
    if site().secure:
        app.on_response_prepare.append(_only_over_tls)
    app.on_shutdown.append(live.end_all)
    app.router.add_get("/", handlers.look)
    app.router.add_post("/", handlers.post)
    app.router.add_get("/live", live.stream)
    app.router.add_post("/quit", handlers.quit)
    _add_papers(app, Papers(inlet, handlers, site))
    Copies(inlet, handlers, wording, site).add_to(app)
    app.router.add_get("/static/{digest}/{name}", handlers.pages.static)
    for path, template in PLAIN_PAGES.items():
        app.router.add_get(path, partial(_plain_page, handlers, site, template))
    PublicPages(handlers, site, board).add_to(app)
    return app


def _add_papers(app: web.Application, papers: Papers) -> None:
    app.router.add_get("/token", papers.token)
    app.router.add_get("/traces", papers.traces)
    app.router.add_post("/traces", papers.clear)


async def _plain_page(
    handlers: Handlers, site: Callable[[], Site], template: str, request: web.Request
) -> web.Response:
    return handlers.pages.show(template, await handlers.language(request), site())


async def _only_over_tls(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT


def _neutral_errors(handlers: Handlers, site: Callable[[], Site]) -> Middleware:
    """Answer a wrong address in the page's own voice, without echoing it."""

    @web.middleware
    async def neutral(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as refusal:
            language = await handlers.language(request)
            return handlers.pages.show("missing.html", language, site(), status=refusal.status)

    return neutral
