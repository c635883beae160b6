"""How long a case is kept, and who may stop or confirm its destruction, without any store."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from backend.contract import CaseKind, Duty, Fault, Obligation, Preservation, Stage
from backend.domain.case import Case, Refused, received
from backend.domain.chain import entry
from backend.domain.obligations import begin
from backend.domain.oversight import Watch
from backend.domain.retention import Hold, decidable, decides, held, may_hold, remains
from backend.profiles import profile
from tests.support.ended_cases import organ_of
from tests.support.reports import TODAY, submission

POLICY = profile()
ENDED = date(2026, 11, 24)
OVER = date(2031, 11, 24)
DAY = timedelta(days=1)
HOLD = Hold(code="litigation", since=TODAY, set_by="sato")


def ended(**more: object) -> Case:
    """A case that was closed."""
    case = received("ministry", submission(), "2026-7K3QF9", TODAY)
    given: dict[str, object] = {"stage": Stage.CLOSED, "ended_on": ENDED, "overseer": "tanaka", "owner": "sato"}
    return replace(case, **(given | more))


def decision(on: date = ENDED, kind: CaseKind = CaseKind.REPORT) -> list[Duty]:
    """What is owed after the end."""
    return begin([], Obligation.DECIDE_DESTRUCTION, on, POLICY, received_on=TODAY, kind=kind)


def watch(staff_id: str, **away: date) -> Watch:
    """Somebody at the organ, who may be away until a day."""
    return Watch(staff_id, organ_of("sato", "suzuki"), away)


def test_nothing_is_destroyed_a_day_too_early() -> None:
    """Five years to the day from the end, although the decision falls due on the open day before a closed one."""
    assert decidable(ended(), None, decision(), POLICY, OVER - DAY) == Refused(Fault.NOT_YET)
    assert decidable(ended(), None, decision(), POLICY, OVER) is None
    on_a_saturday = date(2022, 12, 31)
    duties = decision(on_a_saturday)
    assert duties[0].due_on < date(2027, 12, 31)
    assert decidable(ended(), None, duties, POLICY, date(2027, 12, 30)) == Refused(Fault.NOT_YET)
    assert decidable(ended(), None, duties, POLICY, date(2027, 12, 31)) is None


def test_a_leap_day_has_its_anniversary() -> None:
    """What ended on 29 February is kept to the end of the February that has none."""
    duties = decision(date(2028, 2, 29))
    assert decidable(ended(), None, duties, POLICY, date(2033, 2, 28)) == Refused(Fault.NOT_YET)
    assert decidable(ended(), None, duties, POLICY, date(2033, 3, 1)) is None


def test_longer_periods_count_for_old_cases_and_shorter_ones_do_not() -> None:
    """What was promised to be kept stays; what the organ now keeps longer, it keeps longer."""
    longer, shorter = (
        replace(POLICY, preservation=(Preservation(kind=CaseKind.REPORT, years=years),)) for years in (7, 1)
    )
    assert decidable(ended(), None, decision(), longer, OVER) == Refused(Fault.NOT_YET)
    assert decidable(ended(), None, decision(), longer, date(2033, 11, 24)) is None
    assert decidable(ended(), None, decision(), shorter, OVER - 9 * DAY) == Refused(Fault.NOT_YET)
    unset = replace(POLICY, preservation=())
    assert decidable(ended(), None, decision(), unset, OVER) is None


def test_a_hold_stops_every_decision() -> None:
    """However long the period has been over."""
    assert decidable(ended(), HOLD, decision(), POLICY, OVER + 3650 * DAY) == Refused(Fault.ON_HOLD)


def test_a_case_on_which_something_else_is_owed_is_not_destroyed() -> None:
    """A reporter who is treated badly years later still has a case; a question the mechanism asks stops nothing."""
    relief, asked = (
        Duty(duty_id=f"{each}-1", obligation=each, begun_on=ENDED, due_on=OVER)
        for each in (Obligation.RELIEVE, Obligation.CHECK_IN)
    )
    assert decidable(ended(), None, [*decision(), relief], POLICY, OVER) == Refused(Fault.NOT_YET)
    assert decidable(ended(), None, [*decision(), asked], POLICY, OVER) is None


@pytest.mark.parametrize("keys", [Obligation.RENEW_KEYS, Obligation.REASSIGN])
def test_keys_that_are_owed_do_not_stop_a_destruction(keys: Obligation) -> None:
    """Where all readers of an ended case have left, nobody could ever end what is owed."""
    owed = Duty(duty_id=f"{keys}-1", obligation=keys, begun_on=ENDED, due_on=OVER)
    assert decidable(ended(), None, [*decision(), owed], POLICY, OVER) is None


def test_a_case_that_has_not_ended_is_not_destroyed() -> None:
    """Without a decision that is owed there is none to be made."""
    assert decidable(ended(), None, [], POLICY, OVER) == Refused(Fault.NOT_YET)


@pytest.mark.parametrize("code", ["litigation", "request"])
def test_a_hold_bears_a_reason_of_the_list(code: str) -> None:
    """Why, since when and by whom."""
    assert held(code, POLICY, TODAY, "sato") == Hold(code=code, since=TODAY, set_by="sato")


@pytest.mark.parametrize("code", ["", " ", "because"])
def test_a_hold_without_a_listed_reason_is_none(code: str) -> None:
    """Free words are no reason."""
    assert held(code, POLICY, TODAY, "sato") == Refused(Fault.REASON_NEEDED)


def deciding(case: Case, **away: date) -> list[str]:
    """Who may decide about a case."""
    return [who for who in ("sato", "suzuki", "tanaka", "ito") if decides(case, watch(who, **away))]


def test_whoever_oversees_a_case_decides_about_it() -> None:
    """Neither the executive of a case that excludes them, nor its owner, nor a colleague."""
    assert deciding(ended()) == ["tanaka"]
    assert deciding(ended(overseer="ito")) == ["ito"]
    assert deciding(ended(overseer="suzuki")) == []


def test_whoever_stands_in_decides_while_the_overseer_is_away() -> None:
    """And not before, nor where nobody was named to stand in."""
    case = ended(stand_in="ito")
    assert deciding(case) == ["tanaka"]
    assert "ito" in deciding(case, tanaka=OVER)
    assert "ito" not in deciding(ended(), tanaka=OVER)


def test_where_executive_and_deputy_are_kept_out_the_owner_decides() -> None:
    """Whoever answers for the case is the only one left."""
    assert deciding(ended(overseer=None)) == ["sato"]
    assert deciding(ended(overseer=None, owner=None)) == []


def test_owner_and_overseer_may_hold_a_case() -> None:
    """Both can only keep something from being destroyed; others cannot even do that."""
    holding = [who for who in ("sato", "suzuki", "tanaka", "ito") if may_hold(ended(), watch(who))]
    assert holding == ["sato", "tanaka"]


def test_what_is_left_of_a_case_says_next_to_nothing() -> None:
    """Its number, desk and kind, the half-year it came in, and the end of its log."""
    receipt = entry(
        sequence=8, on=OVER, actor="tanaka", act="destroyed", content_hash=b"c" * 32, previous_hash=b"p" * 32
    )
    full = ended(card=b"card", mailbox="m", letters=4, reason="no_facts", expected_on=TODAY, awaits_answer=True)
    left = remains(full, receipt, 4)
    assert left.received_on == date(2026, 10, 1)
    assert (left.log_length, left.log_head) == (9, receipt.entry_hash)
    kept = {"number", "submission_id", "desk", "kind", "overseer"}
    told = {name for name in kept if getattr(left, name) == getattr(full, name)}
    assert told == kept
    assert remains(ended(overseer=None), receipt, 4).owner == "sato"
    assert (left.stage, left.card, left.mailbox, left.reason, left.ended_on, left.owner) == (
        Stage.DESTROYED, b"", None, None, None, None
    )  # fmt: skip
