"""The whole engine: `step(session, event)` gives the new session and what must happen.

It looks up the first row of the flow table that fits, does its deeds, says its texts and shows the screen. It refuses
to start with a form or a catalogue that has a hole; once started it answers every event in every state, and what a
person may do wrong is an event like any other. It reads no clock, throws no dice and reaches nothing outside.
"""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from bot.conversation import walk
from bot.conversation.catalog import Catalog
from bot.conversation.deeds import CONDITIONS, DEEDS
from bot.conversation.effects import Effect, Say
from bot.conversation.events import (
    Attached,
    AttachFailed,
    Chose,
    Command,
    Commanded,
    Corrected,
    Event,
    Filled,
    MistypedToken,
    Said,
    ShowedToken,
)
from bot.conversation.file_choice_deeds import with_form
from bot.conversation.filling import keep_filled
from bot.conversation.flow import FLOW
from bot.conversation.form import Form, FormFaultyError
from bot.conversation.heard import PLAIN, Heard, hear_option, hear_words
from bot.conversation.house import House
from bot.conversation.mistyping import said_of
from bot.conversation.organ import DeskOffer, OrganCard
from bot.conversation.own_words import noted
from bot.conversation.reply_deeds import fill_reply
from bot.conversation.report import Report, report_of
from bot.conversation.rows import On, Row
from bot.conversation.screens import open_question, screen
from bot.conversation.session import Session, State
from bot.conversation.states import ALL
from bot.conversation.texts import missing_texts, taken_names
from bot.conversation.words import clean, looks_like_token

#: What can be asked by a button of a form that has passed: it only informs.
_INFORMING = frozenset(
    (
        Command.HELP,
        Command.DANGER,
        Command.STATUS,
        Command.RULES,
        Command.ABOUT,
        Command.EXPOSURE,
        Command.LANGUAGE,
        Command.RELIEF,
        Command.PROCEDURE,
        Command.FIGURES,
    )
)
_COMMANDS = frozenset(command.value for command in Command)

Step = tuple[Session, tuple[Effect, ...]]


