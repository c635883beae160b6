"""What a person gave with a command, checked before any case is opened: codes, days, grounds, words.

Checks what the organ has set, so that a slip of the pen is answered with what there is to choose from. Whether a case
allows the move is for later; the case store checks all of it again.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from backend.contract import CodeList, Move, Policy
from backend.domain.policy import codes_of
from backend.domain.steps import Day
from madoguchi.staff.deeds import Deed
from madoguchi.words import NotDoneError, Words

#: Tables of the catalogue in which codes stand, beside those that are named like their list.
CATEGORIES = "category"


class CodeNeededError(NotDoneError):
    """A code of the organ's is asked for; says which there are, and what they mean."""

    def __init__(self, code: str, option: str, known: Mapping[str, Iterable[str]]) -> None:
        super().__init__("code.unknown" if code else "code.needed", option=option, code=code)
        self.known = known

    def told(self, words: Words) -> list[str]:
        """Return the refusal and the codes."""
        rows = [(name, code) for name, codes in self.known.items() for code in codes]
        return [
            *super().told(words),
            *(f"  {code}: {words.known(f'code.{name}.{code}') or code}" for name, code in rows),
        ]


class Given(msgspec.Struct, frozen=True):
    """What was given, as it counts."""

    text: str = ""
    on: date | None = None
    code: str | None = None
    unsaid: str | None = None
    category: str | None = None
    #: What a minute says beside its words.
    extras: dict[str, str] = {}


def given(deed: Deed, typed: Mapping[str, str | bool], policy: Policy, today: date) -> Given:
    """Return what was typed as it counts. Raises `NotDoneError` for what is missing or makes no sense."""
    words = {name: value.strip() for name, value in typed.items() if isinstance(value, str)}
    return Given(
        code=_code(deed, words.get(deed.code, ""), policy),
        unsaid=_ground(deed, words.get("unsaid", ""), policy),
        category=_category(deed, words.get("category", ""), policy),
        on=_day(deed, words.get(deed.day, ""), today),
        extras=_extras(deed, typed),
        text=_words(deed, str(typed.get("text", "")), is_unsaid=bool(words.get("unsaid"))),
    )


def day_of(text: str) -> date:
    """Return a day that was typed. Raises `NotDoneError` for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as unreadable:
        raise NotDoneError("day.unreadable") from unreadable


def _words(deed: Deed, text: str, *, is_unsaid: bool) -> str:
    if text.strip():
        return text
    if is_unsaid:
        raise NotDoneError("move.unsaid_why")
    if not deed.ready:
        raise NotDoneError("answer.blank" if not deed.is_minute else "move.minute_blank")
    return ""


def _day(deed: Deed, typed: str, today: date) -> date | None:
    wanted = deed.step.day
    if wanted is None:
        return None
    if not typed:
        return _day_untold(wanted, deed, today)
    day = day_of(typed)
    if wanted in (Day.COMING, Day.MAYBE_COMING) and day <= today:
        raise NotDoneError("day.over", option=deed.day)
    if wanted is Day.NOT_COMING and day > today:
        raise NotDoneError("day.to_come", option=deed.day)
    return day


def _day_untold(wanted: Day, deed: Deed, today: date) -> date | None:
    """The day where none was typed: what is told as done was done today, what is promised has no day yet."""
    if wanted is Day.MAYBE_COMING:
        return None
    if wanted is Day.NOT_COMING:
        return today
    raise NotDoneError("day.needed", option=deed.day)


def _code(deed: Deed, typed: str, policy: Policy) -> str | None:
    wanted = deed.step.reason
    return None if wanted is None else _one_of(typed, deed.code, [wanted], policy)


def _ground(deed: Deed, typed: str, policy: Policy) -> str | None:
    return _one_of(typed, "unsaid", sorted(deed.step.unsaid), policy) if typed else None


def _one_of(typed: str, option: str, names: Iterable[CodeList], policy: Policy) -> str:
    known: dict[str, list[str]] = {name: sorted(codes_of(policy, name)) for name in names}
    if not any(typed in codes for codes in known.values()):
        raise CodeNeededError(typed, option, known)
    return typed


def _category(deed: Deed, typed: str, policy: Policy) -> str | None:
    if deed.move is not Move.CLOSE or not policy.categories:
        return None
    if typed not in policy.categories:
        raise CodeNeededError(typed, "category", {CATEGORIES: policy.categories})
    return typed


def _extras(deed: Deed, typed: Mapping[str, str | bool]) -> dict[str, str]:
    found = {extra.name: typed.get(extra.name) or "" for extra in deed.extras}
    said = {name: value.strip() if isinstance(value, str) else "yes" for name, value in found.items()}
    said = {name: value for name, value in said.items() if value}
    if deed.one_of and sum(name in said for name in deed.one_of) != 1:
        raise NotDoneError("move.one_of", options=" / ".join(f"--{name}" for name in deed.one_of))
    return said
