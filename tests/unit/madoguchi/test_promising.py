"""What reporters are told of an organ's policy, as it goes into the signed roster."""

from datetime import date

from msgspec.structs import replace

from backend.contract import Edition, Obligation, Period, Rules, Unit
from backend.profiles import profile
from bot.conversation.house_style import HouseStyle, OwnRules, read_house_style
from bot.conversation.promises import Promise, promised_on
from madoguchi.organ.promising import laws_of, with_promises
from madoguchi.organ.talk_changes import next_talk, talk_changes
from tests.support.own_talk import BUDGET, SUBSIDIES, style

NO_RULES = Rules(version=0, text={})


def test_o41_the_twenty_days_and_all_other_periods_go_into_the_roster() -> None:
    """O-22, O-41: each with its unit, and the rules with their version."""
    told = with_promises(HouseStyle(), profile(), Rules(version=3, text={"en": "Nobody searches."}))
    assert told.promises["decide_investigation"] == (Promise("2006-04-01", (20,)),)
    assert told.promises["decide_acceptance"] == (Promise("2006-04-01", (10,), "business_days"),)
    assert told.promises["check_in"][0].counts == (1, 3, 6, 12)
    assert (told.rules, told.time_zone) == (OwnRules(3, {"en": "Nobody searches."}), "Asia/Tokyo")


def test_a_change_that_is_announced_comes_along_and_what_stays_is_said_once() -> None:
    """The bot can tell today's period and, from its day on, the next one."""
    days = {row.obligation: row for row in profile().editions[0].periods}
    days[Obligation.FINISH] = Period(obligation=Obligation.FINISH, counts=(3,), unit=Unit.MONTHS)
    later = Edition(since=date(2027, 4, 1), periods=tuple(days.values()))
    policy = replace(profile(), editions=(*profile().editions, later))
    told = with_promises(HouseStyle(), policy, NO_RULES).promises
    assert [promise.since for promise in told["finish"]] == ["2006-04-01", "2027-04-01"]
    assert promised_on(told, "2027-04-01")["finish"] == Promise("2027-04-01", (3,), "months")
    assert len(told["decide_investigation"]) == 1


def test_what_is_no_longer_owed_is_no_longer_promised() -> None:
    """From the edition on that leaves it out."""
    later = Edition(since=date(2027, 4, 1), periods=())
    policy = replace(profile(), editions=(*profile().editions, later))
    told = with_promises(HouseStyle(), policy, NO_RULES).promises
    assert "relieve" in promised_on(told, "2027-03-31")
    assert promised_on(told, "2027-04-01") == {}


def test_o43_another_regime_has_its_own_laws() -> None:
    """O-43: by their codes, each with its day."""
    assert {law.code for law in laws_of(profile("eu-2019-1937"))} == {"eu_relief", "eu_presumption"}


def test_the_edition_is_the_roster_in_which_a_question_changed_last() -> None:
    """Texts and periods may change without anybody's answers belonging to another form."""
    first = next_talk(style(BUDGET, edition=0), {}, 3)
    same = next_talk(replace(style(BUDGET, edition=0), texts={"en": {}}), first, 4)
    other = next_talk(style(BUDGET, edition=0, categories=(SUBSIDIES,)), same, 5)
    assert [read_house_style(talk).edition for talk in (first, same, other)] == [3, 3, 5]


def test_what_would_change_is_told_line_by_line() -> None:
    """New, changed and gone; what stays is not mentioned."""
    texts = {"ja": {"figures.where": "数字"}, "en": {"figures.where": "A very long text " * 9}}
    was = next_talk(style(BUDGET, texts=texts), {}, 1)
    changed = replace(BUDGET, skippable=False)
    becomes = next_talk(style(changed, categories=(SUBSIDIES,), texts={"ja": {"figures.where": "数字"}}), was, 2)
    lines = list(talk_changes(was, becomes))
    assert [line.key.removeprefix("organ.plan.") for line in lines] == ["text.gone", "question.changed", "category.new"]
    assert lines[1].params == {"id": "budget", "what": "report > known: 費目 / Budget line"}
    assert list(talk_changes(becomes, becomes)) == []


def test_a_long_text_is_shown_by_its_beginning() -> None:
    """The line stays a line."""
    becomes = next_talk(style(texts={"en": {"figures.where": "word " * 99}}), {}, 1)
    (line,) = talk_changes({}, becomes)
    assert line.params["what"].endswith("…")
    assert len(line.params["what"]) == 61


def test_a_talk_that_another_version_signed_is_shown_as_new() -> None:
    """Nothing is compared with what cannot be read."""
    becomes = next_talk(style(BUDGET), {"questions": [1]}, 1)
    assert [line.key for line in talk_changes({"questions": [1]}, becomes)] == ["organ.plan.question.new"]


def test_new_periods_are_one_line() -> None:
    """The lines on the policy say which."""
    was = next_talk(HouseStyle(), {}, 1)
    becomes = next_talk(with_promises(HouseStyle(), profile(), NO_RULES), was, 2)
    assert [line.key for line in talk_changes(was, becomes)] == ["organ.plan.promises"]
