"""Who may go near a case, and what follows when somebody may not any more."""

from datetime import date

import pytest
from msgspec.structs import replace

from backend.contract import AlertKind, Compartment, Fault, Obligation, Office
from backend.domain.case import received
from backend.domain.holdings import RECOVERY, Holding, holders_of, newest_epoch, orphaned, readers_at
from backend.domain.secrecy import Readiness, aftermath, inadmissible, next_overseer, person_of, unready
from tests.support.overseen import organ
from tests.support.reports import TODAY, submission

FACTS, IDENTITY, MASKED = Compartment.FACTS, Compartment.IDENTITY, Compartment.MASKED
SATO = person_of(organ(), "sato")
READY = Readiness(person=SATO, rules=2, acknowledged=2, declared=True)
CASE = received("ministry", submission(overseer="tanaka", stand_in="ito"), "2026-7K3QF9", TODAY)


@pytest.mark.parametrize(
    ("lacks", "fault"),
    [
        ({}, None),
        ({"acknowledged": 3}, None),
        ({"person": None}, Fault.UNTRAINED),
        ({"acknowledged": 1, "declared": False}, Fault.RULES_UNREAD),
        ({"declared": False}, Fault.UNDECLARED),
        ({"rules": 0, "acknowledged": 0}, None),
    ],
    ids=["all is there", "a newer version", "left the organ", "older rules", "undeclared", "no rules set"],
)
def test_what_is_lacking_is_said_in_the_order_in_which_it_is_mended(
    lacks: dict[str, object], fault: Fault | None
) -> None:
    """Training is the administrator's, the rules once a version, a declaration once a phase."""
    assert unready(replace(READY, **lacks), TODAY) is fault


@pytest.mark.parametrize(
    ("until", "fault"), [(TODAY, None), (date(2026, 11, 20), Fault.UNTRAINED), (None, Fault.UNTRAINED)]
)
def test_training_counts_to_the_end_of_its_last_day(until: date | None, fault: Fault | None) -> None:
    """And not on the day after; without a date there is none."""
    assert SATO is not None
    assert unready(replace(READY, person=replace(SATO, trained_until=until)), TODAY) is fault


@pytest.mark.parametrize(
    ("who", "fault"),
    [
        ("kato", None),
        ("tanaka", None),
        ("mori", Fault.NOT_ALLOWED),
        ("ando", Fault.NOT_ALLOWED),
        ("nobody", Fault.NOT_ALLOWED),
        ("suzuki", Fault.NOT_ALLOWED),
    ],
    ids=["a member", "the executive", "an auditor", "an administrator", "a stranger", "one with a conflict"],
)
def test_keys_are_given_to_members_alone(who: str, fault: Fault | None) -> None:
    """An auditor or administrator has none, whatever else they are."""
    assert inadmissible(organ(), who, {"suzuki"}, TODAY) is fault


def test_whoever_holds_two_offices_is_judged_by_the_one_that_reads_nothing() -> None:
    """Staff at a desk who also set the organ up cannot give themselves a case."""
    roster = organ()
    people = tuple(replace(one, offices=(Office.STAFF, Office.ADMINISTRATOR)) for one in roster.people)
    assert inadmissible(replace(roster, people=people), "sato", (), TODAY) is Fault.NOT_ALLOWED
    assert inadmissible(None, "sato", (), TODAY) is Fault.NOT_ALLOWED


def test_what_somebody_alone_holds_is_what_nobody_else_of_the_organ_holds() -> None:
    """One who has left it holds nothing; the recovery key does."""
    holdings = [
        Holding("sato", FACTS, 0),
        Holding("sato", FACTS, 1),
        Holding("sato", IDENTITY, 0),
        Holding("sato", MASKED, 0),
        Holding("left", FACTS, 1),
        Holding("kato", MASKED, 0),
    ]
    assert orphaned(holdings, "sato", organ()) == set(holdings[:3])
    assert orphaned([*holdings, Holding("kato", FACTS, 1)], "sato", organ()) == {holdings[2]}
    assert orphaned(holdings, "sato", None) == set(holdings[:4])


def test_the_newest_key_is_the_one_in_use() -> None:
    """By compartment; one that nobody holds has the number of the hand-over."""
    holdings = [Holding("sato", FACTS, 0), Holding("sato", FACTS, 2), Holding("kato", FACTS, 1)]
    assert (newest_epoch(holdings, FACTS), newest_epoch(holdings, MASKED)) == (2, 0)
    assert holders_of(holdings, FACTS) == {"sato", "kato"}


@pytest.mark.parametrize(
    ("left", "begins", "alerts"),
    [
        ({"sato": FACTS}, (Obligation.RENEW_KEYS,), ()),
        ({"kato": FACTS}, (Obligation.RENEW_KEYS, Obligation.REASSIGN), (AlertKind.NOBODY_LEFT,)),
        ({"sato": MASKED}, (Obligation.REASSIGN,), (AlertKind.NOBODY_LEFT,)),
        ({RECOVERY: FACTS}, (Obligation.REASSIGN,), (AlertKind.NOBODY_LEFT,)),
        ({}, (Obligation.REASSIGN,), (AlertKind.NOBODY_LEFT,)),
    ],
    ids=["a colleague reads on", "another desk does", "an investigator is no reader", "the recovery key", "nobody"],
)
def test_what_is_owed_after_somebody_lost_their_keys(
    left: dict[str, Compartment], begins: tuple[Obligation, ...], alerts: tuple[AlertKind, ...]
) -> None:
    """Who still reads gets a fresh key; where nobody at the desk does, somebody else must take the case over."""
    holdings = [Holding(holder, compartment, 0) for holder, compartment in left.items()]
    assert aftermath(CASE, holdings, organ()) == (begins, alerts)


def test_readers_are_members_who_hold_the_facts() -> None:
    """Of the desk, or of all; of an organ that has published nothing there are none."""
    holdings = [Holding(who, FACTS, 0) for who in ("sato", "kato", "left", RECOVERY)]
    assert readers_at("integrated", holdings, organ()) == {"sato"}
    assert readers_at(None, holdings, organ()) == {"sato", "kato"}
    assert readers_at(None, holdings, None) == set()


def test_the_one_who_stands_in_oversees_after_a_conflict_unless_they_have_one() -> None:
    """Nobody does where there is nobody else."""
    assert next_overseer(CASE, {"tanaka"}) == "ito"
    assert next_overseer(CASE, {"tanaka", "ito"}) is None
    assert next_overseer(replace(CASE, stand_in=None), {"tanaka"}) is None