class Machine:
    """The talk of one organ. Holds no talk itself; one machine serves everyone."""

    def __init__(
        self,
        forms: Mapping[str, Form],
        catalog: Catalog,
        desks: tuple[DeskOffer, ...],
        organ: OrganCard,
        can_be_told: Iterable[str] = (),
        can_clear: Iterable[str] = (),
    ) -> None:
        """Prepare the talk. `can_be_told` names the channels on which being told of answers is offered.

        `can_clear` names those whose messages the bot can take back.

        Raises `FormFaultyError` for texts that the form or the table needs and the catalogue lacks, and for names that
        the talk keeps for itself: all of them at once.
        """
        self.house = House(forms, catalog, desks, organ, can_be_told, can_clear)
        faults = [*missing_texts(forms.values(), catalog), *taken_names(forms.values(), desks)]
        if faults:
            raise FormFaultyError(faults)
        self._rows = _by_state_and_event(FLOW)
        self._named = {
            state: frozenset(on for row in FLOW if state in row.states and row.states != ALL for on in row.on)
            for state in State
        }

    def step(self, session: Session, event: Event) -> Step:
        """Take one event: give the session as it is then, and what must happen, in order.

        Every event is answered with something to see; words and files are kept whatever the state.
        """
        after, effects = self._filled(session, event) if isinstance(event, Filled) else self._other(session, event)
        after = noted(self.house, after)
        moved = isinstance(event, Filled) or (after.state, after.group) != (session.state, session.group)
        return (replace(after, turn=session.turn + 1) if moved else after), effects

    def screen(self, session: Session) -> tuple[Effect, ...]:
        """Give what stands on the screen now, for a channel that must draw it anew or a person who only looks."""
        welcome = (Say(self.house.text(session, "menu.welcome")),) if session.state is State.NEW else ()
        return (*welcome, *screen(self.house, session))

    def report_of(self, session: Session) -> Report:
        """Give the draft, divided into what the facts say and who the reporter is."""
        return report_of(self.house, session)

    def _other(self, session: Session, event: Event) -> Step:
        if isinstance(event, MistypedToken) and event.words.strip():
            after, effects = self._plain(session, Said(event.words))
            return after, (said_of(self.house, session, event), *effects)
        return self._plain(session, event)

    def _plain(self, session: Session, event: Event) -> Step:
        return self._run(session, self._hear(session, event))

    def _hear(self, session: Session, event: Event) -> Heard:
        if isinstance(event, Attached) and not event.file.size:
            event = AttachFailed("empty")
        if isinstance(event, Commanded):
            return Heard(On(f"/{event.command}"), event)
        if isinstance(event, Said):
            question = None if session.state is State.ASKING else open_question(self.house, session)[1]
            return self._unnamed(session, hear_words(self.house, event.text, question, event))
        if isinstance(event, Chose):
            fits = self._offered(session, event)
            return self._unnamed(session, hear_option(event.option, event)) if fits else Heard(On.PICKED_LATE, event)
        if isinstance(event, Corrected):
            return Heard(On.CORRECTED, event, clean(event.text))
        words = clean(event.words) if isinstance(event, ShowedToken) else ""
        return Heard(PLAIN[type(event)], event, words)

    def _unnamed(self, session: Session, heard: Heard) -> Heard:
        """An option that has a name elsewhere in the table, but not in this state, is picked like any other."""
        named = heard.on in self._named[session.state] or not heard.option
        return heard if named else replace(heard, on=On.PICKED)

    def _offered(self, session: Session, event: Chose) -> bool:
        if session.state is State.ASKING:
            asked = walk.here(self.house, session)
            options = self.house.options(session, asked)
            return event.question == asked.id and any(option.value == event.option for option in options)
        if (
            session.state is State.CHECKING
            and event.question in ("summary", "edit")
            and event.option in self.house.book(session).question
        ):
            return True
        _, question = open_question(self.house, session)
        if question is None or event.question != question.id:
            return False
        return any(option.value == event.option for option in question.options)

    def _filled(self, session: Session, event: Filled) -> Step:
        command = Command(event.then) if event.then in _COMMANDS else None
        late = event.turn not in (-1, session.turn)
        session, event = with_form(session, event, late=late)
        if late or event.group != self._group(session):
            after, effects = self._run(session, Heard(On.FILLED_LATE, event), alone=command in _INFORMING)
            return self._then(after, effects, command if command in _INFORMING else None)
        if session.state is State.ASKING:
            return self._filled_questions(session, event, command)
        if session.state is State.REPLYING:
            words = event.answers.get("reply", session.reply)
            kept = fill_reply(session, words if isinstance(words, str) else "\n".join(words))
            return self._then(kept, (), command) if command else (kept, screen(self.house, kept))
        return self._filled_elsewhere(session, _meant(event, session.state), command)

    def _filled_elsewhere(self, session: Session, meant: Event | None, command: Command | None) -> Step:
        """A choice counts unless a command was pressed; words count in any case."""
        said: tuple[Effect, ...] = ()
        if isinstance(meant, Said | MistypedToken) or (meant and command is None):
            after, effects = self._plain(session, meant)
            if command is None or after.state is not session.state:
                return after, effects
            session, said = after, tuple(effect for effect in effects if isinstance(effect, Say))
        return self._then(session, said, command) if command else (session, screen(self.house, session))

    def _group(self, session: Session) -> str:
        if session.state is State.ASKING:
            return self.house.home_of(session).id
        return open_question(self.house, session)[0]

    def _filled_questions(self, session: Session, event: Filled, command: Command | None) -> Step:
        house = self.house
        lingers = any(question.lingers for question in house.home_of(session).question)
        if command in (None, Command.SKIP) or (command is Command.DONE and lingers):
            return self._run(session, Heard(On.FILLED, event))
        kept, said = keep_filled(house, session, event)
        if command is Command.BACK:
            back = walk.step_back(house, kept, whole_group=True)
            return back, (*said, *screen(house, back))
        return self._then(kept, said, command)

    def _then(self, session: Session, effects: tuple[Effect, ...], command: Command | None) -> Step:
        if command is None:
            return session, effects
        after, more = self._plain(session, Commanded(command))
        return after, (*effects, *more)

    def _run(self, session: Session, heard: Heard, *, alone: bool = False) -> Step:
        """Do the first row that fits. `alone`: its screen is left to what follows at once."""
        row = next(row for row in self._rows[session.state, heard.on] if self._fits(row, session, heard))
        before = session
        effects: tuple[Effect, ...] = ()
        for then in row.then:
            session, more = DEEDS[then](self.house, session, heard)
            effects += more
        if row.to is not None:
            session = replace(session, state=row.to)
        said = tuple(Say(self.house.in_flow(session, key), row.tone) for key in row.say)
        shown = () if alone else screen(self.house, session)
        if replace(session, danger=before.danger) == before:
            # Nothing moved: the question comes again without what was said above it, or help would drown in it.
            shown = tuple(effect for effect in shown if not isinstance(effect, Say))
        return session, (*effects, *said, *shown)

    def _fits(self, row: Row, session: Session, heard: Heard) -> bool:
        return not row.only_if or all(CONDITIONS[given](self.house, session, heard) for given in row.only_if)


def _by_state_and_event(flow: tuple[Row, ...]) -> dict[tuple[State, On], tuple[Row, ...]]:
    found: dict[tuple[State, On], list[Row]] = {(state, on): [] for state in State for on in On}
    for row in flow:
        for state in row.states:
            for on in row.on:
                found[state, on].append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def _meant(event: Filled, state: State) -> Event | None:
    """Read a form of the talk itself: the first answer in it is what the person chose or wrote, if anything."""
    for name, value in event.answers.items():
        text = value if isinstance(value, str) else "".join(value[:1])
        if text.strip():
            if state is not State.WANTING_TOKEN:
                return Chose(name, text)
            return MistypedToken() if looks_like_token(text) else Said(text)
    return None
