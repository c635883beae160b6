"""What did not come by a chat, written down by staff and sealed like any other report.

Keys and token are made here, on the machine of whoever enters it, and forgotten; grants go to those whom the route
names and to nobody for having typed it. Blank words, a day to come, a person nobody knows: refused before anything is
sealed. Nothing here reads a file, asks or sends.
"""

from datetime import date
from enum import StrEnum

from msgspec import field
from msgspec.structs import replace

from backend.contract import Entry
from bot.anonymity.handover import ReportContent, Route, routes, seal_report
from bot.anonymity.hidden import Hidden
from bot.anonymity.references import ReferenceToken, new_token
from bot.anonymity.roster import Roster
from bot.anonymity.routing import Escalation, NobodyLeft
from bot.anonymity.sealing import new_seed
from bot.case_client import submission_of
from bot.conversation.form import Form
from bot.conversation.naming.matching import Directory
from bot.conversation.organ import Person
from bot.conversation.words import clean
from madoguchi.words import LANGUAGES, NotDoneError, Words

#: The question of the form that free words answer.
STORY = "story"


class Kind(StrEnum):
    """How it came."""

    LETTER = "letter"
    PHONE = "phone"
    VISIT = "visit"
    BOX = "box"
    MAIL = "mail"


class Attachment(Hidden, frozen=True):
    """A file that came along, as it came."""

    name: str
    media_type: str
    data: bytes


class Written(Hidden, frozen=True, kw_only=True):
    """What somebody wrote down; nothing of it is checked yet."""

    kind: str = ""
    arrived: date | None = None
    text: str = ""
    desk: str = ""
    language: str = ""
    name: str = ""
    contact: str = ""
    #: Staff ids, or names as people type them.
    keep_from: tuple[str, ...] = ()
    #: Further answers, by the questions of the form.
    answers: dict[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    #: Where the sender can be written to, when they wrote by mail.
    mail: str = ""


class Arrived(Hidden, frozen=True, kw_only=True):
    """The same, checked and ready to be sealed."""

    kind: Kind
    on: date
    route: Route
    content: ReportContent
    mail: str = ""


class Sealed(Hidden, frozen=True, kw_only=True):
    """A report ready to go, with the token that its sender gets."""

    entry: Entry
    #: Files by id, to be put up before the entry.
    files: tuple[tuple[str, bytes], ...]
    token: ReferenceToken


class ListedError(NotDoneError):
    """Something must be chosen among what there is; the list says what."""

    def __init__(self, key: str, rows: list[tuple[str, dict[str, str]]], **params: object) -> None:
        super().__init__(key, **params)
        self.rows = rows

    def told(self, words: Words) -> list[str]:
        """Return the refusal, and what there is."""
        return [*super().told(words), *(f"  {code}: {words.name(name)}" for code, name in self.rows)]


def checked(written: Written, form: Form, roster: Roster, today: date, *, anyone: bool) -> Arrived:
    """Return what was written down as it counts. Raises `NotDoneError` for what is missing or cannot be."""
    if not written.text.strip():
        raise NotDoneError("enter.blank")
    if written.kind not in tuple(Kind):
        raise NotDoneError("enter.kind", known=", ".join(Kind))
    if written.arrived is None:
        raise NotDoneError("enter.no_day")
    if written.arrived > today:
        raise NotDoneError("enter.to_come", day=written.arrived)
    if written.language not in LANGUAGES:
        raise NotDoneError("enter.language")
    excluded = _excluded(written.keep_from, roster)
    return Arrived(
        kind=Kind(written.kind),
        on=written.arrived,
        route=_route(written.desk, roster, excluded, today, anyone=anyone),
        content=_content(written, form, excluded),
        mail=written.mail.strip(),
    )


def sealed(arrived: Arrived, roster: Roster, unsaid: str | None) -> Sealed:
    """Seal it under a new token; whoever types it in may see that token, so it is replaced at its first use."""
    token = new_token()
    report = seal_report(arrived.content, token, roster, arrived.route, new_seed()[:16].hex())
    if report.desk is None:
        report = replace(report, desk=roster.integrated_desk)
    submission = submission_of(report, [file_id for file_id, _ in report.files])
    entry = Entry(submission=submission, arrived_on=arrived.on, unsaid=unsaid)
    return Sealed(entry=entry, files=report.files, token=token)


def readers(arrived: Arrived, roster: Roster) -> list[dict[str, str]]:
    """Name those who will be able to read it."""
    names = {member.staff_id: member.name for member in roster.members}
    return [names[seat.staff_id] for seat in arrived.route.seats if seat.staff_id in names]


def _content(written: Written, form: Form, excluded: tuple[str, ...]) -> ReportContent:
    known = {question.id: question for _, question in form.questions() if question.worded}
    if strange := sorted(set(written.answers) - set(known)):
        raise NotDoneError("enter.no_question", name=strange[0], known=", ".join(known))
    answers = {STORY: written.text, **written.answers, "name": written.name, "contact": written.contact}
    said = {name: clean(answer) for name, answer in answers.items() if answer.strip()}
    return ReportContent(
        form=form.version,
        facts={name: answer for name, answer in said.items() if known[name].compartment == "facts"},
        identity={name: answer for name, answer in said.items() if known[name].compartment == "identity"},
        language=written.language,
        channel=written.kind,
        excluded=list(excluded),
        files=[
            (new_seed()[:16].hex(), clean(one.name), clean(one.media_type), one.data) for one in written.attachments
        ],
        provisional=True,
    )


def _excluded(keep_from: tuple[str, ...], roster: Roster) -> tuple[str, ...]:
    """Find everyone who is meant: a name that two people bear keeps out both; a doubtful one must be said better."""
    names = {member.staff_id: member.name for member in roster.members}
    people = Directory(Person(member.staff_id, member.name, member.reading) for member in roster.members)
    found: list[str] = []
    for typed in filter(str.strip, keep_from):
        meant = people.meant_by(typed)
        ids = (typed,) if typed in names else meant.surely
        if not ids:
            key = "enter.who_is_called" if meant.maybe else "enter.nobody_called"
            raise ListedError(key, [(who, names[who]) for who in meant.maybe or names], name=typed)
        found += ids
    return tuple(dict.fromkeys(found))


def _route(desk: str, roster: Roster, excluded: tuple[str, ...], today: date, *, anyone: bool) -> Route:
    desks = [(one.desk_id, one.name) for one in roster.desks]
    if desk and desk not in dict(desks):
        raise ListedError("enter.no_desk", desks, desk=desk)
    if today > roster.expires:
        return Route(None, (), Escalation.RECOVERY)
    route = routes(roster, desk or roster.integrated_desk, excluded, today, offer_others=not anyone)
    if isinstance(route, NobodyLeft):
        raise ListedError("enter.nobody_left", [row for row in desks if row[0] in route.other_desks])
    return route
