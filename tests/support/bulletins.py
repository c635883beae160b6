"""What a made-up organ has published: three years of it, made by the rules that make the real figures."""

from collections.abc import Mapping
from datetime import date

import msgspec

from backend.contract.figures import Respondent, Series, Span
from backend.domain.figures import QUESTIONS, STAGES, Half, figures_of
from backend.domain.statistics import next_half
from bot.ports.desk import DeskUnreachableError
from bot.ports.publishing import Bulletin, Checkpoint, HalfYear, Period, Released

FINDINGS = ("violation", "improper", "no_violation", "not_clear")
CATEGORIES = ("law", "funds", "procurement", "harassment", "information", "safety", "other")
#: By half-year: what was received, and what was counted of each stage in the order of `STAGES`.
COURSE = (
    (14, 9, 3, 8, 1, 4, 2, 5, 0),
    (23, 17, 5, 14, 3, 9, 6, 13, 2),
    (31, 22, 8, 19, 2, 16, 9, 22, 4),
    (28, 21, 6, 18, 4, 17, 8, 26, 7),
    (37, 27, 9, 24, 3, 21, 12, 29, 8),
    (42, 33, 7, 28, 5, 26, 14, 34, 11),
)


class KnownBulletins:
    """`Bulletins` that a test sets; away while there are none."""

    def __init__(self, known: Bulletin | None) -> None:
        self.known = known
        self.asked = 0
        self.answers: dict[str, int] = {}

    async def bulletin(self) -> Bulletin:
        """What was set."""
        self.asked += 1
        if self.known is None:
            raise DeskUnreachableError
        return self.known

    async def checkpoints(self) -> bytes:
        """None were signed yet."""
        if self.known is None:
            raise DeskUnreachableError
        return b'{"signed":[]}'

    async def answer_survey(self, code: str, scores: Mapping[str, int]) -> bool:
        """Takes one code, once."""
        if self.known is None:
            raise DeskUnreachableError
        is_good = code == "0a1b2c" and not self.answers
        self.answers |= scores if is_good else {}
        return is_good


def made_up(halves: int = len(COURSE)) -> Bulletin:
    """Everything that can be published, with so many of the newest half-years."""
    return Bulletin(
        halves=_halves()[-halves:],
        released=(
            Released(
                date(2026, 7, 14),
                {"ja": "物品購入の手続を改めました", "en": "How purchases are made has changed"},
                {
                    "ja": "通報をきっかけに調べたところ、少額の購入で相見積もりをとっていない例がありました。\n\n"
                    "2026年7月から、すべての購入で二人が確かめることにしました。",
                    "en": "After a report we found small purchases that had been made without a second offer.\n\n"
                    "Since July 2026 every purchase is checked by two people.",
                },
            ),
        ),
        periods=(
            Period("decide_acceptance", (10,), "business_days"),
            Period("decide_investigation", (20,), "days"),
            Period("tell_progress", (30,), "days"),
            Period("finish", (90,), "days"),
            Period("check_in", (1, 3, 6, 12), "months"),
            Period("review", (6,), "months"),
        ),
        checkpoint=Checkpoint(412, date(2026, 11, 21), bytes(range(32))),
    )


def _halves() -> tuple[HalfYear, ...]:
    half, found = "2023-10", []
    for course in COURSE:
        published = figures_of(_counted(half, course), _later(half), FINDINGS, CATEGORIES)
        found.append(msgspec.convert(msgspec.to_builtins(published), HalfYear))
        half = next_half(half)
    return tuple(found)


def _later(half: str) -> date:
    return date.fromisoformat(f"{next_half(half)}-02")


def _counted(half: str, course: tuple[int, ...]) -> Half:
    stages = dict(zip(("received", *STAGES.values()), course, strict=True))
    counts = {(Series.STAGE, code): count for code, count in stages.items()}
    for series, codes, whole in ((Series.OUTCOME, FINDINGS, "concluded"), (Series.CATEGORY, CATEGORIES, "closed")):
        counts |= {(series, code): count for code, count in zip(codes, _parted(stages[whole], len(codes)), strict=True)}
    counts |= {(Series.ADVICE, "received"): course[0] // 2, (Series.CONCERN, "retaliation"): course[0] // 6}
    days = {
        Span.ACCEPTANCE: {5: course[1] // 3, 10: course[1] // 2, 20: 1},
        Span.END: {60: 3, 85: course[7] // 2, 140: 2},
    }
    scores = {(who, question): {3: 2, 4: course[0] // 6, 5: 1} for who in Respondent for question in QUESTIONS}
    return Half(half=half, counts=counts, days=days, scores=scores)


def _parted(whole: int, parts: int) -> list[int]:
    """Split a total unevenly."""
    shares = [whole * 2 * (parts - place) // (parts * (parts + 1)) for place in range(parts)]
    return [shares[0] + whole - sum(shares), *shares[1:]]
