"""Days as people read them, in every language. Takes and gives words; knows no clock and no calendar."""

import re

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day_params(name: str, day: str) -> dict[str, str]:
    """Give a day (ISO 8601) as a parameter of a text, as each language writes it; as it is where it is no day."""
    found = _DAY.fullmatch(day)
    if found is None or not 1 <= int(found[2]) <= len(_MONTHS):
        return {name: day}
    year, month, number = (int(part) for part in found.groups())
    return {
        name: day,
        f"{name}:ja": f"{year}年{month}月{number}日",
        f"{name}:en": f"{number} {_MONTHS[month - 1]} {year}",
    }
