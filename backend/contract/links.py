"""Cases that are about the same matter: told apart for their reporters, seen together by those who may open both."""

from datetime import date
from enum import StrEnum

from backend.contract.words import Record


class LinkKind(StrEnum):
    """How one case belongs to another, seen from the one."""

    SAME_MATTER = "same_matter"
    FOLLOWS = "follows"
    """It is handled with the other, which goes on."""
    LEADS = "leads"
    """It goes on for the other as well."""


class LinkCases(Record, frozen=True):
    """Put two cases together, in both of them."""

    other: str
    kind: LinkKind


class Link(Record, frozen=True):
    """One case as another one names it."""

    other: str
    kind: LinkKind
    on: date
    by: str
