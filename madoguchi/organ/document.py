"""`organ.toml`: who may read what at an organ, as the administrator writes it down.

Everything wrong with it is told at once, with its line. What refers to something else in the file is checked here; keys
come from the enrolment files it names. Decides nothing about cases and signs nothing.
"""

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args

import msgspec
from msgspec.structs import replace

from backend.contract import Policy, Rules
from bot.anonymity.roster import Desk, Member, Seat
from bot.anonymity.sealing import Compartment
from bot.conversation.house_style import HouseStyle
from madoguchi.organ.card import Enrolment, is_staff_id
from madoguchi.organ.fields import Fields, PlacedFault
from madoguchi.organ.policies import read_policy, read_rules
from madoguchi.organ.promising import with_promises
from madoguchi.organ.readings import guessed, is_reading, tidy
from madoguchi.organ.sources import DocumentFaultyError, read_source
from madoguchi.organ.talk import read_talk, too_large

Role = Literal["staff", "executive", "deputy", "auditor", "administrator"]
DeskKind = Literal["internal", "external", "branch"]

#: Half a year: long enough not to be a burden, short enough that a forgotten roster stops being sealed to.
_VALID_DAYS = 180


class OrganDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The file, read and sound."""

    organ: str
    name: dict[str, str]
    valid_days: int
    members: tuple[Member, ...]
    #: Whose reading is a guess, since the file gives none.
    guessed: frozenset[str] = frozenset()
    #: Hash of each member's credential, in the order of `members`.
    credentials: tuple[bytes, ...]
    desks: tuple[Desk, ...]
    integrated_desk: str
    fallback_desk: str | None
    approach_desk: str | None
    executive: str | None
    deputy: str | None
    policy: Policy
    rules: Rules
    #: Department of each member who is the responsible person of one, in the order of `members`.
    member_departments: tuple[str, ...]
    #: Departments that must have a responsible person.
    departments: tuple[str, ...]
    recovery_holders: tuple[str, ...]
    safer: dict[str, str]
    #: What the bot makes of the talk, promises and rules included.
    talk: HouseStyle = HouseStyle()


def read_document(path: Path) -> OrganDocument:
    """Read `organ.toml` with the enrolment files it names, which lie relative to it, and the talk that lies beside it.

    Raises `DocumentFaultyError` with every fault, and `NotDoneError` when there is no such file.
    """
    source = read_source(path)
    if isinstance(source, PlacedFault):
        raise DocumentFaultyError(path, (source,))
    fields = Fields(source.table)
    talk, talk_faults = read_talk(source, fields)
    document = _document(fields, path.parent)
    document = replace(document, talk=with_promises(talk, document.policy, document.rules))
    if (over := too_large(document.talk)) > 0:
        fields.fault("talk", "organ.fault.talk.too_large", over=over)
    faults = (*source.faults_of(fields), *talk_faults)
    if faults:
        raise DocumentFaultyError(path, faults)
    return document


def _document(fields: Fields, folder: Path) -> OrganDocument:
    organ = fields.words("organ")
    people: list[str] = []
    departments: list[str] = []
    read: list[str] = []
    enrolled = tuple(_members(fields, folder, organ, people, departments, read))
    members = tuple(member for member, _ in enrolled)
    desks = tuple(_desks(fields, people))
    known_desks = [desk.desk_id for desk in desks]
    _once(fields, "members", people)
    _once(fields, "desks", known_desks)
    document = OrganDocument(
        organ=organ,
        name=fields.by_language("name"),
        valid_days=fields.number("valid_days", _VALID_DAYS),
        members=members,
        guessed=frozenset(member.staff_id for member in members if member.reading and member.staff_id not in read),
        credentials=tuple(credential for _, credential in enrolled),
        desks=desks,
        integrated_desk=fields.one_of("integrated_desk", known_desks),
        fallback_desk=_pointer(fields, "fallback_desk", known_desks),
        approach_desk=_pointer(fields, "approach_desk", known_desks),
        executive=_pointer(fields, "executive", people),
        deputy=_pointer(fields, "deputy", people),
        policy=read_policy(fields),
        rules=read_rules(fields),
        member_departments=tuple(departments),
        departments=fields.all_of("departments"),
        recovery_holders=fields.all_of("recovery_holders"),
        safer=fields.table_of_words("safer"),
    )
    fields.done()
    return document


def _members(
    fields: Fields, folder: Path, organ: str, people: list[str], departments: list[str], read: list[str]
) -> Iterator[tuple[Member, bytes]]:
    """Yield members with their credentials' hashes; `people` gets faulty ones too, lest one fault look like many.

    `read` gets the ids of those whose names' readings are given.
    """
    for table in fields.tables("members"):
        people.append(staff_id := _id(table))
        file = folder / table.words("enrolment")
        trained_until = table.day("trained_until")
        roles = table.all_of("roles", get_args(Role))
        department = table.maybe_words("department") or ""
        reading = _reading(table)
        read += [staff_id] if reading else []
        enrolment = _enrolment(table, file, staff_id, organ)
        if enrolment is not None:
            departments.append(department)
            yield _member(enrolment, trained_until, roles, reading), enrolment.credential_hash


def _reading(table: Fields) -> str:
    given = table.maybe_words("reading") or ""
    if given and not is_reading(given):
        table.fault("reading", "organ.fault.not_kana", value=given)
    return tidy(given)


def _member(enrolment: Enrolment, trained_until: date, roles: Collection[str], reading: str) -> Member:
    return Member(
        staff_id=enrolment.staff_id,
        name=enrolment.name,
        sealing_public=enrolment.sealing_public,
        signing_public=enrolment.signing_public,
        trained_until=trained_until,
        roles=[cast("Role", role) for role in roles],
        reading=reading or guessed(enrolment.name),
    )


def _enrolment(table: Fields, file: Path, staff_id: str, organ: str) -> Enrolment | None:
    try:
        enrolment = msgspec.json.decode(file.read_bytes(), type=Enrolment)
    except (OSError, msgspec.DecodeError):
        table.fault("enrolment", "organ.fault.no_enrolment", file=file.name)
        return None
    if (enrolment.staff_id, enrolment.organ) != (staff_id, organ):
        table.fault("enrolment", "organ.fault.other_enrolment", file=file.name, member=enrolment.staff_id)
        return None
    return enrolment


def _desks(fields: Fields, people: Collection[str]) -> Iterator[Desk]:
    for table in fields.tables("desks"):
        yield Desk(
            desk_id=_id(table),
            name=table.by_language("name"),
            kind=cast("DeskKind", table.one_of("kind", get_args(DeskKind))),
            seats=[_seat(seat, people) for seat in table.tables("seats")],
            phone=table.maybe_words("phone"),
            contact=table.by_language("contact", needed=False),
        )


def _seat(table: Fields, people: Collection[str]) -> Seat:
    rooms = [room.value for room in Compartment]
    opened = [Compartment(room) for room in table.all_of("compartments", rooms) if room in rooms]
    return Seat(table.one_of("member", people), opened)


def _id(table: Fields) -> str:
    given = table.words("id")
    if given and not is_staff_id(given):
        table.fault("id", "organ.fault.bad_id", value=given)
    return given


def _pointer(fields: Fields, key: str, known: Collection[str]) -> str | None:
    return None if fields.maybe_words(key) is None else fields.one_of(key, known)


def _once(fields: Fields, key: str, names: Collection[str]) -> None:
    for twice in sorted({name for name in names if list(names).count(name) > 1}):
        fields.fault(key, "organ.fault.twice", value=twice)
