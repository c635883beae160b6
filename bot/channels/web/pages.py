"""Renders templates and hands out the page's own style and script. Everything is read once, at the start.

Nothing is marked safe: whatever comes from outside is escaped by the templates' own rule.
"""

import hashlib
from functools import partial
from importlib.resources import files

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.channels.web.site import Site
from bot.channels.wording import Wording
from bot.conversation.organ import in_language

_STATIC = {
    "page.css": "text/css",
    "paper.css": "text/css",
    "copy.css": "text/css",
    "public.css": "text/css",
    "page.js": "text/javascript",
    "swap.js": "text/javascript",
    "live.js": "text/javascript",
    "files.js": "text/javascript",
    "sending.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
#: A file's address changes with its content, so it may be kept for a year, the longest HTTP knows.
_KEPT = "public, max-age=31536000, immutable"


class Pages:
    """The templates, filled in a language."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._files = {name: (files("bot.channels.web") / "static" / name).read_bytes() for name in _STATIC}
        self._digest = hashlib.sha256(b"".join(self._files.values())).hexdigest()[:16]
        self._templates = Environment(
            loader=PackageLoader("bot.channels.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def show(self, template: str, language: str, site: Site, *, status: int = 200, **values: object) -> web.Response:
        """Return a page."""
        html = self.render(
            template,
            language=language,
            label=partial(self._wording.label, language),
            stage=partial(self._wording.stage, language),
            words=lambda words: in_language(words, language),
            site=site,
            static=f"/static/{self._digest}",
            **values,
        )
        return web.Response(text=html, status=status, content_type="text/html", charset="utf-8")

    def render(self, template: str, **values: object) -> str:
        """Fill a template."""
        return self._templates.get_template(template).render(**values)

    async def static(self, request: web.Request) -> web.Response:
        """Return the style, the script or the icon; an old address gives the present file."""
        name = request.match_info["name"]
        if name not in self._files:
            raise web.HTTPNotFound
        headers = {"Cache-Control": _KEPT}
        return web.Response(body=self._files[name], content_type=_STATIC[name], charset="utf-8", headers=headers)
