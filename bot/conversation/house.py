"""What every part of the talk stands on: the form, the texts, the desks and the organ, prepared once.

All look-ups that a step needs are made here, at construction, so that a step only reads. It holds nothing about any
person and is shared by all talks.
"""

from collections.abc import Container, Iterable, Mapping
from functools import reduce

from bot.conversation.book import Book
from bot.conversation.catalog import Catalog
from bot.conversation.effects import Option, Text
from bot.conversation.exclusions import KEEP_FROM, NO_ONE, excluded, in_doubt
from bot.conversation.file_choices import options_of
from bot.conversation.form import Compartment, Form, FormQuestion, Group
from bot.conversation.forms import REPORT
from bot.conversation.lawful import lawful_texts
from bot.conversation.lengths import lengths
from bot.conversation.naming.matching import Directory
from bot.conversation.organ import DeskOffer, OrganCard, Person, in_language
from bot.conversation.session import Session

#: Value of the option "I do not know which desk".
UNSURE = "unsure"

#: The question which desk it is.
DESK = "desk"

#: Options that an organ's lists have besides what the organ fills them with.
BESIDES = {"desks": (UNSURE,), "meant": (NO_ONE,)}


class House:
    """One organ's talk, ready to be held with anyone."""

    def __init__(
        self,
        forms: Mapping[str, Form],
        catalog: Catalog,
        desks: tuple[DeskOffer, ...],
        organ: OrganCard,
        can_be_told: Iterable[str],
        can_clear: Iterable[str] = (),
    ) -> None:
        """Prepare all look-ups. Raises nothing; whether every text is there is checked by the machine."""
        self.catalog, self.desks, self.organ = catalog, desks, organ
        self.can_be_told, self.can_clear = frozenset(can_be_told), frozenset(can_clear)
        self.commands = catalog.all_words()
        self.books = {flow: Book(form) for flow, form in forms.items()}
        self.integrated_desk = organ.integrated_desk or (desks[0].desk_id if desks else "")
        self._desks = {desk.desk_id: desk for desk in desks}
        self.people = Directory(self.everyone())
        self._names = {person.staff_id: person.name for person in self.everyone()}
        self._facts = {language: self._shown(language) for language in (*catalog.languages, "")}
        self._lawful = lawful_texts(catalog, organ.laws, organ.laws_ahead)
        self._texts: dict[tuple[str, str], Text] = {}
        self._wordings: dict[tuple[str, str], tuple[Text, Text | None]] = {}

    def book(self, session: Session) -> Book:
        """Give the flow that the draft is in; of a flow that is no more, that of a report."""
        return self.books.get(session.flow) or self.books[REPORT]

    def elsewhere(self, session: Session, name: str) -> Compartment:
        """Say where an answer belongs that the draft's own flow does not ask: who somebody is stays apart in any."""
        question = self.known(name)
        if question is None:
            return "identity" if name in session.apart else "facts"
        return question.compartment

    def known(self, name: str) -> FormQuestion | None:
        """Find a question in any flow."""
        return next((book.question[name] for book in self.books.values() if name in book.question), None)

    def _shown(self, language: str) -> dict[str, str]:
        organ = self.organ
        return {
            "organ": in_language(organ.name, language) or self._plain(language, "organ.unnamed"),
            "contact": in_language(organ.danger, language) or self._plain(language, "danger.no_contact"),
            "web": organ.web,
            "draft_hours": str(organ.draft_hours),
            "addresses": organ.addresses,
            "public": organ.public,
            **lengths(self.catalog, language, organ.promises),
        }

    def _plain(self, language: str, key: str) -> str:
        return self.catalog.text(language, Text(key)).replace("\n", " / ")

    def text(self, session: Session, key: str, **params: str) -> Text:
        """Make a text, with what it wants to know about the organ filled in; of the law, what it says today."""
        key = self._lawful.get(key, key)
        text = self._texts.get((key, session.language)) or self._made(key, session.language)
        return Text(key, text.params | params) if params else text

    def _made(self, key: str, language: str) -> Text:
        facts = self._facts.get(language, self._facts[""])
        wanted = [name for name in self.catalog.placeholders(key) if name in facts]
        text = Text(key, {name: facts[name] for name in wanted} | ({} if language else self._in_each(wanted)))
        # The same few hundred texts are wanted at every step. Languages that nobody speaks are not remembered.
        if language in self._facts:
            self._texts[key, language] = text
        return text

    def _in_each(self, wanted: Iterable[str]) -> dict[str, str]:
        """Give what differs from language to language, for a text that is shown in all of them."""
        every = self._facts[""]
        spoken = ((language, self._facts[language]) for language in self.catalog.languages)
        return {
            f"{name}:{language}": facts[name]
            for language, facts in spoken
            for name in wanted
            if facts[name] != every[name]
        }

    def in_flow(self, session: Session, key: str) -> Text:
        """Make a text, in the wording of the draft's flow where it has one of its own (`key_flow`)."""
        own = f"{key}_{session.flow}"
        return self.text(session, own if own in self.catalog else key)

    def optional(self, session: Session, key: str) -> Text | None:
        """Make a text if the catalogue has it."""
        return self.text(session, key) if key in self.catalog else None

    def wording(self, session: Session, question: FormQuestion) -> tuple[Text, Text | None]:
        """Make a question's prompt, and its hint where it has one."""
        key = f"question.{question.wording}"
        if question.quotes:
            quoted = session.answers.get(question.quotes, "")
            words = quoted if isinstance(quoted, str) else ""
            return self.text(session, f"{key}.prompt", words=words), self.optional(session, f"{key}.hint")
        known = self._wordings.get((key, session.language))
        if known is None:
            known = self.text(session, f"{key}.prompt"), self.optional(session, f"{key}.hint")
            if session.language in self._facts:
                self._wordings[key, session.language] = known
        return known

    def label(self, session: Session, question: FormQuestion) -> Text:
        """Make a question's short name; with its number where it is asked several times."""
        key = f"question.{question.wording}.label"
        if question.number == 1:
            return self.text(session, key)
        return self.text(session, "summary.numbered", label=f"@{key}", number=str(question.number))

    def desk_of(self, session: Session) -> str:
        """Name the desk the draft goes to: the only one for it, the chosen one, or the integrated one."""
        chosen = self.only_desk(session) or session.answers.get(DESK, "")
        return chosen if isinstance(chosen, str) and chosen in self._desks else self.integrated_desk

    def only_desk(self, session: Session) -> str:
        """Name the desk that all drafts of this flow go to; empty where there is a choice."""
        desk = self.organ.approach_desk if self.book(session).form.kind == "approach" else ""
        return desk if desk in self._desks else ""

    def desk(self, desk_id: str) -> DeskOffer | None:
        """Find a desk that is offered."""
        return self._desks.get(desk_id)

    def desk_name(self, desk_id: str, language: str) -> str:
        """Give a desk's name in this language; its id where the desk is no longer offered."""
        desk = self._desks.get(desk_id)
        return in_language(desk.name, language) if desk else desk_id

    def readers(self, session: Session) -> tuple[Person, ...]:
        """List who could read the draft: the chosen desk's staff, then executive and deputy; nobody twice."""
        desk = self._desks.get(self.desk_of(session))
        return _once((*(desk.staff if desk else ()), *self.organ.leaders))

    def everyone(self) -> tuple[Person, ...]:
        """List everyone who could read a report at any desk; nobody twice."""
        return _once((*(person for desk in self.desks for person in desk.staff), *self.organ.leaders))

    def options(self, session: Session, question: FormQuestion) -> tuple[Option, ...]:
        """List the options of a question, in the order they are numbered."""
        if question.kind == "files":
            return options_of(session.files)
        match question.options:
            case "desks":
                return self._desk_options(session, question)
            case "readers":
                people = dict.fromkeys((*(each.staff_id for each in self.readers(session)), *_ticked(session)))
                return tuple(Option(staff_id, words=self.name_of(staff_id, session.language)) for staff_id in people)
            case "meant":
                named = (Option(who, self._named_at_desk(session, who)) for who in self.in_doubt(session))
                return (*named, Option(NO_ONE, Text(f"option.{question.wording}.{NO_ONE}")))
            case _:
                return self.book(session).listed(question)

    def asks(self, session: Session, question: FormQuestion) -> bool:
        """Whether there is anything to ask: a flag is set by the talk, one desk is no choice, nobody may be meant."""
        match question.options:
            case "desks":
                return len(self.desks) > 1 and not self.only_desk(session)
            case "meant":
                return bool(self.in_doubt(session))
            case _:
                return question.kind != "flag"

    def excluded(self, session: Session) -> tuple[str, ...]:
        """List everyone the draft is kept from."""
        return excluded(self.people, session.answers)

    def in_doubt(self, session: Session) -> tuple[str, ...]:
        """List those who may be meant by a name that was typed."""
        return in_doubt(self.people, session.answers)

    def name_of(self, staff_id: str, language: str) -> str:
        """Give somebody's full name; their id where they are not known any more."""
        return in_language(self._names.get(staff_id, {"": staff_id}), language)

    def listed(self, names: Iterable[str], language: str) -> str:
        """Put names one behind the other, as the language does; while it is unknown, with commas."""
        if language not in self.catalog.languages:
            return ", ".join(names)
        first, *others = [*names] or [""]
        return reduce(lambda so_far, name: self._with_further(so_far, name, language), others, first)

    def _with_further(self, names: str, name: str, language: str) -> str:
        return self.catalog.text(language, Text("desks.further", {"names": names, "name": name}))

    def readers_left(self, session: Session, desk: DeskOffer) -> tuple[Person, ...]:
        """List who at a desk could read the draft, whoever it is kept from left out."""
        return _readers(desk, self.excluded(session))

    def desks_left(self, session: Session) -> tuple[DeskOffer, ...]:
        """List the desks that can be chosen: none at which the answers keep everybody out."""
        out = self.excluded(session)
        return tuple(desk for desk in self.desks if not desk.staff or _readers(desk, out))

    def is_emptied(self, session: Session) -> bool:
        """Whether the answers keep everybody out of the desk that the draft would go to."""
        desk_id = self.desk_of(session)
        return desk_id in self._desks and all(desk.desk_id != desk_id for desk in self.desks_left(session))

    def _desk_options(self, session: Session, question: FormQuestion) -> tuple[Option, ...]:
        left = self.desks_left(session)
        named = (Option(desk.desk_id, words=in_language(desk.name, session.language)) for desk in left)
        unsure = Option(UNSURE, Text(f"option.{question.wording}.{UNSURE}"))
        # Who does not know comes to the integrated desk, which must have somebody, too; unless nobody is left anywhere.
        lost = left and all(desk.desk_id != self.integrated_desk for desk in left)
        return tuple(named) if lost else (*named, unsure)

    def _named_at_desk(self, session: Session, staff_id: str) -> Text:
        name = self.name_of(staff_id, session.language)
        desks = [desk for desk in self.desks if any(person.staff_id == staff_id for person in desk.staff)]
        if not desks:
            return Text("keep_from.leader", {"name": name})
        at = self.listed((in_language(desk.name, session.language) for desk in desks), session.language)
        return Text("keep_from.at_desk", {"name": name, "desk": at})

    def asked_in(self, session: Session, group: Group) -> tuple[FormQuestion, ...]:
        """List the questions of a group that there is anything to ask about."""
        return tuple(question for question in group.question if self.asks(session, question))

    def home_of(self, session: Session) -> Group:
        """Give the group the draft stands in; of a draft from another version of the form, the first one."""
        return self.book(session).group(session.group)


def _readers(desk: DeskOffer, out: Container[str]) -> tuple[Person, ...]:
    can = desk.readers or tuple(person.staff_id for person in desk.staff)
    return tuple(person for person in desk.staff if person.staff_id in can and person.staff_id not in out)


def _ticked(session: Session) -> list[str]:
    """Whoever was chosen stays on the list, although another desk may have been chosen since."""
    chosen = session.answers.get(KEEP_FROM, [])
    return chosen if isinstance(chosen, list) else []


def _once(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple({person.staff_id: person for person in people}.values())
