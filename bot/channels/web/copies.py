"""The copy of one's own draft: a page to read and print, and the same as a text file.

Both are there as long as the talk shows the copy, and not longer. They hold what the summary holds: no token, no day.
The file's name says nothing, since it stays in a list of what was downloaded.
"""

from collections.abc import Callable

from aiohttp import web
from msgspec import Struct

from bot.channels.render import line_words
from bot.channels.web.cookies import CHANNEL
from bot.channels.web.handlers import Handlers
from bot.channels.web.site import Site
from bot.channels.wording import Wording
from bot.ports.talking import Inlet, View

FILE_NAME = "copy.txt"


class Part(Struct, frozen=True):
    """One answer."""

    heading: str
    words: str


class Copies:
    """Handlers of the page and the file."""

    def __init__(self, inlet: Inlet, handlers: Handlers, wording: Wording, site: Callable[[], Site]) -> None:
        self._inlet = inlet
        self._handlers = handlers
        self._wording = wording
        self._site = site

    def add_to(self, app: web.Application) -> None:
        """Mount both."""
        app.router.add_get("/copy", self.page)
        app.router.add_get(f"/copy/{FILE_NAME}", self.file)

    async def page(self, request: web.Request) -> web.Response:
        """Show the copy; where the talk shows none, say so (404)."""
        return await self._answer(request, self._page)

    async def file(self, request: web.Request) -> web.Response:
        """Give the copy as UTF-8 text to be kept; 404 as above."""
        return await self._answer(request, self._file)

    async def _answer(self, request: web.Request, made: Callable[[View, str], web.Response]) -> web.Response:
        talk = self._handlers.cookie.read(request)
        try:
            view = await self._inlet.look(CHANNEL, talk) if talk else View(language="", turn=0, items=())
        except Exception as fault:  # noqa: BLE001 - whatever broke, the person gets an answer
            return self._handlers.broken(request, fault)
        language = self._handlers.language_of(view, request)
        if not view.copy:
            return self._handlers.pages.show("copy_gone.html", language, self._site(), status=404)
        return made(view, language)

    def _page(self, view: View, language: str) -> web.Response:
        parts = parts_of(view, language, self._wording)
        return self._handlers.pages.show("copy_page.html", language, self._site(), parts=parts, file=FILE_NAME)

    def _file(self, view: View, language: str) -> web.Response:
        text = plain_text(view, language, self._wording)
        headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
        return web.Response(text=text, content_type="text/plain", charset="utf-8", headers=headers)


def parts_of(view: View, language: str, wording: Wording) -> tuple[Part, ...]:
    """Return the answers that the copy holds, in the order of the summary."""
    return tuple(Part(wording.text(language, line.label), line_words(line, language, wording)) for line in view.copy)


def plain_text(view: View, language: str, wording: Wording) -> str:
    """Return the copy as one text, each answer below its heading."""
    answers = (f"{part.heading}\n{part.words}" for part in parts_of(view, language, wording))
    heading, note = (wording.label(language, f"copy_page.{each}") for each in ("heading", "note"))
    return "\n\n".join((heading, *answers, note)) + "\n"
