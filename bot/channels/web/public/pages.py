"""The handlers of the public pages. They set no cookie, and read one only to know a talk's language.

A page with `?lang=` is in that language, so that a link to it, and a file from it, is in one language for everybody.
"""

from collections.abc import Callable

from aiohttp import web

from bot.channels.web.handlers import Handlers
from bot.channels.web.public.board import Board
from bot.channels.web.public.sheets import as_csv, as_json
from bot.channels.web.public.shown import TREND, earlier, steps, tables, trend
from bot.channels.web.public.survey import SurveyPage
from bot.channels.web.public.words import PublicWords, load_words
from bot.channels.web.site import Site
from bot.conversation.catalog import LANGUAGES
from bot.ports.publishing import Bulletin

#: A file that is opened from a disk needs no rule; one that is opened in the browser may run and fetch nothing.
_HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox"}


class PublicPages:
    """The page, and the files that it offers."""

    def __init__(self, handlers: Handlers, site: Callable[[], Site], board: Board | None) -> None:
        self._handlers = handlers
        self._site = site
        self._board = board
        self._words = load_words()

    def add_to(self, app: web.Application) -> None:
        """Mount the addresses."""
        app.router.add_get("/public/", self.page)
        app.router.add_get("/public", _to_public)
        app.router.add_get("/public/figures.csv", self.sheet)
        app.router.add_get("/public/figures.json", self.data)
        app.router.add_get("/public/figures.svg", self.chart)
        app.router.add_get("/public/checkpoints.json", self.checkpoints)
        SurveyPage(self._handlers, self._site, self._board).add_to(app)

    async def page(self, request: web.Request) -> web.Response:
        """Show everything, or what there is of it."""
        bulletin, words, site = await self._bulletin(), await self._language(request), self._site()
        known = bulletin or Bulletin()
        newest = known.halves[-1] if known.halves else None
        return self._handlers.pages.show(
            "public.html",
            words.language,
            site,
            w=words,
            say=words.say,
            other=next(each for each in LANGUAGES if each != words.language),
            is_known=bulletin is not None,
            is_away=self._board is not None and self._board.is_away,
            bulletin=known,
            steps=steps(known.periods, words, site.promises),
            newest=newest,
            tables=tables(newest, words) if newest else [],
            charts=trend(known.halves, words) if newest else None,
            series=TREND,
            earlier=earlier(known),
        )

    async def sheet(self, request: web.Request) -> web.Response:
        """Give the figures as a table."""
        words = await self._language(request)
        return await self._file("csv", "text/csv", lambda bulletin: as_csv(bulletin.halves, words))

    async def data(self, _: web.Request) -> web.Response:
        """Give the figures as data."""
        return await self._file("json", "application/json", lambda bulletin: as_json(bulletin.halves))

    async def chart(self, request: web.Request) -> web.Response:
        """Give the chart over time as a picture."""
        words = await self._language(request)

        def drawn(bulletin: Bulletin) -> bytes:
            chart = trend(bulletin.halves, words).wide
            values = {"chart": chart, "say": words.say, "w": words, "series": TREND, "is_file": True}
            return self._handlers.pages.render("public_file.svg", **values).encode()

        return await self._file("svg", "image/svg+xml", drawn)

    async def checkpoints(self, _: web.Request) -> web.Response:
        """Give all signed checkpoints, for those who verify logs."""
        body = await self._board.checkpoints() if self._board else None
        if body is None:
            raise web.HTTPServiceUnavailable
        return web.Response(body=body, content_type="application/json", headers=_saved("checkpoints.json"))

    async def _file(self, kind: str, content_type: str, make: Callable[[Bulletin], bytes]) -> web.Response:
        bulletin = await self._bulletin()
        if bulletin is None:
            raise web.HTTPServiceUnavailable
        if not bulletin.halves:
            raise web.HTTPNotFound
        body, headers = make(bulletin), _saved(f"figures.{kind}")
        return web.Response(body=body, content_type=content_type, charset="utf-8", headers=headers)

    async def _bulletin(self) -> Bulletin | None:
        return await self._board.bulletin() if self._board else None

    async def _language(self, request: web.Request) -> PublicWords:
        asked = request.query.get("lang", "")
        return self._words[asked if asked in self._words else await self._handlers.language(request)]


async def _to_public(_: web.Request) -> web.Response:
    return web.Response(status=308, headers={"Location": "/public/"})


def _saved(name: str) -> dict[str, str]:
    return {**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
