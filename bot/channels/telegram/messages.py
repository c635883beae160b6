"""Turns a screen into the messages that show it on Telegram: as few as can be, the buttons below the last. Pure.

A token stands alone in its message, in symbols and in words, hidden until it is tapped; it and the desk's letters are
protected from being passed on. Limits are Telegram's own: 4,096 UTF-16 units a message, 64 bytes of data a button.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from bot.channels.kept_files import file_words, picks_files
from bot.channels.render import (
    answer_words,
    inbox_blocks,
    line_words,
    option_words,
    token_blocks,
    words_line,
)
from bot.channels.splitting import in_utf16, split
from bot.channels.telegram.keyboard import Key, is_long, keyboard
from bot.channels.wording import Wording
from bot.conversation.effects import Ask, Option, Question, Say, ShowCopy, ShowInbox, ShowSummary, ShowToken, Visible
from bot.ports.talking import View

#: UTF-16 units of text in one message.
LIMIT = 4096

#: Characters of an answer that is shown again, and names of files: reminders, since the whole stands in the summary.
_REMINDER = 300
_FILES = 10

_GAP = "\n\n"


class Mark(Struct, frozen=True):
    """How a stretch of a message looks: `bold` or `spoiler`; offset and length in UTF-16 units."""

    style: str
    offset: int
    length: int


class Message(Struct, frozen=True):
    """One message."""

    text: str
    marks: tuple[Mark, ...] = ()
    rows: tuple[tuple[Key, ...], ...] = ()
    #: The service is asked to keep it from being copied or passed on.
    protected: bool = False
    #: It holds the token.
    token: bool = False


class _Block(Struct, frozen=True):
    """What stands together: words, each with its style, in a message of its kind: plain, letters or token."""

    runs: tuple[tuple[str, str], ...]
    kind: str = "plain"

    @property
    def text(self) -> str:
        return "".join(words for words, _ in self.runs)


def messages_of(view: View, wording: Wording) -> tuple[Message, ...]:
    """Return the messages of a screen, in order; none is empty. What is said stands above what is asked."""
    items = sorted(view.items, key=lambda item: isinstance(item, Ask))
    blocks = [block for item in items for block in _blocks(item, view, wording) if block.text.strip()]
    kinds = groupby(blocks, key=lambda block: block.kind)
    messages = [message for kind, group in kinds for message in _packed(kind, group, view, wording)]
    rows = () if view.over else keyboard(view, wording)
    if messages and rows:
        messages[-1] = replace(messages[-1], rows=(*messages[-1].rows, *rows))
    return tuple(messages)


def _blocks(item: Visible, view: View, wording: Wording) -> Iterator[_Block]:
    language = view.language
    match item:
        case Say():
            yield _Block(((wording.text(language, item.text), ""),))
        case Ask() if not view.over:
            yield _Block(tuple(_asked(item, language, wording)))
        case ShowSummary():
            yield from _summary(item, language, wording)
        case ShowCopy():
            yield _Block(((wording.label(language, "copy_page.heading"), "bold"),))
            yield from _summary(ShowSummary(view.copy), language, wording)
            yield _Block(((wording.label(language, "copy_page.note"), ""),))
        case ShowToken():
            yield _Block(tuple(_token(view, wording)), "token")
        case ShowInbox() if view.inbox is not None:
            for words in inbox_blocks(view.inbox, view, wording):
                yield _Block(((words, ""),), "letters")


def _token(view: View, wording: Wording) -> Iterator[tuple[str, str]]:
    """Give both spellings of the token, each hidden until it is tapped, in one message: they go together."""
    symbols, *other = token_blocks(view, wording)
    yield symbols, "spoiler"
    if other:
        said, words = other
        yield f"{_GAP}{said}\n", ""
        yield words, "spoiler"


def _copies(view: View, wording: Wording) -> Iterator[tuple[Key, ...]]:
    yield (Key(wording.label(view.language, "button.copy"), copies=view.token),)
    if view.token_words:
        yield (Key(wording.label(view.language, "button.copy_words"), copies=words_line(view)),)


def _summary(summary: ShowSummary, language: str, wording: Wording) -> Iterator[_Block]:
    """Give every answer, and below them in one line what nobody answered: a telephone is small."""
    open_lines = []
    for line in summary.lines:
        label = wording.text(language, line.label)
        if line.words or line.options or line.files:
            yield _Block(((label, "bold"), (f"\n{line_words(line, language, wording)}", "")))
        else:
            open_lines.append(label)
    if open_lines:
        yield _Block(((wording.label(language, "summary.nothing"), "bold"), ("\n" + " · ".join(open_lines), "")))


def _asked(ask: Ask, language: str, wording: Wording) -> Iterator[tuple[str, str]]:
    """Give progress, the question, and what stands there already; options only where a button cannot hold them."""
    question = ask.questions[ask.at]
    progress = f"{ask.step} / {ask.steps}" if ask.step else ""
    title = wording.text(language, ask.title) if ask.title else ""
    if progress or title:
        yield "  ".join(part for part in (progress, title) if part) + "\n", ""
    yield wording.text(language, question.prompt), "bold"
    lines = [wording.text(language, question.hint)] if question.hint else []
    lines += [wording.label(language, "telegram.many")] if question.kind == "many" else []
    lines += [wording.label(language, "files.pick")] if picks_files(question) else []
    lines += _options(question.options, language, wording)
    lines += _standing(question, language, wording)
    yield "".join(f"\n{line}" for line in lines), ""


def _options(options: tuple[Option, ...], language: str, wording: Wording) -> Iterator[str]:
    words = [option_words(option, language, wording) for option in options]
    if is_long(words):
        yield from (f"{number}. {each}" for number, each in enumerate(words, start=1))


def _standing(question: Question, language: str, wording: Wording) -> Iterator[str]:
    # Options show by themselves which of them are chosen.
    said = "" if question.options and question.kind != "text" else answer_words(question, language, wording)
    if said:
        first, *rest = split(said, _REMINDER)
        yield wording.label(language, "telegram.answer_now", answer=first + "…" * bool(rest))
    if question.options:
        return
    if question.files:
        yield wording.label(language, "telegram.files_here")
        yield from (file_words(file, language, wording) for file in question.files[-_FILES:])
    if len(question.files) > _FILES:
        yield wording.label(language, "telegram.more_files", count=str(len(question.files) - _FILES))


def _packed(kind: str, blocks: Iterable[_Block], view: View, wording: Wording) -> Iterator[Message]:
    """Put as many blocks into a message as fit; one that is too long by itself is cut where a reader would pause."""
    gathered: tuple[_Block, ...] = ()
    for block in blocks:
        if gathered and (kind == "token" or _size((*gathered, block)) > LIMIT):
            yield _message(gathered, kind, view, wording)
            gathered = ()
        if in_utf16(block.text) <= LIMIT:
            gathered = (*gathered, block)
        else:
            *whole, rest = split(block.text, LIMIT, in_utf16)
            yield from (_message((_Block(((piece, ""),)),), kind, view, wording) for piece in whole if piece.strip())
            gathered = (_Block(((rest, ""),)),) if rest.strip() else ()
    if gathered:
        yield _message(gathered, kind, view, wording)


def _size(blocks: tuple[_Block, ...]) -> int:
    return sum(in_utf16(block.text) for block in blocks) + len(_GAP) * (len(blocks) - 1)


def _message(blocks: tuple[_Block, ...], kind: str, view: View, wording: Wording) -> Message:
    text, marks = "", []
    for block in blocks:
        text += _GAP if text else ""
        for words, style in block.runs:
            if style:
                marks.append(Mark(style, in_utf16(text), in_utf16(words)))
            text += words
    is_token = kind == "token"
    copy = tuple(_copies(view, wording)) if is_token else ()
    return Message(text=text, marks=tuple(marks), rows=copy, protected=kind != "plain", token=is_token)
