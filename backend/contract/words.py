"""The words of the API: roles, stages, moves, faults; and the base of every record. No behaviour."""

from enum import StrEnum

import msgspec

API_VERSION = 1  # the version in every path: `/api/v1/...`


class Role(StrEnum):
    """What a bearer credential is good for; each belongs to one organ."""

    INTAKE = "intake"
    """The bot: hands over, opens inboxes by locator, drains the outbox. Reads no staff route."""
    STAFF = "staff"
    """One staff member: the cases granted to them."""
    PUBLISHER = "publisher"
    """The organ's administration: publishes rosters and staff credentials. Reads no case."""


class Stage(StrEnum):
    """Where a case stands (Guidelines 3)."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"


class Move(StrEnum):
    """What staff may do to a case's stage."""

    ACCEPT = "accept"
    DECLINE = "decline"


class Compartment(StrEnum):
    """The three sealed rooms of a case, each with a key of its own."""

    FACTS = "facts"
    IDENTITY = "identity"
    MASKED = "masked"


class Escalation(StrEnum):
    """How a case came to where it is, when nobody at the chosen desk could be given a key."""

    NONE = "none"
    FALLBACK = "fallback"
    RECOVERY = "recovery"


class Side(StrEnum):
    """Who wrote a letter of the thread; what it says is sealed."""

    REPORTER = "reporter"
    STAFF = "staff"


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all that crosses the API: immutable, and refusing fields it does not know."""


class Fault(StrEnum):
    """Why a request was refused; the HTTP status says who must act."""

    UNREADABLE = "unreadable"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NO_SUCH_MOVE = "no_such_move"
    REASON_NEEDED = "reason_needed"
    FILE_MISSING = "file_missing"
    OLDER_ROSTER = "older_roster"
    TOO_LARGE = "too_large"
    BUSY = "busy"


class Refusal(Record, frozen=True):
    """The body of every answer that is not 2xx."""

    fault: Fault
