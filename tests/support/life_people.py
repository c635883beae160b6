"""The two organs that a walk through the life of cases goes by, and what is known of a case."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from backend.contract import (
    Duty,
    LogEntry,
    Move,
    Office,
    Person,
    Policy,
    Publication,
    Rules,
    StandardNotice,
)
from backend.domain.case import Case
from backend.domain.holdings import RECOVERY, Holding
from backend.profiles import profile
from tests.support.reports import token_hash

ORGANS = ("ministry", "agency")
STAFF = ("sato", "mori", "kubo")
#: Executive and deputy.
HEADS = ("endo", "date")
BEGINNING = date(2026, 11, 24)


class Known(NamedTuple):
    """A case as the walk knows it: whose it is, what its submission is called, its number."""

    organ: str
    name: str
    number: str


class Seen(NamedTuple):
    """All there is of a case at one moment."""

    case: Case
    duties: Sequence[Duty]
    holdings: frozenset[Holding]
    log: Sequence[LogEntry]
    notices: Sequence[StandardNotice]
    #: To whom its line or an alert of it is shown.
    shown_to: frozenset[str]


class CrashError(Exception):
    """The process dies here, before anything was kept."""


def policy_of(organ: str) -> Policy:
    """The agency wants results and ends approved; the ministry wants nothing beyond the profile."""
    return replace(profile(), approvals=(Move.CONCLUDE, Move.CLOSE) if organ == "agency" else ())


def published(organ: str) -> Publication:
    """The organ's people."""
    offices = dict.fromkeys(STAFF, (Office.STAFF,)) | {"endo": (Office.EXECUTIVE,), "date": (Office.DEPUTY,)}
    people = tuple(
        Person(
            staff_id=who,
            credential_hash=token_hash(f"{who} of {organ}"),
            offices=offices[who],
            desks=("integrated",) if who in STAFF else (),
            trained_until=date(2099, 3, 31),
        )
        for who in (*STAFF, *HEADS)
    )
    return Publication(
        serial=1,
        document=b"signed",
        desks=("integrated",),
        people=(*people, Person(staff_id=RECOVERY, credential_hash=token_hash(f"slips of {organ}"), offices=())),
        policy=policy_of(organ),
        rules=Rules(version=1, text={"en": "Nobody searches for a reporter."}),
        executive="endo",
        deputy="date",
    )
