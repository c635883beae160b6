"""Turns a screen of the talk into what the page template shows. Pure: no request, no HTML.

A group with one choice becomes big buttons, one tap each; everything else becomes fields with one button to go on.
Names of fields say how their answer is to be read back: `one.<question>` and `many.<question>`.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from bot.channels.kept_files import name_and_size, picks_files
from bot.channels.parting import parted
from bot.channels.render import answer_words, letter_author, line_words, option_words
from bot.channels.wording import Wording
from bot.conversation.days import day_params
from bot.conversation.effects import Ask, Line, Question, Say, ShowInbox, ShowSummary, ShowToken, Visible
from bot.conversation.events import Command, FileRef
from bot.conversation.file_choices import FIELD as HANDLING
from bot.conversation.file_choices import choice_of, choices_of
from bot.ports.talking import InboxLetter, InboxPage, View


class Choice(Struct, frozen=True):
    """An option to tap or tick."""

    value: str
    words: str
    chosen: bool


class Kept(Struct, frozen=True):
    """A file that is attached: the name of its field, its own name and size, and what can become of it."""

    field: str
    words: str
    choices: tuple[Choice, ...]


class Field(Struct, frozen=True):
    """A question of the form; `choices` for choice and many, `files` for what is attached already."""

    id: str
    kind: str
    prompt: str
    hint: str
    value: str
    choices: tuple[Choice, ...]
    files: tuple[Kept, ...]


class Message(Struct, frozen=True):
    """What the talk says in one tone, sentence by sentence."""

    words: tuple[str, ...]
    tone: str


class Answered(Struct, frozen=True):
    """A line of the summary."""

    question: str
    label: str
    words: str
    empty: bool


class Card(Struct, frozen=True):
    """A letter or notice of the inbox; `author` says whose it is, or that it is from nobody at the desk."""

    author: str
    notice: str
    words: str
    #: Sentences that follow the notice's first.
    beside: tuple[str, ...] = ()
    #: The mechanism's, not the desk's.
    standard: bool = False
    #: What stands above it, and above those that follow.
    heading: str = ""


class Screen(Struct, frozen=True, kw_only=True):
    """Everything the template needs, in order."""

    turn: int
    group: str = ""
    title: str = ""
    step: int = 0
    steps: int = 0
    messages: tuple[Message, ...] = ()
    #: What is said below the token or the letters.
    afterwards: tuple[Message, ...] = ()
    fields: tuple[Field, ...] = ()
    #: The one question of the group is answered by tapping an option.
    tapped: bool = False
    #: A story may be typed before any question is asked.
    first_words: bool = False
    summary: tuple[Answered, ...] = ()
    token: str = ""
    token_words: tuple[str, ...] = ()
    #: There is a copy of the draft to be opened.
    copy: bool = False
    inbox: InboxPage | None = None
    cards: tuple[Card, ...] = ()
    #: On which day the case came in.
    received: str = ""
    #: Buttons that send the form on, the first of them the one that the return key presses.
    onward: tuple[str, ...] = ()
    #: Buttons that lead aside.
    aside: tuple[str, ...] = ()
    waiting: bool = False
    #: The talk has come to an end, for now or for good: what is left on the device is worth a thought.
    parting: bool = False


#: Groups that stand where nothing is under way that only this talk leads back to.
SETTLED = frozenset(("menu", "token", "inbox", "told", "forget"))

#: Texts that say goodbye.
FAREWELLS = frozenset(("farewell.thanks", "forget.done"))

#: The option of the summary that a page does without.
CHANGE = "change"

#: The group that is asked before anything else.
MENU = "menu"

#: These have their own place on the page.
_PLACED = frozenset((Command.LANGUAGE, Command.DANGER))
_WALKING = (Command.BACK, Command.SKIP)
#: A form shows what stands there and lets it be changed, so it needs no button to empty an answer.
_NEEDLESS = frozenset((Command.REWRITE, Command.DONE, *_WALKING, *_PLACED))


def screen(view: View, wording: Wording) -> Screen:
    """Arrange a view; whatever order its items came in, what is said stands above what is asked."""
    ask = next((item for item in view.items if isinstance(item, Ask)), None)
    lines = [line for item in view.items if isinstance(item, ShowSummary) for line in item.lines]
    inbox = view.inbox if any(isinstance(item, ShowInbox) for item in view.items) else None
    shown = next((at for at, item in enumerate(view.items) if isinstance(item, ShowToken | ShowInbox)), len(view.items))
    before, after = view.items[:shown], view.items[shown:]
    arranged = Screen(
        turn=view.turn,
        messages=tuple(_said(before, view.language, wording)),
        afterwards=tuple(_said(after, view.language, wording)),
        summary=tuple(_answered(line, view.language, wording) for line in lines),
        token=shown_token(view),
        token_words=view.token_words if shown_token(view) else (),
        copy=bool(view.copy),
        inbox=inbox,
        cards=tuple(_cards(inbox, view.language, wording)) if inbox else (),
        received=_day(inbox.received_on.isoformat(), view.language) if inbox else "",
        aside=(Command.HELP,),
        waiting=view.waiting,
        parting=view.over or any(isinstance(item, Say) and item.text.key in FAREWELLS for item in view.items),
    )
    return _with_question(arranged, ask, view.language, wording) if ask else arranged


def shown_token(view: View) -> str:
    """Return the token that stands on the screen; empty where none does."""
    return view.token if any(isinstance(item, ShowToken) for item in view.items) else ""


def is_unfinished(view: View) -> bool:
    """Tell whether something is under way that only this talk leads back to: answers, words, a report on its way."""
    asked = any(isinstance(item, Ask) and item.group not in SETTLED for item in view.items)
    return view.waiting or asked


def _with_question(arranged: Screen, ask: Ask, language: str, wording: Wording) -> Screen:
    fields = tuple(_field(question, language, wording) for question in ask.questions)
    if arranged.summary:
        # Each line has its own button to change it.
        fields = tuple(replace(field, choices=tuple(c for c in field.choices if c.value != CHANGE)) for field in fields)
    tapped = len(fields) == 1 and fields[0].kind == "choice"
    return replace(
        arranged,
        group=ask.group,
        title=wording.text(language, ask.title) if ask.title else "",
        step=ask.step,
        steps=ask.steps,
        fields=fields,
        tapped=tapped,
        first_words=ask.group == MENU,
        onward=_onward(ask, tapped=tapped),
        aside=tuple(dict.fromkeys([*_aside(ask), Command.HELP])),
    )


def _said(items: tuple[Visible, ...], language: str, wording: Wording) -> Iterator[Message]:
    """Give what is said; what is said in one tone stands together."""
    said = ((item.tone, wording.text(language, item.text)) for item in items if isinstance(item, Say))
    for tone, group in groupby(said, key=itemgetter(0)):
        yield Message(words=tuple(words for _, words in group), tone=tone)


def _onward(ask: Ask, *, tapped: bool) -> tuple[str, ...]:
    """Give next, or done where a letter is written outside of the questions; then back and skip."""
    sends = () if tapped else (Command.DONE,) if Command.DONE in ask.commands and not ask.step else ("next",)
    return (*sends, *(command for command in _WALKING if command in ask.commands))


def _aside(ask: Ask) -> Iterator[str]:
    return (command for command in ask.commands if command not in _NEEDLESS)


def _field(question: Question, language: str, wording: Wording) -> Field:
    chosen: Sequence[str] = question.answer if isinstance(question.answer, list) else (question.answer,)
    return Field(
        id=question.id,
        kind=question.kind,
        prompt=wording.text(language, question.prompt),
        hint=wording.text(language, question.hint) if question.hint else "",
        value=question.answer if isinstance(question.answer, str) else answer_words(question, language, wording),
        choices=tuple(
            Choice(value=option.value, words=option_words(option, language, wording), chosen=option.value in chosen)
            for option in (() if picks_files(question) else question.options)
        ),
        files=tuple(_kept(file, language, wording) for file in question.files),
    )


def _kept(file: FileRef, language: str, wording: Wording) -> Kept:
    choices = tuple(
        Choice(choice, wording.label(language, f"files.do_{choice}"), chosen=choice == choice_of(file))
        for choice in choices_of(file)
    )
    return Kept(HANDLING + file.file_id, name_and_size(file), choices)


def _answered(line: Line, language: str, wording: Wording) -> Answered:
    return Answered(
        question=line.question,
        label=wording.text(language, line.label),
        words=line_words(line, language, wording),
        empty=not (line.words or line.options or line.files),
    )


def _cards(inbox: InboxPage, language: str, wording: Wording) -> Iterator[Card]:
    for above, letter in parted(inbox.letters):
        heading = wording.label(language, above) if above else ""
        yield replace(_card(letter, language, wording), heading=heading)


def _day(day: str, language: str) -> str:
    """Write a day as the language does; as it is while none is chosen."""
    return day_params("day", day).get(f"day:{language}", day)


def _card(letter: InboxLetter, language: str, wording: Wording) -> Card:
    return Card(
        author=letter_author(letter, language, wording),
        notice=wording.text(language, letter.notice) if letter.notice else "",
        words=letter.text,
        beside=tuple(wording.text(language, text) for text in letter.beside),
        standard=letter.kind == "standard",
    )
