"""Notices in words: every kind in every language, days as people write them, the law of the case's day."""

import pytest

from backend.contract import CheckInAnswer, CodeList, NoticeKind
from backend.profiles import profile, profile_names
from bot.conversation.catalog import LANGUAGES, Catalog, load_catalog
from bot.conversation.days import day_params
from bot.conversation.notices import SIGNED, STANDARD, notice_texts

#: What staff sign when they move a case.
KINDS = (
    "accepted", "not_accepted", "investigation", "no_investigation", "progress", "result", "measures",
    "period_changed", "closed", "reviewed", "taken_up_again", "concern_answered", "feedback_answered",
    "consent_asked", "acknowledged",
)  # fmt: skip
PARAMS = {"on": "2026-12-22", "expected_on": "2027-03-10", "reason": "new_facts"}
LAWS = {"relief": "jp_relief", "presumption": "jp_presumption_2025", "elsewhere": "jp_elsewhere"}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The texts that come with the product."""
    return load_catalog()


def said(
    catalog: Catalog, family: str, kind: str, params: dict[str, str], language: str = "en", **laws: str
) -> list[str]:
    """A notice, sentence by sentence."""
    return [catalog.text(language, text) for text in notice_texts(catalog, family, kind, params, laws)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_move_that_a_reporter_hears_of_has_its_words(catalog: Catalog, kind: str, language: str) -> None:
    """With all that it may carry and with nothing; never the words of some other notice."""
    other = catalog.text(language, notice_texts(catalog, SIGNED, "unheard_of", {}, {})[0])
    for params in ({}, PARAMS):
        words = said(catalog, SIGNED, kind, params, language, **LAWS)
        assert words[0] != other
        assert not any("2026-12-22" in sentence or "{" in sentence for sentence in words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NoticeKind)
def test_everything_the_mechanism_tells_has_its_words(catalog: Catalog, kind: NoticeKind, language: str) -> None:
    """The case store makes no notice that the bot cannot say."""
    params = {"days": "20", "expected_on": "2027-03-10"}
    (first, *_) = said(catalog, STANDARD, kind.value, params, language)
    assert first != catalog.text(language, notice_texts(catalog, STANDARD, "unheard_of", {}, {})[0])


def test_days_are_written_as_people_write_them(catalog: Catalog) -> None:
    """Year, month, day in Japanese; day, month, year in English; both while the language is not known."""
    params = {"expected_on": "2026-11-22"}
    assert said(catalog, SIGNED, "accepted", params, "ja")[1] == "対応が終わる見込みは2026年（令和8年）11月22日です。"
    assert said(catalog, SIGNED, "accepted", params)[1] == "It should be dealt with by 22 November 2026."
    both = said(catalog, SIGNED, "accepted", params, "")[1]
    assert "2026年（令和8年）11月22日" in both
    assert "22 November 2026" in both


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "2026-00-01", ""])
def test_what_is_no_day_stays_as_it_is(day: str) -> None:
    """A newer program may say more than this one knows."""
    assert day_params("on", day) == {"on": day}


def test_a_day_that_is_named_twice_is_said_once(catalog: Catalog) -> None:
    """The day of a move and the promised end may be one and the same."""
    params = {"on": "2027-06-01", "expected_on": "2027-06-01"}
    assert said(catalog, SIGNED, "period_changed", params)[1:] == ["The new day is 1 June 2027."]


def test_what_is_told_at_receipt_names_each_day(catalog: Catalog) -> None:
    """Decision, investigation, standard period, each in a sentence; and the presumption where it is in force."""
    params = {"decide_on": "2026-12-21", "investigate_on": "2026-12-25", "count": "90", "unit": "days"}
    words = said(catalog, STANDARD, "received", params, presumption="jp_presumption_2025")
    assert words[1:4] == [
        "By 21 December 2026 you are told whether your report is accepted.",
        "By 25 December 2026 you are told whether there will be an investigation.",
        "From acceptance to the end usually takes 90 days.",
    ]
    assert "presumed" in words[4]
    assert len(said(catalog, STANDARD, "received", params)) == 4


@pytest.mark.parametrize(("family", "kind"), [(SIGNED, "closed"), (STANDARD, "check_in")])
def test_relief_and_presumption_are_told_at_the_end_and_in_every_check_in(
    catalog: Catalog, family: str, kind: str
) -> None:
    """By name of the law, in both languages; a case from before knows of no presumption."""
    for language in LANGUAGES:
        words = " ".join(said(catalog, family, kind, {}, language, **LAWS))
        assert "90" in words
        assert "86" in words
        assert "1年以内" in words or "one year" in words
    old = said(catalog, family, kind, {}, relief="jp_relief")
    assert not any("presumed" in sentence for sentence in old)


def test_after_twenty_days_the_law_on_reporting_elsewhere_is_told(catalog: Catalog) -> None:
    """Plainly, with its condition."""
    words = said(catalog, STANDARD, "undecided", {"days": "20"}, **LAWS)
    assert words[0].startswith("20 days have passed")
    assert "good reason to believe" in words[1]


def test_a_reason_is_said_where_there_are_words_for_it(catalog: Catalog) -> None:
    """An organ's own code stands in the desk's own words alone."""
    assert said(catalog, SIGNED, "not_accepted", {"reason": "no_facts"}, "ja")[1].startswith("理由: 事実を")
    assert len(said(catalog, SIGNED, "not_accepted", {"reason": "organ_has_its_own"})) == 1


def test_every_code_of_every_profile_that_a_reporter_may_hear_has_its_words(catalog: Catalog) -> None:
    """Reasons, findings and what the law says."""
    told = {CodeList.NOT_ACCEPTED, CodeList.NOT_INVESTIGATED, CodeList.FINDING, CodeList.REVIEW, CodeList.TAKE_UP_AGAIN}
    for name in profile_names():
        policy = profile(name)
        codes = [f"reason.{code}" for codes in policy.lists if codes.name in told for code in codes.codes]
        assert [key for key in (*codes, *(f"law.{law.code}" for law in policy.laws)) if key not in catalog] == []


def test_every_answer_to_a_check_in_is_answered_and_shown(catalog: Catalog) -> None:
    """What follows from it, what was said, and a button for it."""
    for answer in CheckInAnswer:
        for key in (f"check_in.{answer}", f"check_in.said.{answer}", f"option.inbox.{answer}"):
            assert key in catalog


def test_a_notice_that_lacks_its_day_is_not_half_said(catalog: Catalog) -> None:
    """Words without the day they need give way to plain ones."""
    assert said(catalog, STANDARD, "overrun", {}) == ["A notice from the system."]
