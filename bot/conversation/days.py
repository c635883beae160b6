"""Days as people read them, in every language. Takes and gives words; knows no clock.

Japanese days bear the year of the era beside the common one, as official letters do; the eras are rows.
"""

import re

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
#: Eras with their first day, newest first. Another one is another row.
_ERAS = (
    ("2019-05-01", "令和"),
    ("1989-01-08", "平成"),
    ("1926-12-25", "昭和"),
    ("1912-07-30", "大正"),
)


def day_params(name: str, day: str) -> dict[str, str]:
    """Give a day (ISO 8601) as a parameter of a text, as each language writes it; as it is where it is no day."""
    found = _DAY.fullmatch(day)
    if found is None or not 1 <= int(found[2]) <= len(_MONTHS):
        return {name: day}
    year, month, number = (int(part) for part in found.groups())
    return {
        name: day,
        f"{name}:ja": f"{year}年{_era(day, year)}{month}月{number}日",
        f"{name}:en": f"{number} {_MONTHS[month - 1]} {year}",
    }


def _era(day: str, year: int) -> str:
    """Give the year of the era in brackets; the first one is called 元年. Nothing before the oldest row."""
    era = next(((first, era) for first, era in _ERAS if first <= day), None)
    if era is None:
        return ""
    count = year - int(era[0][:4]) + 1
    return f"（{era[1]}{'元' if count == 1 else count}年）"
