"""The one cookie: a random name for the talk, gone when the browser closes. It holds nothing and opens no case."""

import re
from base64 import urlsafe_b64encode

from aiohttp import web

from bot.ports.world import Chance

#: How the inlet knows this channel; the cookie's value is the address in it.
CHANNEL = "web"
#: 256 bits, so that no name is ever guessed or met twice.
_BYTES = 32
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


def random_name(chance: Chance) -> str:
    """Return a fresh name, 43 characters."""
    return urlsafe_b64encode(chance.bytes(_BYTES)).rstrip(b"=").decode("ascii")


class TalkCookie:
    """Reads and writes the cookie. Named `__Host-…` over TLS, so that no other host can set it."""

    def __init__(self, chance: Chance, *, secure: bool) -> None:
        self._chance = chance
        self._secure = secure
        self.name = "__Host-madoguchi" if secure else "madoguchi"

    def read(self, request: web.Request) -> str | None:
        """Return the talk's name; None when there is none or it is not of our making."""
        value = request.cookies.get(self.name, "")
        return value if _SHAPE.fullmatch(value) else None

    def fresh(self) -> str:
        """Return a name for a new talk."""
        return random_name(self._chance)

    def write(self, response: web.StreamResponse, value: str) -> None:
        """Set it for as long as the browser is open."""
        response.set_cookie(self.name, value, httponly=True, samesite="Strict", path="/", secure=self._secure)

    def clear(self, response: web.StreamResponse) -> None:
        """Take it back."""
        response.del_cookie(self.name, path="/", httponly=True, samesite="Strict", secure=self._secure)

    def clear_all(self, request: web.Request, response: web.StreamResponse) -> None:
        """Take it back, and have the browser drop what it keeps of our pages; over TLS alone, as browsers have it.

        `"cookies"` is not asked for: it means those of the whole domain, and would end every other log-in there. A
        request that does not bring the cookie may be another site's, and could otherwise take a token nobody has saved.
        """
        if self.name in request.cookies:
            self.clear(response)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
