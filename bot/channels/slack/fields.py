"""A group of questions as the fields of a window.

Pure. Slack's fields take 3,000 units of words and its lists 100 options, so one question may need several fields; their
names (`marks`) say how the answers come together again. What a form shows is replaced by what comes back: an answer too
long to be shown whole gets no field at all, and stays as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.channels.kept_files import file_words
from bot.channels.render import option_words
from bot.channels.slack.blocks import FIELD, MANY, OPTION, PROMPT, Block, aside, field, pick, sections, words_in
from bot.channels.slack.marks import Kind, Mark
from bot.channels.splitting import in_utf16, split
from bot.channels.wording import Wording
from bot.conversation.effects import Ask, Question
from bot.conversation.events import FileRef
from bot.conversation.file_choices import FIELD as HANDLING
from bot.conversation.file_choices import choice_of, choices_of

#: The group in which a story may be typed before any question is asked.
MENU = "menu"
#: Units of words that stand in the fields of one window: Slack refuses windows of 250 KB, and escapes every letter.
ROOM = 18_000
#: A field this full gets another one below it.
_NEARLY_FULL = FIELD * 2 // 3
#: Pieces of a long prompt that stand above its field: beyond them there would be no room for the answer.
_PIECES = 3
#: What Slack takes at once.
_FILES = 10
#: Files that can be chosen for in one window, the last ones: Slack takes 100 blocks in all.
_CHOSEN_FOR = 20


@dataclass(frozen=True)
class Sheet:
    """What all fields of one window share."""

    language: str
    wording: Wording
    #: Sets the names of its fields off from those of the screen before.
    screen: str
    max_file_mib: int

    def label(self, key: str, **params: str) -> str:
        """Return a label in the window's language."""
        return self.wording.label(self.language, key, **params)

    def name(self, kind: Kind, question: str, part: int = 0) -> str:
        """Return the name of a field."""
        return Mark(kind, question, part, self.screen).written()


def fields(ask: Ask, sheet: Sheet, first_words: str = "") -> tuple[Block, ...]:
    """Return the fields of a group; `first_words` stand where a story may be typed before any question."""
    takes_story = ask.group == MENU or not sheet.language
    room = ROOM // max(1, sum(_is_worded(question) for question in ask.questions))
    made = [block for question in ask.questions for block in _question(question, sheet, room, required=not takes_story)]
    return (*made, *(_story(sheet, first_words) if takes_story else ()))


def _question(question: Question, sheet: Sheet, room: int, *, required: bool) -> Iterator[Block]:
    prompt = sheet.wording.text(sheet.language, question.prompt)
    stays = _is_worded(question) and in_utf16(str(question.answer)) > room
    if stays or in_utf16(prompt) > PROMPT:
        yield from _in_full(prompt, sheet)
    if question.kind == "files":
        yield from _files(question, sheet)
    elif not _is_worded(question):
        yield from _options(question, sheet, required=required and not question.skippable)
    elif stays:
        yield aside(sheet.label("slack.long"))
    else:
        yield from _words(question, sheet)


def _in_full(prompt: str, sheet: Sheet) -> Iterator[Block]:
    """Show a prompt by itself, which Slack would cut in a field: what is read back must be there to be read."""
    pieces = tuple(sections(prompt))
    yield from pieces[:_PIECES]
    if len(pieces) > _PIECES:
        yield aside(sheet.label("slack.cut"))


def _is_worded(question: Question) -> bool:
    return question.kind in ("line", "text")


def _words(question: Question, sheet: Sheet) -> Iterator[Block]:
    answer = str(question.answer)
    pieces = split(answer, FIELD, in_utf16) or ("",)
    prompt = sheet.wording.text(sheet.language, question.prompt)
    lines = question.kind == "text" or "\n" in answer
    for part, piece in enumerate(pieces):
        label = prompt if part == 0 else sheet.label("slack.piece", prompt=prompt, part=str(part + 1))
        hint = _hint(question, sheet) if part == 0 else ""
        yield field(sheet.name(Kind.ONE, question.id, part), label, words_in(piece, lines=lines), hint=hint)
    if question.kind == "text" and in_utf16(pieces[-1]) > _NEARLY_FULL:
        yield field(sheet.name(Kind.MORE, question.id), sheet.label("slack.more"), words_in("", lines=True))


def _options(question: Question, sheet: Sheet, *, required: bool) -> Iterator[Block]:
    chosen = question.answer if isinstance(question.answer, list) else [question.answer]
    if question.kind == "choice" and len(question.options) == 1:
        # There is nothing to choose, so nobody is made to.
        chosen = [question.options[0].value]
    labels = [option_words(option, sheet.language, sheet.wording) for option in question.options]
    prompt = sheet.wording.text(sheet.language, question.prompt)
    if any(in_utf16(label) > OPTION for label in labels):
        # Slack cuts long options: above them they stand in full.
        labels = [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
        yield from sections("\n".join(labels))
    several = question.kind == "many"
    offered = [(option.value, label) for option, label in zip(question.options, labels, strict=True)]
    for part, start in enumerate(range(0, len(offered), MANY)):
        element = pick(offered[start : start + MANY], chosen, several=several)
        name = sheet.name(Kind.MANY if several else Kind.ONE, question.id, part)
        label = prompt if part == 0 else sheet.label("slack.piece", prompt=prompt, part=str(part + 1))
        yield field(name, label, element, hint=_hint(question, sheet) if part == 0 else "", optional=not required)


def _files(question: Question, sheet: Sheet) -> Iterator[Block]:
    if question.files:
        listed = (file_words(file, sheet.language, sheet.wording) for file in question.files)
        yield from sections("\n".join((sheet.label("web.files_here"), *listed)))
    for file in question.files[-_CHOSEN_FOR:]:
        yield _handling(file, sheet)
    prompt = sheet.wording.text(sheet.language, question.prompt)
    limit = sheet.label("slack.files", limit=str(sheet.max_file_mib))
    hint = "\n".join(part for part in (_hint(question, sheet), limit) if part)
    element: Block = {"type": "file_input", "max_files": _FILES}
    yield field(sheet.name(Kind.FILES, question.id), prompt, element, hint=hint)


def _handling(file: FileRef, sheet: Sheet) -> Block:
    """Ask what becomes of one file, with what holds now chosen."""
    offered = [(choice, sheet.label(f"files.do_{choice}")) for choice in choices_of(file)]
    prompt = sheet.label("files.becomes", name=file.name)
    return field(sheet.name(Kind.ONE, HANDLING + file.file_id), prompt, pick(offered, [choice_of(file)], several=False))


def _story(sheet: Sheet, standing: str) -> Iterator[Block]:
    for part, piece in enumerate(split(standing, FIELD, in_utf16) or ("",)):
        label = sheet.label("web.write_here")
        yield field(sheet.name(Kind.FIRST_WORDS, "", part), label, words_in(piece, lines=True))


def _hint(question: Question, sheet: Sheet) -> str:
    return sheet.wording.text(sheet.language, question.hint) if question.hint else ""
