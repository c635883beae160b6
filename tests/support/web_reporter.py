"""Somebody who reports on the web page, in a browser that runs no script: reads forms, fills them in, presses.

Forms are read out of the HTML as a browser reads them: hidden fields, words, ticks, files and the button pressed.
"""

import re
import ssl
from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import aiohttp

from tests.support.terminal_reporter import Answers

TOKEN = re.compile(r"\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}\b")

_Attributes = dict[str, str]


class File(NamedTuple):
    """A file to send along."""

    name: str
    data: bytes
    media_type: str = "application/octet-stream"


class Page(HTMLParser):
    """A page as a browser without scripts has it: its words, and the fields and buttons of its talk form."""

    def __init__(self, status: int, html: str) -> None:
        super().__init__()
        self.status = status
        self.html = html
        self.fields: list[tuple[str, str]] = []
        self.buttons: list[tuple[str, str]] = []
        self.named: set[str] = set()
        self._words: list[str] = []
        self._textarea: str | None = None
        self._in_talk = False
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """All words on the page."""
        return "".join(self._words)

    @property
    def token(self) -> str:
        """The reference token on the page, if one is shown."""
        found = TOKEN.search(self.text)
        return found[0] if found else ""

    @property
    def questions(self) -> list[str]:
        """The questions that the form puts."""
        asked = [name.partition(".")[2] for name in sorted(self.named) if name.startswith(("one.", "many."))]
        tapped = [value.partition("=")[0] for name, value in self.buttons if name == "chose"]
        return list(dict.fromkeys([*asked, *(["files"] if "file" in self.named else []), *tapped]))

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Note fields and buttons."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in_talk = given.get("id") == "talk"
        elif self._in_talk or given.get("form") == "talk":
            self._field(tag, given)

    def handle_endtag(self, tag: str) -> None:
        """A form or a text field ends."""
        if tag == "form":
            self._in_talk = False
        elif tag == "textarea":
            self._textarea = None

    def handle_data(self, data: str) -> None:
        """Words."""
        self._words.append(data)
        if self._textarea is not None:
            # The one line break behind the opening tag belongs to the HTML, not to the words.
            self.fields[-1] = (self._textarea, data.removeprefix("\n"))

    def _field(self, tag: str, given: _Attributes) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if not name:
            return
        if tag == "button":
            self.buttons.append((name, given.get("value", "")))
            return
        self.named.add(name)
        if tag == "textarea":
            self._textarea = name
            self.fields.append((name, ""))
        elif tag == "input" and kind != "file" and (kind not in ("radio", "checkbox") or "checked" in given):
            self.fields.append((name, given.get("value", "")))


def multipart(fields: Iterable[tuple[str, str]], files: Iterable[File] = ()) -> tuple[bytes, str]:
    """Encode a form as a browser does; return the body and its content type. Lone surrogates become their raw bytes."""
    boundary = f"----form{uuid4().hex}"
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode("utf-8", "surrogatepass")
        for name, value in fields
    ]
    parts += [
        f'Content-Disposition: form-data; name="file"; filename="{file.name}"\r\n'
        f"Content-Type: {file.media_type}\r\n\r\n".encode("utf-8", "surrogatepass")
        + file.data
        for file in files
    ]
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


class WebReporter:
    """One browser window. `headers` go with every request; `certificate` is believed besides those of the system."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None, certificate: Path | None = None) -> None:
        self.url = url
        self.trusts = ssl.create_default_context(cafile=certificate)
        self.headers = {"Accept-Language": "en", **(headers or {})}
        self.cookies: dict[str, str] = {}
        self.page = Page(0, "")
        self.token = ""

    async def look(self) -> Page:
        """Open the page."""
        return await self.request("GET")

    async def request(self, method: str, body: bytes = b"", kind: str = "") -> Page:
        """Make one request, follow where it leads, and keep the page as what is before one's eyes."""
        page = await self.fetch(method, body, kind)
        if page.status == 303:
            page = await self.fetch("GET")
        self.page = page
        self.token = page.token or self.token
        return page

    async def fetch(self, method: str, body: bytes = b"", kind: str = "") -> Page:
        """Make one request, as in another tab: what is before one's eyes stays."""
        headers = {**self.headers, **({"Content-Type": kind} if kind else {})}
        async with (
            aiohttp.ClientSession(cookies=self.cookies, cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
            http.request(
                method,
                self.url,
                data=BytesIO(body) if body else None,
                headers=headers,
                allow_redirects=False,
                ssl=self.trusts,
            ) as answer,
        ):
            self.cookies |= {name: found.value for name, found in answer.cookies.items()}
            return Page(answer.status, (await answer.read()).decode())

    def filled(self, answers: Answers, button: tuple[str, str], page: Page | None = None) -> list[tuple[str, str]]:
        """The fields of the form with these answers in place, and the button that sends it."""
        page = page or self.page
        fields = [(name, value) for name, value in page.fields if _question(name) not in answers]
        for name in sorted(page.named):
            answer = answers.get(_question(name), [])
            fields += [(name, each) for each in ([answer] if isinstance(answer, str) else answer)]
        return [*fields, button]

    async def send(
        self, answers: Answers, button: tuple[str, str] = ("then", "next"), files: Iterable[File] = ()
    ) -> Page:
        """Fill in the form, press a button."""
        return await self.request("POST", *multipart(self.filled(answers, button), files))

    async def choose(self, value: str) -> Page:
        """Press the button of an option."""
        (button,) = [button for button in self.page.buttons if button[0] == "chose" and button[1].endswith(f"={value}")]
        return await self.send({}, button)

    async def walk(self, answers: Answers, until: str = "summary", files: Iterable[File] = ()) -> Page:
        """Fill in page after page until the given question is put; files go where files are asked for."""
        await self.look()
        for _ in range(40):
            here = self.page.questions
            if until in here:
                return self.page
            await self._answer(here, answers, files)
        raise AssertionError(f"never came to {until}, stands at {self.page.questions}: {self.page.text}")

    async def _answer(self, here: list[str], answers: Answers, files: Iterable[File]) -> None:
        picks = {**_FIRST, **answers}
        tapped = next((name for name in here if ("chose", f"{name}={picks.get(name)}") in self.page.buttons), "")
        if tapped:
            await self.choose(str(picks[tapped]))
        elif any(name == "chose" for name, _ in self.page.buttons):
            await self.send({}, ("then", "skip"))
        else:
            await self.send(answers, files=files if "files" in here else ())

    async def report(self, answers: Answers, files: Iterable[File] = ()) -> str:
        """Make a whole report, and return the token once it is noted down and this is said."""
        await self.walk(answers, files=files)
        await self.choose("hand_over")
        token = self.token
        await self.choose("saved")
        await self.choose("no")
        return token

    async def come_back(self, token: str) -> Page:
        """Choose `I have a token`, and type it."""
        await self.look()
        await self.choose("token")
        return await self.send({"token": token})


def _question(field: str) -> str:
    """The question that a field answers; a field of another kind goes by its own name."""
    return field.partition(".")[2] or field


_FIRST = {"menu": "report", "exposure": "go_on", "way": "own"}
