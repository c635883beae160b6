"""The talk on the web: GET shows the screen, POST brings what the person did and leads back to GET.

A post is answered only after the inlet has stored it. One that cannot be taken (no cookie, another site, a store that
is down, a body that is no form) is answered with a page that holds everything typed, ready to be sent again.
"""

from collections.abc import Callable

import structlog
from aiohttp import web
from msgspec.structs import replace

from bot.channels.web.cookies import CHANNEL, TalkCookie, random_name
from bot.channels.web.happened import events_of
from bot.channels.web.headers import is_ours
from bot.channels.web.languages import preferred
from bot.channels.web.pages import Pages
from bot.channels.web.posted import Posted, UnreadablePostError, Upload, read_post
from bot.channels.web.screen import screen
from bot.channels.web.site import Site
from bot.channels.wording import Wording
from bot.conversation.events import Attached, AttachFailed, Command, Commanded, Event
from bot.conversation.words import clean
from bot.ports.talking import Happened, Inlet, View
from bot.ports.world import Chance

#: Sent by the page's own script when it looks again.
AGAIN = "Madoguchi-Again"

#: Field of a form whose talk was not known any more: it begins a new one.
ANEW = "anew"

_log = structlog.get_logger()


class Handlers:
    """What the routes lead to."""

    def __init__(self, inlet: Inlet, wording: Wording, site: Callable[[], Site], chance: Chance) -> None:
        self._inlet = inlet
        self._wording = wording
        self._site = site
        self._chance = chance
        self.cookie = TalkCookie(chance, secure=site().secure)
        self.pages = Pages(wording)

    async def look(self, request: web.Request) -> web.Response:
        """Show the screen; a first visit gets its cookie, a greeting and the browser's language."""
        talk = self.cookie.read(request)
        if talk is None and AGAIN in request.headers:
            # Left or cleared in another window: a page that only asks again must not bring the cookie back.
            return web.Response(status=204)
        name = talk or self.cookie.fresh()
        try:
            view = await self._inlet.look(CHANNEL, name)
            if not view.items:
                view = await self._begin(name, _asked_language(request), returning=talk is not None)
        except Exception as fault:  # noqa: BLE001 - whatever broke, the person gets an answer
            return self.broken(request, fault)
        response = self._shown(request, view)
        self.cookie.write(response, name)
        return response

    async def post(self, request: web.Request) -> web.StreamResponse:
        """Take a form, then lead back to the screen."""
        talk = self.cookie.read(request)
        if talk is None or not is_ours(request):
            return await self._return_words(request, "lost.no_cookie" if talk is None else "lost.elsewhere")
        site = self._site()
        kept: list[Event] = []
        faults: list[Exception] = []

        async def keep(upload: Upload) -> None:
            try:
                kept.append(await self._keep(talk, upload, site.max_file_mib))
            except Exception as fault:  # noqa: BLE001 - the words behind the file must be read all the same
                faults.append(fault)

        posted: Posted | None = None
        try:
            posted = await read_post(request, site.max_file_mib * 2**20, keep)
            if faults:
                return self.broken(request, faults[0], "lost.busy", posted)
            events = (*kept, *events_of(posted))
            nonce = posted.first("nonce") or random_name(self._chance)
            returning = not posted.first(ANEW)
            happened = Happened(event_id=nonce, events=events, returning=returning)
            view = await self._inlet.receive(CHANNEL, talk, happened)
        except UnreadablePostError:
            return self._lost(request, "lost.unreadable", None, status=400)
        except Exception as fault:  # noqa: BLE001 - whatever broke, what was typed goes back to the person
            return self.broken(request, fault, "lost.busy", posted)
        return self._farewell(request, view) if view.over else web.Response(status=303, headers={"Location": "/"})

    async def quit(self, request: web.Request) -> web.Response:
        """Leave at once: the cookie and what the browser keeps of this page go, and a page about clouds appears."""
        response = web.Response(status=303, headers={"Location": "/clouds"})
        if is_ours(request):
            self.cookie.clear_all(request, response)
        return response

    async def language(self, request: web.Request) -> str:
        """Return the talk's language, or the browser's where there is no talk or it cannot be looked at."""
        talk = self.cookie.read(request)
        if talk is not None:
            try:
                view = await self._inlet.look(CHANNEL, talk)
            except Exception as fault:  # noqa: BLE001 - whom to call must be shown even when nothing else works
                _log.warning("look_failed", error=type(fault).__name__)
            else:
                return self.language_of(view, request)
        return _asked_language(request)

    @staticmethod
    def language_of(view: View, request: web.Request) -> str:
        """Return a screen's language, or the browser's where none is chosen."""
        return view.language or _asked_language(request)

    async def _begin(self, name: str, language: str, *, returning: bool) -> View:
        """Open a talk in the browser's language. A cookie that leads nowhere is all that is left of an earlier one."""
        await self._inlet.set_language(CHANNEL, name, language)
        start = Commanded(command=Command.START)
        begun = Happened(event_id=random_name(self._chance), events=(start,), returning=returning)
        return await self._inlet.receive(CHANNEL, name, begun)

    def _shown(self, request: web.Request, view: View) -> web.Response:
        language = self.language_of(view, request)
        known = replace(view, language=language)
        nonce = random_name(self._chance)
        return self.pages.show("talk.html", language, self._site(), screen=screen(known, self._wording), nonce=nonce)

    def _farewell(self, request: web.Request, view: View) -> web.Response:
        """Show the last screen of a talk that is gone, and take its cookie back: there is nothing left to lead to."""
        response = self._shown(request, view)
        self.cookie.clear(response)
        return response

    async def _keep(self, talk: str, upload: Upload, limit_mib: int) -> Event:
        if upload.data is None:
            return AttachFailed(reason="too_large", limit_mib=limit_mib)
        name, media_type = clean(upload.name), clean(upload.media_type)
        return Attached(file=await self._inlet.keep_file(CHANNEL, talk, name, media_type, upload.data))

    async def _return_words(self, request: web.Request, reason: str) -> web.Response:
        async def drop(_upload: Upload) -> None:
            """Take no file from a post that may not be ours."""

        try:
            posted = await read_post(request, 0, drop)
        except UnreadablePostError:
            return self._lost(request, "lost.unreadable", None, status=400)
        return self._lost(request, reason, posted, status=403)

    def broken(
        self, request: web.Request, fault: Exception, reason: str = "lost.busy_now", posted: Posted | None = None
    ) -> web.Response:
        """Answer where something broke: the person is told, and has back what was typed."""
        # Whoever hung up in the middle of sending wants no answer, and nothing of ours is at fault.
        if request.transport is not None or not isinstance(fault, ConnectionError):
            _log.error("talk_failed", error=type(fault).__name__)
        return self._lost(request, reason, posted, status=503)

    def _lost(self, request: web.Request, reason: str, posted: Posted | None, *, status: int) -> web.Response:
        """Give back what was typed, ready to be sent again under a new id."""
        fields = {name: values for name, values in posted.fields.items() if name != "nonce"} if posted else {}
        safe = {clean(name): [clean(value) for value in values] for name, values in fields.items()}
        response = self.pages.show(
            "lost.html",
            _asked_language(request),
            self._site(),
            status=status,
            reason=reason,
            fields=safe,
            anew=self.cookie.read(request) is None,
            nonce=random_name(self._chance),
        )
        if self.cookie.read(request) is None:
            self.cookie.write(response, self.cookie.fresh())
        return response


def _asked_language(request: web.Request) -> str:
    return preferred(request.headers.get("Accept-Language", ""))
