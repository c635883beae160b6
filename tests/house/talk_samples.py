"""The scripts of the talks that are shown to readers, read from `talk_samples.toml`."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from bot.conversation.effects import Text
from bot.conversation.events import Chose, Command, Commanded, Event, Opened, Said, ShowedToken
from bot.ports.talking import InboxLetter, InboxPage
from tests.house.playing import Script

#: Made up: it opens nothing anywhere.
TOKEN = "X7K2M-9QDRT-4HBV8-NC3PW-5SZ1E"
_DESK = {"ja": "内部窓口", "en": "Internal desk"}
_AUTHOR = {"ja": "佐藤 花子", "en": "Hanako Sato"}


class Sample(Struct, frozen=True):
    """One talk, by language; `flow` names the questions that are asked in it, if any."""

    title: dict[str, str]
    flow: str
    scripts: dict[str, Script]


def samples() -> Iterator[Sample]:
    """Give every sample, in the order of the page."""
    for raw in tomllib.loads(Path(__file__).with_suffix(".toml").read_text())["sample"]:
        scripts = {language: _script(raw, language) for language in raw["title"]}
        yield Sample(raw["title"], raw.get("flow", ""), scripts)


def _script(raw: dict[str, Any], language: str) -> Script:
    asked = bool(raw.get("check_in"))
    return Script(
        begins=tuple(_event(each) for each in raw[language]["begins"]),
        answers=raw[language]["answers"],
        until=raw.get("until", "menu"),
        inbox=_inbox(raw, language),
        token=TOKEN,
        opened=Opened("h", 1, told=False, can_be_told=False, asked=asked),
    )


def _event(written: str) -> Event:
    question, _, option = written.partition("=")
    if written == "#":
        return ShowedToken("h")
    if written.startswith("/"):
        return Commanded(Command(written[1:]))
    return Chose(question, option) if option else Said(written)


def _inbox(raw: dict[str, Any], language: str) -> InboxPage:
    words = raw.get("letter", {}).get(language, "")
    notice = Text(f"notice.{raw.get('notice', 'accepted')}")
    letter = InboxLetter("notice", words, notice, author_name=_AUTHOR[language])
    check_in = "check_in-1" if raw.get("check_in") else ""
    return InboxPage("2026-K7QF2M", "accepted", _DESK[language], date(2026, 12, 2), (letter,), check_in=check_in)
