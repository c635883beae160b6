"""`[policy]` and `[rules]` of `organ.toml`, laid over a profile."""

from datetime import date

import pytest
from msgspec.structs import replace

from backend.contract import CaseKind, CodeList, Obligation, Period, Policy, Unit
from backend.domain.policy import codes_of, period_of, years_preserved
from backend.profiles import profile, profile_names
from madoguchi.organ.fields import Fields
from madoguchi.organ.plan import settings_of
from madoguchi.organ.policies import read_policy, read_rules

LATER = date(2027, 4, 1)


def policy(**given: object) -> Policy:
    """What comes of a `[policy]` table without faults."""
    fields = Fields({"policy": given})
    read = read_policy(fields)
    assert fields.faults == []
    return read


def faults(**given: object) -> list[str]:
    """Where a `[policy]` table is wrong."""
    fields = Fields({"policy": given})
    read_policy(fields)
    return [fault.where for fault in fields.faults]


def test_an_organ_that_says_nothing_has_the_profile_as_it_is() -> None:
    """The Guidelines and the Act are where everyone starts."""
    assert read_policy(Fields({})) == profile("jp-national-organ")


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_has_a_period_for_all_that_can_be_owed(name: str) -> None:
    """Except for destruction, whose period is the years of preservation, one row for each kind of case."""
    read = profile(name)
    first = read.editions[0].since
    missing = {one for one in Obligation if period_of(read, one, first) is None}
    assert missing == {Obligation.DECIDE_DESTRUCTION}
    assert {row.kind for row in read.preservation} == set(CaseKind)
    assert {codes.name for codes in read.lists} == set(CodeList)


def test_o_43_another_regime_is_another_file() -> None:
    """O-43: the Directive's seven days and three months come by naming its profile, with no code for them."""
    eu = policy(profile="eu-2019-1937")
    assert period_of(eu, Obligation.ACKNOWLEDGE, LATER) == Period(obligation=Obligation.ACKNOWLEDGE, counts=(7,))
    expected = Period(obligation=Obligation.FINISH, counts=(3,), unit=Unit.MONTHS)
    assert period_of(eu, Obligation.FINISH, LATER) == expected


def test_a_list_takes_the_place_of_the_profiles_and_the_others_stay() -> None:
    """An organ has reasons of its own for one thing, and the usual ones for the rest."""
    read = policy(lists={"not_accepted": ["outside_our_duty"]}, preservation={"report": 10})
    assert codes_of(read, CodeList.NOT_ACCEPTED) == {"outside_our_duty"}
    assert codes_of(read, CodeList.GROUND) == codes_of(profile(), CodeList.GROUND)
    assert (years_preserved(read, CaseKind.REPORT), years_preserved(read, CaseKind.FEEDBACK)) == (10, 3)


def test_new_periods_hold_for_what_is_received_from_then_on() -> None:
    """An old case keeps the periods of its day; what the new edition does not name stays as it was."""
    read = policy(editions=[{"since": LATER, "periods": {"finish": {"counts": [60]}}}])
    before, after = (period_of(read, Obligation.FINISH, day) for day in (date(2027, 3, 31), LATER))
    assert before is not None
    assert after is not None
    assert (before.counts, after.counts) == ((90,), (60,))
    assert period_of(read, Obligation.RELIEVE, LATER) == period_of(profile(), Obligation.RELIEVE, LATER)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"profile": "atlantis"}, "policy.profile"),
        ({"colour": "red"}, "policy"),
        ({"country": "ZZ"}, "policy.country"),
        ({"lists": {"favourites": ["x"]}}, "policy"),
        ({"lists": ["x"]}, "policy"),
        ({"editions": [{"since": "soon", "periods": {}}]}, "policy"),
        ({"editions": [{"periods": {}}]}, "policy"),
        ({"approvals": ["everything"]}, "policy"),
    ],
)
def test_what_makes_no_sense_is_told_with_its_place(given: dict[str, object], where: str) -> None:
    """The administrator corrects the file; nothing is guessed."""
    assert faults(**given) == [where]


def test_rules_are_a_version_with_words() -> None:
    """Everyone acknowledges a version; a number and its text in each language is all it is."""
    fields = Fields({"rules": {"version": 3, "text": {"ja": "探さない。", "en": "Nobody searches."}}})
    assert (read_rules(fields).version, fields.faults) == (3, [])
    assert read_rules(Fields({})).version == 0


def test_a_change_of_one_setting_is_one_line() -> None:
    """What is shown before it is signed is what is different, and nothing else."""
    was, becomes = settings_of(profile()), settings_of(replace(profile(), remind_before=7))
    assert {name for name in was if was[name] != becomes[name]} == {"remind_before"}
