"""Days as people read them."""

import pytest

from bot.conversation.days import day_params


@pytest.mark.parametrize(
    ("day", "ja", "en"),
    [
        ("2026-11-22", "2026年（令和8年）11月22日", "22 November 2026"),
        ("2019-05-01", "2019年（令和元年）5月1日", "1 May 2019"),
        ("2019-04-30", "2019年（平成31年）4月30日", "30 April 2019"),
        ("1989-01-07", "1989年（昭和64年）1月7日", "7 January 1989"),
        ("1926-12-25", "1926年（昭和元年）12月25日", "25 December 1926"),
        ("1912-07-29", "1912年7月29日", "29 July 1912"),
    ],
)
def test_a_japanese_day_bears_the_year_of_its_era(day: str, ja: str, en: str) -> None:
    """The first year is called 元年, the last day of an era is still of that era; before the oldest row none stands."""
    assert day_params("day", day) == {"day": day, "day:ja": ja, "day:en": en}


@pytest.mark.parametrize("day", ["2026-13-01", "tomorrow", ""])
def test_what_is_no_day_stays_as_it_is(day: str) -> None:
    """A store that is newer than this bot may say a day in words."""
    assert day_params("day", day) == {"day": day}
