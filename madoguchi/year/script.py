"""How one made-up case goes: what is reported, and on which day which command of the desk follows. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from madoguchi.year.dice import Dice

#: What is reported, by category, in Japanese and English; short, and about nobody.
STORIES = {
    "funds": (
        "出張していない日の旅費が請求されています。",
        "Travel is claimed for days on which nobody travelled.",
    ),
    "procurement": (
        "入札の前に、予定価格が業者に伝わっていました。",
        "A supplier knew the estimated price before the tender.",
    ),
    "law": (
        "立入検査をしないまま、検査済みとして記録されています。",
        "Inspections are recorded that were never made.",
    ),
    "harassment": (
        "会議のたびに、同じ人が大声で責められています。",
        "The same person is shouted at in every meeting.",
    ),
    "information": (
        "相談に来た人の情報が、外部に渡っています。",
        "What people told the counter is passed to outsiders.",
    ),
    "safety": (
        "非常口が書庫でふさがれたままです。",
        "The emergency exit has been blocked with shelves for months.",
    ),
    "other": (
        "勤務時間中に私用の仕事をさせられています。",
        "Staff are made to run private errands in working hours.",
    ),
}


class Act(NamedTuple):
    """One thing that the desk does: so many days after the report, which command, and what is typed with it."""

    after: int
    command: str
    typed: dict[str, str]


class Course(NamedTuple):
    """One case."""

    category: str
    language: str
    is_named: bool
    #: After how many days the reporter says that they are treated badly, if they do.
    worried_after: int | None
    acts: tuple[Act, ...]

    @property
    def story(self) -> str:
        """What is reported."""
        return STORIES[self.category][self.language == "en"]


def course(dice: Dice) -> Course:
    """Draw a case."""
    acts = tuple(_acts(dice))
    return Course(
        category=dice.one_of(tuple(STORIES)),
        language="en" if dice.falls(15) else "ja",
        is_named=dice.falls(30),
        worried_after=dice.between(20, 200) if dice.falls(4) else None,
        acts=acts,
    )


def _acts(dice: Dice) -> Iterator[Act]:
    # One desk in twenty is slow, so that there is something overdue to look at.
    day = dice.between(1, 12) + (30 if dice.falls(5) else 0)
    if dice.falls(18):
        yield Act(day, "decline", {"reason": dice.one_of(("not_in_scope", "no_facts", "already_settled"))})
        yield Act(day + dice.between(5, 20), "close", {})
    else:
        yield Act(day, "accept", {})
        yield from _decided(dice, day + dice.between(1, 7))


def _decided(dice: Dice, day: int) -> Iterator[Act]:
    if dice.falls(20):
        yield Act(day, "no-investigation", {"reason": dice.one_of(("already_settled", "no_further_facts"))})
        yield Act(day + dice.between(2, 20), "close", {})
        return
    yield Act(day, "investigate", {"unsaid": "secrets", "text": "-"} if dice.falls(5) else {})
    for _ in range(dice.between(0, 2)):
        day += dice.between(15, 28)
        yield Act(day, "progress", {})
    day += dice.between(10, 25)
    finding = dice.one_of(("violation", "violation", "improper", "no_violation", "not_clear"))
    yield Act(day, "conclude", {"finding": finding})
    if finding in {"violation", "improper"}:
        day += dice.between(3, 25)
        yield Act(day, "measures", {"text": "-"})
    day += dice.between(2, 12)
    yield Act(day, "close", {})
    if finding in {"violation", "improper"}:
        yield Act(day + dice.between(150, 185), "review", {"result": dice.one_of(("works", "works", "works_in_part"))})
