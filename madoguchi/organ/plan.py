"""What applying `organ.toml` would change: the next roster, and the difference to the one before, line by line.

Pure. The difference is computed between the two rosters that are signed, so what is shown is what would be published.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from backend.contract import Office, Person, Policy, Publication
from bot.anonymity.roster import Desk, Member, Roster
from madoguchi.credentials import fingerprint
from madoguchi.organ.card import OrganCard
from madoguchi.organ.changes import Change, differences
from madoguchi.organ.document import OrganDocument
from madoguchi.organ.talk_changes import next_talk, talk_changes
from madoguchi.words import NotDoneError

#: A roster with fewer days left than this is published again even if nothing else changed.
_RENEW_DAYS = 30

#: Fields of a roster that hold one thing each; every one has its line in the catalogue.
SINGLE = (
    "name",
    "integrated_desk",
    "fallback_desk",
    "approach_desk",
    "executive",
    "deputy",
    "recovery_holders",
    "safer",
)


class Plan(msgspec.Struct, frozen=True):
    """The roster that would be signed, and what is different; nothing different, nothing to publish."""

    roster: Roster
    changes: tuple[Change, ...]


class Base(msgspec.Struct, frozen=True):
    """What the next roster builds on: the newest one signed, and what was told to the store beside it."""

    roster: Roster | None = None
    published: Publication | None = None
    #: The store shows this roster, and not none or an older one.
    is_served: bool = True


def plan(document: OrganDocument, card: OrganCard, base: Base, today: date) -> Plan:
    """Make the next roster.

    Raises `NotDoneError` when the file is another organ's, or when somebody's signing key changed under the same id:
    their old letters would no longer verify, so whoever needs new keys gets a new id.
    """
    if document.organ != card.organ:
        raise NotDoneError("organ.other_organ", organ=document.organ, card=card.organ)
    before = base.roster
    earlier = () if before is None else (*before.members, *before.former)
    _refuse_changed_keys(document.members, earlier)
    present = {member.staff_id for member in document.members}
    serial = before.serial + 1 if before else 1
    roster = Roster(
        organ=card.organ,
        name=document.name,
        serial=serial,
        issued=today,
        expires=today + timedelta(days=document.valid_days),
        members=list(document.members),
        desks=list(document.desks),
        integrated_desk=document.integrated_desk,
        fallback_desk=document.fallback_desk,
        approach_desk=document.approach_desk,
        executive=document.executive,
        deputy=document.deputy,
        recovery_public=card.recovery_public,
        recovery_holders=list(document.recovery_holders),
        safer=document.safer,
        former=[member for member in earlier if member.staff_id not in present],
        talk=next_talk(document.talk, before.talk if before else {}, serial),
    )
    guesses = _guesses(before, roster, document.guessed)
    return Plan(roster, (*_changes(before, roster, today), *guesses, *_told_beside(document, base)))


def people_of(document: OrganDocument) -> tuple[Person, ...]:
    """Return every member as the store is to know them."""
    desks = {
        member.staff_id: tuple(
            desk.desk_id for desk in document.desks if any(seat.staff_id == member.staff_id for seat in desk.seats)
        )
        for member in document.members
    }
    return tuple(
        Person(
            staff_id=member.staff_id,
            credential_hash=credential,
            offices=tuple(Office(role) for role in member.roles),
            desks=desks[member.staff_id],
            trained_until=member.trained_until,
            department=department,
        )
        for member, credential, department in zip(
            document.members, document.credentials, document.member_departments, strict=True
        )
    )


def _refuse_changed_keys(members: Sequence[Member], earlier: Sequence[Member]) -> None:
    known = {member.staff_id: member.signing_public for member in earlier}
    changed = [one.staff_id for one in members if known.get(one.staff_id, one.signing_public) != one.signing_public]
    if changed:
        raise NotDoneError("organ.changed_keys", members=", ".join(changed))


def _changes(before: Roster | None, after: Roster, today: date) -> Iterator[Change]:
    if before is None:
        yield Change("organ.plan.first", {"organ": after.organ})
    old_members = {one.staff_id: one for one in before.members} if before else {}
    old_desks = {one.desk_id: one for one in before.desks} if before else {}
    yield from differences("member", old_members, {one.staff_id: one for one in after.members}, _person)
    yield from differences("desk", old_desks, {one.desk_id: one for one in after.desks}, _readers)
    for field in SINGLE:
        was, becomes = getattr(before, field, None), getattr(after, field)
        if was != becomes:
            yield Change(f"organ.plan.{field}", {"was": _shown(was), "becomes": _shown(becomes)})
    yield from talk_changes(before.talk if before else {}, after.talk)
    if before and (before.expires - today).days < _RENEW_DAYS:
        yield Change("organ.plan.renewed", {"day": after.expires.isoformat()})


def _guesses(before: Roster | None, after: Roster, guessed: Collection[str]) -> Iterator[Change]:
    """Show each new guess of how a name is read, so that somebody who knows can correct it."""
    known = {one.staff_id: one.reading for one in before.members} if before else {}
    for member in after.members:
        if member.staff_id in guessed and known.get(member.staff_id) != member.reading:
            params = {"id": member.staff_id, "name": _shown(member.name), "reading": member.reading}
            yield Change("organ.plan.reading_guessed", params)


def _told_beside(document: OrganDocument, base: Base) -> Iterator[Change]:
    last = base.published
    if last is None or document.policy != last.policy:
        yield from _settings(last.policy if last else None, document.policy)
    if last is None or document.rules != last.rules:
        yield Change("organ.plan.rules", {"version": str(document.rules.version)})
    known = {person.staff_id: person for person in last.people} if last and base.roster else {}
    for person in people_of(document) if known else ():
        was = known.get(person.staff_id)
        if was is None or was.credential_hash != person.credential_hash:
            yield Change("organ.plan.credential", {"id": person.staff_id})
        elif was.department != person.department:
            yield Change("organ.plan.department", {"id": person.staff_id, "becomes": person.department or "-"})
    if last is not None and last.departments != document.departments:
        yield Change(
            "organ.plan.departments",
            {"was": _shown(list(last.departments)), "becomes": _shown(list(document.departments))},
        )
    if not base.is_served:
        yield Change("organ.plan.not_served", {})


def _settings(was: Policy | None, becomes: Policy) -> Iterator[Change]:
    """One line a setting that is different, lists and periods one by one."""
    if was is None:
        yield Change("organ.plan.policy.first", {"becomes": becomes.profile})
        return
    before, after = settings_of(was), settings_of(becomes)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            params = {"name": name, "was": before.get(name, "-"), "becomes": after.get(name, "-")}
            yield Change("organ.plan.policy.changed", params)


def settings_of(policy: Policy) -> dict[str, str]:
    """Every setting of a policy by its place, such as `editions.2026-12-01.finish`."""
    flat = {
        name: _shown(list(value) if isinstance(value, tuple) else value)
        for name in policy.__struct_fields__
        if name not in {"editions", "lists", "preservation"} and (value := getattr(policy, name)) is not None
    }
    for edition in policy.editions:
        for period in edition.periods:
            counts = _shown([str(count) for count in period.counts])
            flat[f"editions.{edition.since}.{period.obligation}"] = f"{counts} {period.unit}"
    flat |= {f"lists.{codes.name}": _shown(list(codes.codes)) for codes in policy.lists}
    return flat | {f"preservation.{row.kind}": str(row.years) for row in policy.preservation}


def _person(member: Member) -> str:
    keys = fingerprint(member.sealing_public, member.signing_public)
    return " · ".join(filter(None, (", ".join(member.roles), str(member.trained_until), member.reading, keys)))


def _readers(desk: Desk) -> str:
    return "; ".join(f"{seat.staff_id}: {', '.join(seat.compartments)}" for seat in desk.seats) or "-"


def _shown(value: object) -> str:
    match value:
        case None:
            return "-"
        case dict():
            return " / ".join(map(str, value.values()))
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)
