"""The words of the public pages cover all that can be published."""

import pytest

from backend.contract import CodeList, Concern, Obligation, Unit
from backend.contract.figures import Respondent, Span
from backend.domain.figures import QUESTIONS, RECEIVED, RELIEF, STAGES
from backend.profiles import profile, profile_names
from bot.channels.web.public.shown import STEPS, TREND
from bot.channels.web.public.survey import QUESTIONS as ASKED
from bot.channels.web.public.words import load_words
from bot.conversation.catalog import LANGUAGES
from bot.ports.publishing import Period

CODES = {
    *(("stage", code) for code in ("received", *STAGES.values())),
    *((series.value, code) for series, code in RECEIVED.values()),
    *(("concern", code) for code in (*(concern.value for concern in Concern), RELIEF)),
    *(("category", code) for name in profile_names() for code in profile(name).categories),
    *(
        ("outcome", code)
        for name in profile_names()
        for codes in profile(name).lists
        if codes.name is CodeList.FINDING
        for code in codes.codes
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_counted_has_a_name(language: str) -> None:
    """Stages, findings and categories of all profiles, concerns, questions, spans."""
    words = load_words()[language]
    assert [code for series, code in CODES if words.item(series, code) == code] == []
    for key in (
        *(f"question.{question}" for question in QUESTIONS),
        *(f"respondent.{who}" for who in Respondent),
        *(f"figures.days_{span}" for span in Span),
        *(f"step.{name}" for name, _, _ in STEPS),
        *(f"step.{name}_what" for name, _, _ in STEPS),
    ):
        assert words.say(key)


def test_the_page_asks_what_the_case_store_counts() -> None:
    """The two rooms do not know each other."""
    assert ASKED == QUESTIONS
    assert set(TREND) <= {"received", *STAGES.values()}
    assert {obligation for _, obligation, _ in STEPS if obligation} <= set(Obligation)


@pytest.mark.parametrize("unit", Unit)
def test_periods_are_said_in_every_unit(unit: Unit) -> None:
    """Once, or several times."""
    ja, en = load_words()["ja"], load_words()["en"]
    assert "20" in ja.period(Period("x", (20,), unit.value))
    assert en.period(Period("x", (1, 3, 12), unit.value)).startswith("1, 3 and 12 ")
