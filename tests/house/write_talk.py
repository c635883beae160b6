"""Writes the page about the talk into docs/talk.md, by playing it: `python -m tests.house.write_talk` from the root."""

from collections.abc import Iterator
from pathlib import Path

from bot.channels.wording import Wording
from bot.conversation.catalog import LANGUAGES, load_catalog
from bot.conversation.drawing import form_as_mermaid
from bot.conversation.form import read_form
from bot.conversation.forms import form_sources
from tests.house.playing import Line, Play
from tests.house.talk_samples import samples
from tests.support.repository import ROOT
from tests.support.talk import machine

DOCUMENT = Path("docs/talk.md")

_HEAD = """# What a talk is like

Each way to turn to a desk: which questions come, and one talk from beginning to end in Japanese and in English. The
people are made up, and so is the Ministry of Examples; every word of the desk's side is what people read. Played by
`python -m tests.house.write_talk`, never written by hand.

What the person says stands after ▶, a button in ［ ］. Words, numbers and buttons do the same.
"""
_NAMES = {"ja": "日本語", "en": "English"}


def written() -> str:
    """The document as it should be."""
    engine, wording = machine(), Wording(load_catalog())
    parts = [_HEAD]
    drawn: set[str] = set()
    for sample in samples():
        parts.append(f"## {sample.title['en']} · {sample.title['ja']}\n")
        if sample.flow and sample.flow not in drawn:
            drawn.add(sample.flow)
            parts.append(f"```mermaid\n{form_as_mermaid(read_form(form_sources()[sample.flow]))}\n```\n")
        for language in LANGUAGES:
            lines = Play(engine, wording, language, sample.scripts[language]).played()
            parts.append(f"### {_NAMES[language]}\n\n" + "\n".join(_shown(lines)))
    return "\n".join(parts)


def _shown(lines: list[Line]) -> Iterator[str]:
    for line in lines:
        words = line.words.replace("<", "&lt;").splitlines()
        if line.by_person:
            yield f"▶ **{' '.join(words)}**\n"
        else:
            yield "\n".join(f"> {each}  " if each else ">" for each in words) + "\n"


if __name__ == "__main__":
    (ROOT / DOCUMENT).write_text(written())
