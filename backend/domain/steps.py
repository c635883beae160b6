"""What a row of the life of a case says: the move, where it may be made and leads, and what must come with it."""

from enum import StrEnum

import msgspec

from backend.contract import CaseKind, CodeList, Compartment, Move, Obligation, Stage


class Letter(StrEnum):
    """What comes with a move."""

    NOTICE = "notice"
    """Words for the reporter, signed and sealed; the desk has a copy."""
    MINUTE = "minute"
    """Words that stay at the desk."""


class Day(StrEnum):
    """What day a move must name."""

    ANY = "any"
    COMING = "coming"
    """One that is still to come."""
    NOT_COMING = "not_coming"
    """Today, or one that is over."""
    MAYBE_COMING = "maybe_coming"
    """One that is still to come, or none."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One row."""

    move: Move
    stages: frozenset[Stage]
    #: Where it leads; the case stays where it is without.
    to: Stage | None = None
    letter: Letter = Letter.NOTICE
    #: Lists with a code for leaving the notice out; without them it must be given.
    unsaid: frozenset[CodeList] = frozenset()
    #: The list that the move's reason comes from; it has none otherwise.
    reason: CodeList | None = None
    day: Day | None = None
    #: Which kinds of case it exists for.
    kinds: frozenset[CaseKind] = frozenset(CaseKind)
    begins: tuple[Obligation, ...] = ()
    ends: tuple[Obligation, ...] = ()
    #: What is pointless afterwards.
    lapses: tuple[Obligation, ...] = ()
    #: What must have ended before.
    after: tuple[Obligation, ...] = ()
    #: The kind that the case becomes; what is owed from receipt on for that kind begins.
    becomes: CaseKind | None = None
    #: The compartment that the mover must hold: whoever has not read the facts does not decide.
    needs: Compartment = Compartment.FACTS
