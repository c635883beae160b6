"""Turns a screen into plain text, as a terminal or a chat without buttons shows it: numbered options, "3 / 8".

Pure: it knows neither the talk's state nor where the text goes. Each block makes sense when read aloud by itself, so
nothing is drawn with lines or columns, only options are numbered, and a reference token stands alone in its block.
"""

from collections.abc import Iterator
from functools import cache

from bot.channels.kept_files import file_words, picks_files
from bot.channels.parting import parted
from bot.channels.splitting import split
from bot.channels.wording import Wording, done_label
from bot.conversation.catalog import LANGUAGES
from bot.conversation.days import day_params
from bot.conversation.effects import (
    Ask,
    Line,
    Option,
    Question,
    Say,
    ShowCopy,
    ShowInbox,
    ShowSummary,
    ShowToken,
    Visible,
)
from bot.conversation.events import Command
from bot.ports.talking import InboxLetter, InboxPage, View

#: Characters in one block: about a screenful, after which a screen reader should be able to pause.
BLOCK = 2000


def blocks(view: View, wording: Wording) -> tuple[str, ...]:
    """Return the screen as text blocks in reading order, none empty and none longer than `BLOCK` characters."""
    pieces: list[str] = []
    for item in view.items:
        for block in _item(item, view, wording):
            pieces += split(block.strip(), BLOCK)
    return tuple([piece for piece in pieces if not piece.isspace()])


def option_words(option: Option, language: str, wording: Wording) -> str:
    """Return what stands on an option."""
    return wording.text(language, option.label) if option.label else option.words


def answer_words(question: Question, language: str, wording: Wording) -> str:
    """Return the answer that a question already has, in words; empty when there is none."""
    if not question.answer:
        return ""
    chosen = question.answer if isinstance(question.answer, list) else [question.answer]
    labels = {option.value: option_words(option, language, wording) for option in question.options}
    return "、".join(labels.get(value, value) for value in chosen if value)


def line_words(line: Line, language: str, wording: Wording) -> str:
    """Return one answer of the summary; a question nobody answered says so."""
    options = (option_words(option, language, wording) for option in line.options)
    parts = [line.words, *options, *(file_words(file, language, wording) for file in line.files)]
    return "\n".join(part for part in parts if part) or wording.label(language, "summary.nothing")


def letter_words(letter: InboxLetter, language: str, wording: Wording) -> str:
    """Return a letter or notice with who it is from in front."""
    notice = [letter.notice] if letter.notice else []
    said = [wording.text(language, text) for text in (*notice, *letter.beside)]
    return "\n".join(part for part in (letter_author(letter, language, wording), *said, letter.text) if part)


def letter_author(letter: InboxLetter, language: str, wording: Wording) -> str:
    """Return who a letter is from; of a standard notice, that it is from nobody at the desk, and of which day."""
    if letter.kind == "standard":
        return wording.label(language, "inbox.system", **day_params("day", letter.on))
    return wording.label(language, "inbox.from", author=letter.author_name) if letter.author_name else ""


def token_blocks(view: View, wording: Wording) -> Iterator[str]:
    """Give the token in symbols, what is said between, and the same token in words: each by itself, easy to copy."""
    yield view.token
    if view.token_words:
        yield wording.label(view.language, "token.or_words")
        yield words_line(view)


def words_line(view: View) -> str:
    """Return the words of the token on one line, with the space of their language between."""
    return (" " if view.token_words[0].isascii() else "\u3000").join(view.token_words)


def inbox_blocks(inbox: InboxPage, view: View, wording: Wording) -> Iterator[str]:
    """Give an opened inbox block by block: the case, what is missing, the letters, and what the desk never asks."""
    language = view.language
    stage = wording.stage(language, inbox.stage)
    yield "\n".join((
        wording.label(language, "inbox.case", number=inbox.case_number, desk=inbox.desk),
        wording.label(language, "inbox.stage", stage=stage, **day_params("day", inbox.received_on.isoformat())),
    ))  # fmt: skip
    if inbox.refused or inbox.gaps:
        yield wording.label(language, "inbox.missing", refused=str(inbox.refused), gaps=str(inbox.gaps))
    for heading, letter in parted(inbox.letters):
        if heading:
            yield wording.label(language, heading)
        yield letter_words(letter, language, wording)
    yield wording.label(language, "inbox.safe")
    if not inbox.letters and not any(isinstance(said, Say) for said in view.items):
        yield wording.label(language, "inbox.empty")


def _item(item: Visible, view: View, wording: Wording) -> Iterator[str]:
    language = view.language
    match item:
        case Say():
            yield wording.text(language, item.text)
        case Ask():
            yield from _asked(item, language, wording)
        case ShowSummary():
            for line in item.lines:
                yield f"{wording.text(language, line.label)}\n{line_words(line, language, wording)}"
        case ShowCopy():
            yield wording.label(language, "copy_page.heading")
            yield from _item(ShowSummary(view.copy), view, wording)
            yield wording.label(language, "copy_page.note")
        case ShowToken():
            yield from token_blocks(view, wording)
        case ShowInbox() if view.inbox is not None:
            yield from inbox_blocks(view.inbox, view, wording)


def _asked(ask: Ask, language: str, wording: Wording) -> Iterator[str]:
    progress = f"{ask.step} / {ask.steps}" if ask.step else ""
    title = wording.text(language, ask.title) if ask.title else ""
    yield "  ".join(part for part in (progress, title) if part)
    yield _question(ask.questions[ask.at], language, wording)
    if ask.commands:
        yield "\n".join(_commands(ask.commands, done_label(ask), each, wording) for each in _spoken(language))


def _spoken(language: str) -> tuple[str, ...]:
    """Return the languages to say something in: all of them while none is chosen."""
    return (language,) if language else LANGUAGES


# There are a dozen such lines in all, and some stand under every question; so it is with `_how`.
@cache
def _commands(commands: tuple[str, ...], done: str, language: str, wording: Wording) -> str:
    keys = ((word, done if word == Command.DONE else f"button.{word}") for word in commands)
    named = "  ".join(f"/{word} {wording.label(language, key)}" for word, key in keys)
    return wording.label(language, "terminal.commands", commands=named)


def _question(question: Question, language: str, wording: Wording) -> str:
    said = answer_words(question, language, wording)
    lines = [wording.text(language, question.prompt)]
    lines += [wording.text(language, question.hint)] if question.hint else []
    lines += [wording.label(language, "files.pick")] if picks_files(question) else []
    lines += [f"{n}. {option_words(option, language, wording)}" for n, option in enumerate(question.options, start=1)]
    lines += [wording.label(language, "terminal.answer_now", answer=said)] if said else []
    lines += [file_words(file, language, wording) for file in (() if question.options else question.files)]
    lines += [_how(question.kind, each, wording) for each in _spoken(language)]
    return "\n".join(lines)


@cache
def _how(kind: str, language: str, wording: Wording) -> str:
    return wording.label(language, f"terminal.how.{kind}")
