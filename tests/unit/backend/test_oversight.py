"""Who oversees a case, what they are shown of it, and what a case needs; without any store."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from backend.contract import Duty, Move, Obligation, Office, Stage
from backend.contract.assigning import Need
from backend.contract.oversight import ExternalLine, Gaps
from backend.domain.case import Case, received
from backend.domain.oversight import (
    Watch,
    counted,
    gaps,
    in_order,
    is_open,
    may_act,
    next_due,
    overseen_line,
    oversees,
)
from backend.domain.people import offices_of
from backend.domain.proposals import approvals_on, is_external, needs_approval
from backend.domain.responsibility import Surroundings, may_succeed, needs_of, present
from tests.support.overseen import DAY, organ
from tests.support.reports import TODAY, submission

PUBLISHED = organ()


def case(**more: object) -> Case:
    """A case that the executive oversees."""
    plain = received("ministry", submission(overseer="tanaka", stand_in="ito"), "2026-7K3QF9", TODAY)
    return replace(plain, **more)


def duty(obligation: Obligation, days: int, **more: object) -> Duty:
    """Something owed in so many days."""
    plain = Duty(duty_id=f"{obligation}-1", obligation=obligation, begun_on=TODAY, due_on=TODAY + days * DAY)
    return replace(plain, **more)


def watch(who: str, *away: str) -> Watch:
    """Somebody who looks, while others are away."""
    return Watch(who, PUBLISHED, dict.fromkeys(away, TODAY + DAY))


@pytest.mark.parametrize(
    ("who", "away", "more", "found"),
    [
        ("tanaka", (), {}, True),
        ("tanaka", ("tanaka",), {}, True),
        ("ito", (), {}, False),
        ("ito", ("tanaka",), {}, True),
        ("ito", ("sato",), {}, False),
        ("ito", ("tanaka",), {"stand_in": None}, False),
        ("ito", (), {"overseer": "ito", "stand_in": None}, True),
        ("tanaka", ("ito",), {"overseer": "ito", "stand_in": None}, False),
        ("tanaka", (), {"held": True}, False),
        ("sato", (), {"overseer": "sato"}, False),
        ("tanaka", (), {"overseer": None, "stand_in": None}, False),
    ],
)
def test_a_case_is_overseen_by_its_overseer_or_whoever_stands_in(
    who: str, away: tuple[str, ...], more: dict[str, object], *, found: bool
) -> None:
    """By nobody else, by nobody without that office, and by nobody before staff see it."""
    assert oversees(case(**more), watch(who, *away)) is found


def test_o04_an_overseer_does_nothing_in_a_case_of_outside_counsels() -> None:
    """It is theirs to count, not to act on; an organ that has published nothing has no counsel."""
    assert not may_act(case(desk="counsel"), watch("tanaka"))
    assert may_act(case(), watch("tanaka"))
    assert not is_external(None, "counsel")


def test_what_is_owed_next_is_what_somebody_can_do() -> None:
    """Check-ins go out by themselves; whether to destroy is asked on its day."""
    owed = [duty(Obligation.CHECK_IN, 1), duty(Obligation.DECIDE_DESTRUCTION, 2), duty(Obligation.REVIEW, 3)]
    first = next_due(owed, TODAY)
    assert first is not None
    assert first.obligation is Obligation.REVIEW
    later = next_due(owed, TODAY + 2 * DAY)
    assert later is not None
    assert later.obligation is Obligation.DECIDE_DESTRUCTION
    assert next_due(owed[:1], TODAY) is None


def test_a_case_is_open_while_it_asks_something_of_somebody() -> None:
    """Before its end always, afterwards while something is owed."""
    assert is_open(case(), None)
    assert is_open(case(stage=Stage.CLOSED), duty(Obligation.RELIEVE, 1))
    assert not is_open(case(stage=Stage.CLOSED), None)


def test_what_falls_due_first_stands_on_top_and_is_counted() -> None:
    """What owes nothing comes last; overdue is what fell due before today."""
    plain = [(f"2026-{n}", days) for n, days in (("A", 3), ("B", -1), ("C", 0), ("D", None))]
    lines = [
        overseen_line(
            case(number=number, waiting=number.endswith("A")),
            None if days is None else duty(Obligation.CHECK_INVESTIGATION, days),
            (),
        )
        for number, days in plain
    ]
    ordered = in_order(lines)
    assert [line.case_number[-1] for line in ordered] == ["B", "C", "A", "D"]
    assert [line.owed_by for line in ordered] == [Office.EXECUTIVE] * 3 + [None]
    counts = counted(ordered, [ExternalLine(case_number="2026-E", desk="counsel")], TODAY)
    assert (counts.open, counts.overdue, counts.due_today, counts.waiting, counts.external) == (4, 1, 1, 1, 1)


def test_an_organ_that_has_published_nothing_lacks_nothing_that_is_known() -> None:
    """And nobody holds an office there."""
    assert gaps(None, {}, TODAY) == Gaps()
    assert offices_of(None, "tanaka") == frozenset()


def test_o06_training_that_runs_out_within_a_month_is_shown() -> None:
    """Long enough before, to hold another one; who handles nothing needs none."""
    soon = {"sato": TODAY + timedelta(days=29), "kato": TODAY + timedelta(days=30), "ando": TODAY - DAY}
    people = tuple(replace(one, trained_until=soon.get(one.staff_id, one.trained_until)) for one in PUBLISHED.people)
    found = gaps(replace(PUBLISHED, people=people), {}, TODAY)
    assert [gap.staff_id for gap in found.training] == ["sato"]
    assert found.rules_unread == ()


def around(*holders: str, away: tuple[str, ...] = (), today: date = TODAY) -> Surroundings:
    """The people around a case."""
    return Surroundings(
        published=PUBLISHED,
        away=dict.fromkeys(away, TODAY + DAY),
        holders=present(holders, PUBLISHED),
        today=today,
        rotate_after=365,
    )


@pytest.mark.parametrize(
    ("more", "surroundings", "found"),
    [
        ({}, around("sato", "kato"), (Need.OWNER,)),
        ({"owner": "sato", "owned_on": TODAY}, around("sato", "kato"), ()),
        ({"owner": "sato", "owned_on": TODAY}, around("sato", "recovery"), (Need.SECOND_KEY,)),
        ({"owner": "sato", "owned_on": TODAY}, around("sato", "kato", away=("sato",)), (Need.STAND_IN,)),
        ({"owner": "gone", "owned_on": TODAY}, around("sato", "kato", "gone"), (Need.SUCCESSOR,)),
        (
            {"owner": "sato", "owned_on": TODAY},
            around("sato", "kato", today=TODAY + timedelta(days=366)),
            (Need.ROTATION,),
        ),
        ({"owner": "sato", "owned_on": TODAY}, around("sato", "kato", today=TODAY + timedelta(days=365)), ()),
        ({"owner": "sato", "owned_on": TODAY, "overseer": "gone"}, around("sato", "kato"), (Need.OVERSEER,)),
        ({"owner": "sato", "owned_on": TODAY, "overseer": None}, around("sato", "kato"), ()),
        ({"stage": Stage.CLOSED}, around(), ()),
    ],
)
def test_a_case_says_what_it_needs(
    more: dict[str, object], surroundings: Surroundings, found: tuple[Need, ...]
) -> None:
    """By the people around it; nothing once handling has ended."""
    assert needs_of(case(**more), surroundings) == found


def test_whoever_is_no_member_opens_nothing_any_more() -> None:
    """Holders of the recovery key are nobody, and an organ that has published nothing has no members."""
    assert present(("sato", "gone", "recovery"), PUBLISHED) == {"sato"}
    assert present(("sato",), None) == frozenset()


@pytest.mark.parametrize(
    ("overseer", "stand_in", "found"),
    [
        ("ito", None, True),
        ("tanaka", "ito", True),
        (None, None, True),
        ("tanaka", "tanaka", False),
        (None, "ito", False),
        ("sato", None, False),
    ],
)
def test_a_case_is_put_under_somebody_who_holds_the_office(
    overseer: str | None, stand_in: str | None, *, found: bool
) -> None:
    """Once its overseer does not; one person is not both, and nobody stands in for nobody."""
    assert may_succeed(case(overseer="gone"), overseer, stand_in, PUBLISHED) is found
    assert may_succeed(case(overseer=None), overseer, stand_in, PUBLISHED) is found
    assert not may_succeed(case(), overseer, stand_in, PUBLISHED)


@pytest.mark.parametrize(
    ("move", "mover", "more", "found"),
    [
        (Move.DECLINE, "sato", {}, True),
        (Move.ACCEPT, "sato", {}, False),
        (Move.DECLINE, "tanaka", {}, False),
        (Move.DECLINE, "ito", {}, True),
        (Move.DECLINE, "sato", {"overseer": None}, False),
        (Move.DECLINE, "suzuki", {"desk": "counsel"}, False),
    ],
)
def test_a_move_waits_where_the_organ_wants_it_and_somebody_else_can_approve(
    move: Move, mover: str, more: dict[str, object], *, found: bool
) -> None:
    """Nobody approves their own, and nothing waits for nobody."""
    assert needs_approval(case(**more), move, mover, PUBLISHED.policy, PUBLISHED) is found
    named = approvals_on(case(**more), mover, PUBLISHED.policy, PUBLISHED)
    assert (move in named) is found
