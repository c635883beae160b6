"""Somebody who reports in a terminal: reads the blocks on the screen, types words and numbers, and keeps the token.

Knows no more than a person does who reads the questions in English: which question is put is read off its words.
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import msgspec

from bot.channels.terminal import TalkAnswer
from bot.conversation.catalog import load_catalog
from bot.conversation.effects import Text
from bot.conversation.forms import load_forms
from bot.conversation.screens import TALK_GROUPS

#: How the demo organ's desks and people are called in English, and the language itself.
NAMES = {
    "naibu": "Internal desk",
    "gaibu": "External desk (counsel)",
    "shibu": "Branch desk",
    "hokubu": "Northern branch desk",
    "sato": "Sato",
    "suzuki": "Suzuki",
    "tanaka": "Tanaka",
    "ito": "Ito",
    "saito": "Naoko Saito",
    "mori": "Mori",
    "kato": "Kato",
    "en": "English",
}
Answers = Mapping[str, str | list[str]]

_OPTION = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)
_CATALOG = load_catalog()
#: The questions of all flows, by the name under which their words stand.
_FORM = {question.wording: question for form in load_forms().values() for _, question in form.questions()}


def _pattern(key: str, language: str) -> re.Pattern[str]:
    """The words of a text, whatever stands in its placeholders."""
    told = Text(key, dict.fromkeys(_CATALOG.placeholders(key), "\0"))
    return re.compile(".*".join(map(re.escape, _CATALOG.text(language, told).split("\0"))), re.DOTALL)


_PROMPTS = [
    (question, _pattern(key, language))
    for question in (*_FORM, *sorted(TALK_GROUPS))
    for key in (f"question.{question}.prompt", f"question.{question}.none", f"question.{question}.dated")
    if key in _CATALOG
    for language in ("en", "")
]


def asked(screen: TalkAnswer) -> str:
    """The question that is put now; empty when there is none."""
    for block in reversed(screen.text):
        fitting = [(len(found[0]), question) for question, put in _PROMPTS if (found := put.match(block))]
        if fitting:
            return max(fitting)[1]
    return ""


class TerminalReporter:
    """One talk. Every line gets an event id of its own; the same may be sent again under the same id."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self.address = uuid4().hex
        self.screen = TalkAnswer(self.address, 0, (), waiting=False, done=False)
        self.token = ""
        self._ids = count(1)

    async def look(self) -> TalkAnswer:
        """Look at the screen."""
        return await self.post({})

    async def say(self, text: str, event_id: str = "") -> TalkAnswer:
        """Type a line."""
        return await self.post({"text": text, "event_id": event_id or self.next_id()})

    async def attach(self, name: str, data: bytes, media_type: str = "application/octet-stream") -> TalkAnswer:
        """Send a file."""
        file = {"name": name, "media_type": media_type, "data": b64encode(data).decode()}
        return await self.post({"files": [file], "event_id": self.next_id()})

    def next_id(self) -> str:
        """An event id that was not used yet."""
        return f"line-{next(self._ids)}"

    async def post(self, fields: dict[str, Any]) -> TalkAnswer:
        """Send one request and read the screen."""
        # The standard library's writer passes on lone surrogates as a careless program would.
        status, body = await self.raw(json.dumps({"address": self.address, **fields}).encode())
        assert status == 200, (status, body)
        self.screen = msgspec.json.decode(body, type=TalkAnswer)
        self.token = self.screen.token or self.token
        return self.screen

    async def raw(self, body: bytes) -> tuple[int, bytes]:
        """Send these very bytes."""
        connector = aiohttp.UnixConnector(str(self.socket))
        async with (
            aiohttp.ClientSession(connector=connector) as http,
            http.post("http://bot/talk", data=BytesIO(body)) as answer,
        ):
            return answer.status, await answer.read()

    @property
    def text(self) -> str:
        """All that stands on the screen."""
        return "\n".join(self.screen.text)

    def number_of(self, value: str) -> str:
        """The number that stands before an option."""
        question = asked(self.screen)
        key = f"option.{question}.{value}"
        label = _CATALOG.text("en", Text(key)) if key in _CATALOG else NAMES.get(value, value)
        before, found, _ = re.sub(_OPTION, r"\1. \n\2", self.text).partition(f"\n{label}\n")
        assert found, f"no option {value}: {self.text}"
        return str(re.findall(r"^(\d+)\. $", before, re.MULTILINE)[-1])

    async def choose(self, value: str) -> TalkAnswer:
        """Type the number of an option."""
        return await self.say(self.number_of(value))

    async def walk(self, answers: Answers, until: str = "summary") -> TalkAnswer:
        """Answer what is asked, skip what has no answer, until the given question is put."""
        await self.look()
        for _ in range(120):
            question = asked(self.screen)
            if question == until:
                return self.screen
            await self._answer(question, answers.get(question))
        raise AssertionError(f"never came to {until}, stands at {asked(self.screen)}: {self.text}")

    async def _answer(self, question: str, answer: str | list[str] | None) -> None:
        kind = _FORM[question].kind if question in _FORM else "choice"
        if isinstance(answer, list) and kind != "many":
            # Asked once more each time: the next answer, until there is none left.
            answer = answer.pop(0) if answer else None
        if answer is None and question in _FIRST:
            await self.choose(_FIRST[question])
        elif answer is None:
            await self.say("/skip")
        elif isinstance(answer, list):
            await self.say(",".join(map(self.number_of, answer)))
        else:
            await (self.choose(answer) if kind == "choice" else self.say(answer))

    async def report(self, answers: Answers) -> str:
        """Make a whole report, and return the token once it is noted down and this is said."""
        await self.walk(answers)
        await self.choose("hand_over")
        token = self.token
        await self.choose("saved")
        await self.choose("no")
        return token

    async def come_back(self, token: str) -> TalkAnswer:
        """Show a token."""
        return await self.say(token)


#: What a person picks who only wants to get on.
_FIRST = {"menu": "report", "language": "en", "exposure": "go_on", "way": "own"}
