"""A talk to be driven by tests: a made-up organ, a machine, and a person who does one thing after the other.

Every text that is shown is worded in every language on the way, so that a key or a placeholder that is missing fails
the test that first comes upon it.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.conversation.catalog import load_catalog
from bot.conversation.effects import Act, Ask, CheckSelf, Effect, Option, Question, Say, ShowSummary, Text, Visible
from bot.conversation.events import (
    Chose,
    Command,
    Commanded,
    Event,
    FileRef,
    Filled,
    HandedOver,
    Opened,
    Said,
    SelfChecked,
    ShowedToken,
)
from bot.conversation.findings import Finding
from bot.conversation.forms import load_forms
from bot.conversation.machine import Machine
from bot.conversation.organ import DeskOffer, OrganCard, Person
from bot.conversation.session import Answer, Session, State

CATALOG = load_catalog()
FORMS = load_forms()

SATO = Person("sato", {"ja": "佐藤 花子", "en": "Hanako Sato"}, "さとう はなこ")
DESKS = (
    DeskOffer(
        "naibu",
        "internal",
        {"ja": "内部窓口", "en": "Internal desk"},
        (SATO, Person("suzuki", {"ja": "鈴木一郎", "en": "Ichiro Suzuki"}, "すずき いちろう")),
    ),
    DeskOffer(
        "gaibu",
        "external",
        {"ja": "外部窓口", "en": "External desk"},
        (Person("hayashi", {"ja": "林 正子", "en": "Masako Hayashi"}, "はやし まさこ"),),
    ),
)
ORGAN = OrganCard(
    name={"ja": "見本省", "en": "Ministry of Examples"},
    web="https://talk.example",
    danger={"ja": "03-0000-0000 (警務室)", "en": "03-0000-0000 (guard room)"},
    addresses="https://organ.example/desks",
    public="https://talk.example/public/",
    laws={"relief": "jp_relief"},
    laws_ahead={"presumption": "jp_presumption_2025"},
    leaders=(Person("tanaka", {"ja": "田中 大", "en": "Dai Tanaka"}, "たなか だい"), SATO),
)
FILE = FileRef("f1", "photo.jpg", "image/jpeg", 3, b"k" * 32, b"d" * 32)
OTHER_FILE = FileRef("f2", "memo.txt", "text/plain", 4, b"l" * 32, b"e" * 32)


def machine(desks: tuple[DeskOffer, ...] = DESKS, organ: OrganCard = ORGAN) -> Machine:
    """A machine of the made-up organ; web page and chat can tell of answers, and the chat's messages be taken back."""
    return Machine(FORMS, CATALOG, desks, organ, ("web", "chat"), ("chat",))


MACHINE = machine()


class Talk:
    """One person's talk."""

    def __init__(self, session: Session | None = None, engine: Machine = MACHINE) -> None:
        self.session = session or Session(channel="web", language="en")
        self.engine = engine
        self.effects: tuple[Effect, ...] = ()
        #: What the look for traces of the writer finds; with None it takes its time.
        self.finds: tuple[Finding, ...] | None = ()

    def does(self, *events: Event) -> "Talk":
        """Take events one after the other; the effects of the last one stay to be looked at."""
        for event in events:
            self.session, self.effects = self.engine.step(self.session, event)
            assert any(isinstance(effect, Visible) for effect in self.effects), f"no answer to {event}"
            for text in texts_of(self.effects):
                for language in ("ja", "en", ""):
                    assert self.engine.house.catalog.text(language, text)
            if CheckSelf() in self.effects and self.finds is not None:
                self.does(SelfChecked(self.finds))
        return self

    def says(self, *texts: str) -> "Talk":
        """Type messages."""
        return self.does(*(Said(text) for text in texts))

    def orders(self, *commands: Command) -> "Talk":
        """Use commands."""
        return self.does(*(Commanded(command) for command in commands))

    def taps(self, question: str, option: str) -> "Talk":
        """Tap an option."""
        return self.does(Chose(question, option))

    def fills(self, answers: dict[str, Answer] | None = None, then: str = "next") -> "Talk":
        """Send the form that stands on the screen."""
        return self.does(Filled(self.ask.group, answers or {}, then, self.session.turn))

    @property
    def state(self) -> State:
        """Where the talk stands."""
        return self.session.state

    @property
    def asks(self) -> tuple[Ask, ...]:
        """All questions that were put."""
        return tuple(effect for effect in self.effects if isinstance(effect, Ask))

    @property
    def ask(self) -> Ask:
        """The last group that was put."""
        return self.asks[-1]

    @property
    def question(self) -> Question:
        """The question a chat would put."""
        return self.ask.questions[self.ask.at]

    @property
    def options(self) -> list[str]:
        """Values of the options on offer."""
        return [option.value for option in self.question.options]

    @property
    def said(self) -> list[str]:
        """Keys of everything that was said."""
        return [effect.text.key for effect in self.effects if isinstance(effect, Say)]

    @property
    def words(self) -> str:
        """Everything that was said, in the talk's language."""
        catalog = self.engine.house.catalog
        return "\n".join(catalog.text(self.session.language, say.text) for say in self.effects if isinstance(say, Say))

    @property
    def acts(self) -> list[Act]:
        """What the dispatcher was asked to do."""
        return [effect for effect in self.effects if isinstance(effect, Act)]

    def line(self, question: str) -> str:
        """One answer of the summary, in words."""
        lines = [line for effect in self.effects if isinstance(effect, ShowSummary) for line in effect.lines]
        found = next(line for line in lines if line.question == question)
        return found.words or ", ".join(self._label(option) for option in found.options)

    def _label(self, option: Option) -> str:
        catalog = self.engine.house.catalog
        return catalog.text(self.session.language, option.label) if option.label else option.words


def texts_of(effects: Sequence[Effect]) -> list[Text]:
    """Every catalogue text in the effects."""
    found: list[Text | None] = []
    for effect in effects:
        if isinstance(effect, Say):
            found.append(effect.text)
        elif isinstance(effect, Ask):
            found += [effect.title, *(Text(f"command.{command}") for command in effect.commands)]
            for question in effect.questions:
                found += [question.prompt, question.hint, *(option.label for option in question.options)]
        elif isinstance(effect, ShowSummary):
            for line in effect.lines:
                found += [line.label, *(option.label for option in line.options)]
    return [text for text in found if text is not None]


def drafted(*, answers: dict[str, Answer] | None = None) -> Talk:
    """A talk at its summary, with a story in it."""
    talk = Talk().says("The books were altered.").orders(Command.DONE)
    if answers:
        talk.session = _with(talk.session, answers)
    return talk


def searching() -> Talk:
    """A talk that is being searched for what would name its writer."""
    talk = drafted()
    talk.finds = None
    return talk.taps("summary", "hand_over")


def handed_over() -> Talk:
    """A talk whose token is on the screen."""
    return drafted().taps("summary", "hand_over").does(HandedOver("naibu"))


def reading(handle: str = "h") -> Talk:
    """A talk with an open inbox and no draft."""
    talk = Talk().orders(Command.COME_BACK)
    return talk.does(shown(handle), Opened(handle, 1, told=False, can_be_told=True))


def shown(handle: str = "h") -> Event:
    """A token was sent."""
    return ShowedToken(handle)


def _with(session: Session, answers: dict[str, Answer]) -> Session:
    return replace(session, answers={**session.answers, **answers})
