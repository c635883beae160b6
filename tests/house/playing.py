"""Plays a talk from a script and writes down what both say: the machine that people talk to, and nothing beside it.

A script gives an answer for each question by its id, in one language; what it does not answer is skipped. What the
desk's side answers to is given here, as it would come from a case store that is well.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from bot.channels.render import inbox_blocks, line_words, option_words
from bot.channels.wording import Wording
from bot.conversation import effects as wanted
from bot.conversation import events as happened
from bot.conversation.effects import (
    Act,
    Ask,
    Effect,
    Option,
    Question,
    Say,
    ShowInbox,
    ShowSummary,
    ShowToken,
    Text,
    Visible,
)
from bot.conversation.events import Chose, Command, Commanded, Event, Said
from bot.conversation.machine import Machine
from bot.conversation.session import Session
from bot.ports.talking import InboxPage, View

#: Longer than any talk in a document should be.
_MOST = 120


class Script(Struct, frozen=True, kw_only=True):
    """What a person says: how they begin, what they answer to which question, and the question at which it ends."""

    begins: tuple[Event, ...]
    answers: Mapping[str, str | list[str]]
    #: The question id at which the talk is left; the menu by default.
    until: str = "menu"
    #: What is behind the token, where one is shown.
    inbox: InboxPage | None = None
    token: str = ""
    opened: happened.Opened = happened.Opened("h", 1, told=False, can_be_told=False)


class Line(Struct, frozen=True):
    """One thing that was said, by the person or to them."""

    by_person: bool
    words: str


class Play:
    """One talk, being played."""

    def __init__(self, machine: Machine, wording: Wording, language: str, script: Script) -> None:
        """Begin with nothing said; the language is known, as on a page that was opened in it."""
        self._machine, self._wording, self._script = machine, wording, script
        self._session = Session(channel="web", language=language)
        self._left = {name: [each] if isinstance(each, str) else list(each) for name, each in script.answers.items()}
        self.lines: list[Line] = []

    def played(self) -> list[Line]:
        """Play to the end. Raises `AssertionError` where the script never comes to it, or an answer was never asked."""
        question: Question | None = None
        for event in self._script.begins:
            self._person(event, question)
            question = self._step(event)
        for _ in range(_MOST):
            if question is None or question.id == self._script.until:
                break
            question = self._step(self._answered(question))
        else:
            message = f"never came to {self._script.until}"
            raise AssertionError(message)
        left = [name for name, answers in self._left.items() if answers]
        assert not left, f"never asked: {left}"
        return self.lines

    def _answered(self, question: Question) -> Event:
        answers = self._left.get(question.id, [])
        if not answers:
            event: Event = Commanded(Command.DONE if question.kind == "files" else Command.SKIP)
            if question.options and not question.skippable:
                event = Chose(question.id, question.options[0].value)
        else:
            typed = answers.pop(0)
            option = next((each for each in question.options if each.value == typed), None)
            event = Chose(question.id, typed) if option else Said(typed)
        self._person(event, question)
        return event

    def _person(self, event: Event, question: Question | None) -> None:
        language = self._session.language
        if isinstance(event, Said):
            words = event.text
        elif isinstance(event, Chose):
            offered = question.options if question else ()
            label = Option(event.option, Text(f"option.{event.question}.{event.option}"))
            option = next((each for each in offered if each.value == event.option), label)
            words = f"［{option_words(option, language, self._wording)}］"
        elif isinstance(event, Commanded):
            words = f"［{self._wording.label(language, f'button.{event.command}')}］"
        else:
            words = self._script.token
        self.lines.append(Line(by_person=True, words=words))

    def _step(self, event: Event) -> Question | None:
        """Take an event and all that follows from it; give the question that stands there then."""
        pending: list[Event] = [event]
        asked: Question | None = None
        while pending:
            self._session, effects = self._machine.step(self._session, pending.pop(0))
            pending += [self._outcome(each) for each in effects if isinstance(each, Act) and self._answers(each)]
            asked = self._told(effects, last=not pending) or asked
        return asked

    def _answers(self, act: Act) -> bool:
        return type(act) in _OUTCOMES

    def _outcome(self, act: Act) -> Event:
        if isinstance(act, wanted.OpenInbox | wanted.ConfirmSaved):
            return self._script.opened
        return _OUTCOMES[type(act)]

    def _told(self, effects: tuple[Effect, ...], *, last: bool) -> Question | None:
        asked = None
        for effect in effects:
            if isinstance(effect, Ask):
                asked = effect.questions[effect.at]
                if not last:
                    continue
            if isinstance(effect, Visible):
                self.lines += [Line(by_person=False, words=words) for words in self._words(effect) if words]
        return asked

    def _words(self, effect: Visible) -> Iterator[str]:
        language, wording = self._session.language, self._wording
        match effect:
            case Say():
                yield wording.text(language, effect.text)
            case Ask():
                yield from self._asked(effect.questions[effect.at])
            case ShowSummary():
                for line in effect.lines:
                    yield f"{wording.text(language, line.label)}: {line_words(line, language, wording)}"
            case ShowToken():
                yield f"`{self._script.token}`"
            case ShowInbox() if self._script.inbox is not None:
                view = View(language=language, turn=1, items=(effect,), inbox=self._script.inbox)
                yield from inbox_blocks(self._script.inbox, view, wording)

    def _asked(self, question: Question) -> Iterator[str]:
        language, wording = self._session.language, self._wording
        hint = [wording.text(language, question.hint)] if question.hint else []
        options = [f"{n}. {option_words(each, language, wording)}" for n, each in enumerate(question.options, 1)]
        yield "\n".join([wording.text(language, question.prompt), *hint, *options])


_OUTCOMES: dict[type[Act], Event] = {
    wanted.CheckSelf: happened.SelfChecked(),
    wanted.HandOver: happened.HandedOver("naibu"),
    wanted.OpenInbox: happened.TokenRefused(),
    wanted.ConfirmSaved: happened.InboxClosed(),
    wanted.Send: happened.Sent(),
    wanted.SendDraft: happened.Sent(),
    wanted.AnswerCheckIn: happened.CheckInAnswered("fine"),
}
