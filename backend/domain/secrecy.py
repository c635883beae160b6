"""Who may go near a case, and what follows when somebody may not any more. Keys decide; this decides who gets one.

Looks at what the organ has published, what a member has acknowledged and declared, and who holds keys. Opens nothing.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final, NamedTuple

import msgspec

from backend.contract import AlertKind, Fault, LogEntry, Move, Obligation, Office, Person, Publication
from backend.domain.case import Case
from backend.domain.holdings import Holding, readers_at

#: Who is never given a key: the one sets the organ up, the other looks at logs and figures.
_KEYLESS: Final = frozenset({Office.ADMINISTRATOR, Office.AUDITOR})

#: How a log says that the reporter agreed, or did not.
_CONSENTS: Final = frozenset({Move.RECORD_CONSENT.value, Move.RECORD_NO_CONSENT.value})


class Readiness(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody has done of what a case asks of them before it opens."""

    person: Person | None
    #: The version of the organ's rules, and the newest that they have acknowledged.
    rules: int
    acknowledged: int
    #: They have said for the present phase that they have no conflict.
    declared: bool


class Aftermath(NamedTuple):
    """What follows when somebody lost their keys."""

    begins: tuple[Obligation, ...]
    alerts: tuple[AlertKind, ...]


def person_of(published: Publication | None, staff_id: str) -> Person | None:
    """Somebody as the organ has published them."""
    people = published.people if published else ()
    return next((person for person in people if person.staff_id == staff_id), None)


def is_trained(person: Person | None, today: date) -> bool:
    """Tell whether somebody's training counts today (Guidelines 2(3))."""
    return person is not None and person.trained_until is not None and person.trained_until >= today


def unready(ready: Readiness, today: date) -> Fault | None:
    """What somebody must still do before a case opens to them (Guidelines 2(1)ii, 2(3), 2(5)ii)."""
    if not is_trained(ready.person, today):
        return Fault.UNTRAINED
    if ready.acknowledged < ready.rules:
        return Fault.RULES_UNREAD
    return None if ready.declared else Fault.UNDECLARED


def inadmissible(
    published: Publication | None, staff_id: str, conflicted: Collection[str], today: date
) -> Fault | None:
    """Why somebody may not be given a key of a case, if anything stands against it."""
    person = person_of(published, staff_id)
    # Nobody is both: who sets things up or looks at logs reads nothing, whatever else they are.
    if person is None or staff_id in conflicted or not _KEYLESS.isdisjoint(person.offices):
        return Fault.NOT_ALLOWED
    return None if is_trained(person, today) else Fault.UNTRAINED


def aftermath(case: Case, left: Collection[Holding], published: Publication | None) -> Aftermath:
    """What is owed once keys were taken: a fresh one for those who still read, somebody else where nobody does."""
    begins: list[Obligation] = []
    alerts: list[AlertKind] = []
    if readers_at(None, left, published):
        begins.append(Obligation.RENEW_KEYS)
    if not readers_at(case.desk, left, published):
        begins.append(Obligation.REASSIGN)
        alerts.append(AlertKind.NOBODY_LEFT)
    return Aftermath(tuple(begins), tuple(alerts))


def agreed(log: Iterable[LogEntry]) -> bool:
    """Tell from a case's log, oldest entry first, whether its reporter agrees: what was recorded last counts."""
    said = [entry.act for entry in log if entry.act in _CONSENTS]
    return bool(said) and said[-1] == Move.RECORD_CONSENT


def next_overseer(case: Case, conflicted: Collection[str]) -> str | None:
    """Who oversees a case that its overseer has a conflict in: whoever stands in for them, else nobody.

    That is never one whom the reporter wants the case kept from, which only the bot knew when it named them.
    """
    return case.stand_in if case.stand_in not in conflicted else None


def hears_of_concerns(case: Case) -> tuple[str, ...]:
    """Who is told at once of a grave concern: the overseer and outside counsel, as far as it is not kept from them."""
    overseer = () if case.overseer is None else (case.overseer,)
    return tuple(dict.fromkeys((*overseer, *case.counsel)))
