"""What anybody may ask at any time: rules, relief, procedure and figures."""

import pytest
from msgspec.structs import replace

from bot.conversation.effects import Text
from bot.conversation.events import Command
from bot.conversation.house_style import OwnRules
from bot.conversation.lengths import length
from bot.conversation.organ import OrganCard
from bot.conversation.promises import USUAL, Law, Promise, laws_ahead, laws_on, promised_on
from bot.conversation.session import Session
from tests.support.talk import CATALOG, ORGAN, Talk, machine

RULES = OwnRules(3, {"ja": "一 通報者を探してはならない。", "en": "1. Nobody searches for a reporter."})
LAWS = (
    Law("relief", "2006-04-01", "jp_relief"),
    Law("presumption", "2026-12-01", "jp_presumption_2025"),
    Law("presumption", "2030-01-01", "jp_later"),
)


def asking(organ: OrganCard, language: str = "en") -> Talk:
    """A talk with an organ."""
    return Talk(Session(channel="web", language=language), machine(organ=organ))


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "一 通報者を探してはならない。"), ("en", "1. Nobody searches for a reporter.")]
)
def test_o02_the_rules_of_the_organ_follow_the_protection(language: str, words: str) -> None:
    """O-02: first how the reporter is protected, then what the organ has published, word for word."""
    talk = asking(replace(ORGAN, rules=RULES), language).orders(Command.RULES)
    assert talk.said[:2] == ["explanation.treatment", "law_ahead.jp_presumption_2025"]
    assert talk.said[-2:] == ["rules.above", "rules.text"]
    assert words in talk.words
    assert "3" in talk.words


def test_rules_are_shown_in_every_language_while_none_is_chosen() -> None:
    """One below the other, like everything else."""
    talk = asking(replace(ORGAN, rules=RULES), "").orders(Command.RULES)
    assert all(text in talk.words for text in RULES.text.values())


def test_rules_that_are_in_one_language_are_shown_to_everyone() -> None:
    """Better read in the other language than not at all."""
    talk = asking(replace(ORGAN, rules=OwnRules(1, {"ja": "探さない。"}))).orders(Command.RULES)
    assert "探さない。" in talk.words


def test_an_organ_without_rules_says_so() -> None:
    """Nobody is left to guess."""
    assert asking(ORGAN).orders(Command.RULES).said[-1] == "rules.none"


@pytest.mark.parametrize("typed", ["how am I protected", "rules", "/rules", "規程", "守られるしくみ"])
def test_the_rules_are_asked_for_in_plain_words(typed: str) -> None:
    """In either language."""
    assert "explanation.treatment" in asking(ORGAN).says(typed).said


@pytest.mark.parametrize(
    ("today", "now", "ahead"),
    [
        ("2026-11-22", {"relief": "jp_relief"}, {"presumption": "jp_presumption_2025"}),
        ("2026-12-01", {"relief": "jp_relief", "presumption": "jp_presumption_2025"}, {"presumption": "jp_later"}),
        ("2030-01-01", {"relief": "jp_relief", "presumption": "jp_later"}, {}),
        ("2000-01-01", {}, {"relief": "jp_relief", "presumption": "jp_presumption_2025"}),
    ],
)
def test_o42_the_law_is_what_it_is_today(today: str, now: dict[str, str], ahead: dict[str, str]) -> None:
    """O-42: from its day on, a law counts; until then it is announced, the nearest one first."""
    assert (laws_on(LAWS, today), laws_ahead(LAWS, today)) == (now, ahead)


def test_o28_relief_is_told_as_the_law_has_it() -> None:
    """O-28, O-42: which ways there are, and what is presumed from which day on."""
    words = asking(ORGAN).orders(Command.RELIEF).words
    assert "National Public Service Act, Art. 90" in words
    assert "From 1 December 2026" in words
    in_force = replace(ORGAN, laws={**ORGAN.laws, "presumption": "jp_presumption_2025"}, laws_ahead={})
    assert "From 1 December 2026" not in asking(in_force).orders(Command.RELIEF).words


