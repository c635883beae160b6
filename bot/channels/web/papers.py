"""Two pages beside the talk: the token to be printed or copied by hand, and what stays on the device.

The token's page shows what the talk shows and nothing longer than that. Its QR code leads to the web chat and holds no
token: a picture taken from across a room would be enough to read one, and many phones send what they scan to a search
service. The day of receipt stands on it only if the person ticks it, as it ties the paper to a day; style alone puts it
there, so that nobody learns of the wish. The code is a PNG, as Tor Browser's safest mode shows no SVG.
"""

from collections.abc import Callable
from functools import cache

import segno
from aiohttp import web

from bot.channels.web.cookies import CHANNEL
from bot.channels.web.handlers import Handlers
from bot.channels.web.headers import is_ours
from bot.channels.web.screen import is_unfinished, shown_token
from bot.channels.web.site import Site
from bot.conversation.days import day_params
from bot.ports.talking import Inlet, View

#: What may be left, by who could see it, in the order of the page; each names two labels.
TRACES = {
    "page": ("cookie", "cache", "history"),
    "yours": ("copies", "files", "paper"),
    "network": ("employer", "line"),
    "ours": ("draft", "handed"),
}

#: Dots a module: sharp on paper at 600 dpi, and the page stays small.
_SCALE = 6
#: Modules left white around the code, as its standard asks (ISO/IEC 18004 §5.3.8).
_BORDER = 4


class Papers:
    """Handlers of both pages."""

    def __init__(self, inlet: Inlet, handlers: Handlers, site: Callable[[], Site]) -> None:
        self._inlet = inlet
        self._handlers = handlers
        self._site = site

    async def token(self, request: web.Request) -> web.Response:
        """Show the token for print; where the talk shows none, say so kindly (404)."""
        try:
            view = await self._view(request)
        except Exception as fault:  # noqa: BLE001 - whatever broke, the person gets an answer
            return self._handlers.broken(request, fault)
        language = self._handlers.language_of(view, request)
        site, token = self._site(), shown_token(view)
        if not token:
            return self._handlers.pages.show("token_gone.html", language, site, status=404)
        address = site.addresses[0] if site.addresses else ""
        return self._handlers.pages.show(
            "token_page.html",
            language,
            site,
            token=token,
            token_words=view.token_words,
            day=day_params("day", view.received_on) if view.received_on else {},
            code=picture_of(address) if address else "",
            public=f"{address.rstrip('/')}/public/" if address else "",
        )

    async def traces(self, request: web.Request) -> web.Response:
        """Say what stays on the device, and what would be lost by clearing. Shown even when nothing else works."""
        has_cookie = self._handlers.cookie.read(request) is not None
        try:
            view = await self._view(request)
        except Exception:  # noqa: BLE001 - it cannot be known, so the warning stands
            language, loses = await self._handlers.language(request), "draft" if has_cookie else ""
        else:
            language = self._handlers.language_of(view, request)
            loses = "token" if shown_token(view) else "draft" if is_unfinished(view) else ""
        return self._handlers.pages.show(
            "traces.html", language, self._site(), has_cookie=has_cookie, loses=loses, parts=TRACES
        )

    async def clear(self, request: web.Request) -> web.Response:
        """Clear what can be cleared, then say what is left."""
        response = web.Response(status=303, headers={"Location": "/traces"})
        if is_ours(request):
            self._handlers.cookie.clear_all(request, response)
        return response

    async def _view(self, request: web.Request) -> View:
        """Look at the talk; where there is none, an empty screen in no language."""
        talk = self._handlers.cookie.read(request)
        if talk is None:
            return View(language="", turn=0, items=())
        return await self._inlet.look(CHANNEL, talk)


@cache
def picture_of(address: str) -> str:
    """Return an address as a QR code, in a data address that needs no request of its own."""
    return segno.make(address, error="m", micro=False).png_data_uri(scale=_SCALE, border=_BORDER)