def test_o43_another_regime_tells_its_own_law_and_an_unknown_one_what_holds_anywhere() -> None:
    """O-43: the Directive's words by its codes; no paragraph of Japan for an organ elsewhere."""
    europe = replace(ORGAN, laws={"relief": "eu_relief", "presumption": "eu_presumption"}, laws_ahead={})
    assert "2019/1937" in asking(europe).orders(Command.RELIEF).words
    nowhere = asking(replace(ORGAN, laws={"relief": "atlantis"}, laws_ahead={})).orders(Command.RELIEF)
    assert nowhere.said == ["relief.ways", "relief.presumption", "relief.tell"]
    assert "National Public Service Act" not in nowhere.words


def test_o22_the_procedure_tells_the_periods_that_were_promised_in_their_units() -> None:
    """O-22, O-41: days, working days and months, as the organ has set them."""
    promises = {
        **USUAL,
        "decide_acceptance": Promise("2026-04-01", (10,), "business_days"),
        "finish": Promise("2026-04-01", (3,), "months"),
        "check_in": Promise("2026-04-01", (1, 3, 6, 12), "months"),
    }
    words = asking(replace(ORGAN, promises=promises)).orders(Command.PROCEDURE).words
    assert "within 10 working days you are told whether it is accepted" in words
    assert "within 20 days of your report" in words
    assert "within 3 months of acceptance" in words
    assert "1, 3, 6 and 12 months later" in words
    assert "answered within a reasonable time" in words


def test_the_explanation_tells_the_same_periods() -> None:
    """What is said before the hand-over is what is promised."""
    promises = {"decide_investigation": Promise("2026-04-01", (1,), "months"), "finish": USUAL["finish"]}
    talk = asking(replace(ORGAN, promises=promises), "ja").orders(Command.RULES)
    assert "遅くとも通報から1か月以内" in talk.words
    assert "標準的な期間は90日です" in talk.words


def test_the_figures_are_where_everybody_can_look() -> None:
    """The address of the public page, and what it holds."""
    assert "https://talk.example/public/" in asking(ORGAN).orders(Command.FIGURES).words


@pytest.mark.parametrize(
    ("promise", "english", "japanese"),
    [
        (Promise("", (20,)), "20 days", "20日"),
        (Promise("", (1,)), "1 day", "1日"),
        (Promise("", (10,), "business_days"), "10 working days", "10開庁日"),
        (Promise("", (1,), "business_days"), "1 working day", "1開庁日"),
        (Promise("", (1,), "months"), "1 month", "1か月"),
        (Promise("", (1, 3), "months"), "1 and 3 months", "1・3か月"),
        (Promise("", (1, 3, 6), "months"), "1, 3 and 6 months", "1・3・6か月"),
        (Promise(""), "a reasonable time", "相当の期間"),
        (None, "a reasonable time", "相当の期間"),
    ],
)
def test_a_period_is_said_in_its_unit(promise: Promise | None, english: str, japanese: str) -> None:
    """One of a thing is said as one."""
    assert (length(CATALOG, "en", promise), length(CATALOG, "ja", promise)) == (english, japanese)


def test_a_promise_changes_on_its_day() -> None:
    """A report of the day before is promised what counted then; what is no longer promised is not said."""
    dated = {
        "finish": (Promise("2027-04-01", (60,)), Promise("2006-04-01", (90,))),
        "relieve": (Promise("2006-04-01", (7,)), Promise("2027-04-01")),
    }
    before, after = promised_on(dated, "2027-03-31"), promised_on(dated, "2027-04-01")
    assert (before["finish"].counts, after["finish"].counts) == ((90,), (60,))
    assert ("relieve" in before, "relieve" in after) == (True, False)
    assert promised_on(dated, "1999-01-01")["finish"].counts == (90,)


def test_a_roster_from_before_promises_were_published_promises_what_the_act_says() -> None:
    """Twenty days, and the ninety that every organ began with."""
    assert promised_on({}, "2026-11-22") == USUAL


def test_every_text_that_follows_the_law_says_something_without_one() -> None:
    """The catalogue has words of its own for each."""
    assert all(CATALOG.text("en", Text(key)) for key in ("explanation.law", "relief.ways", "relief.presumption"))
