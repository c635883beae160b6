"""By when an organ promises what, as it stands in the signed roster: dated, in days, working days or months.

Days are ISO dates, so that they compare as text: this room knows no calendar.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

Unit = Literal["days", "business_days", "months"]

#: What a reporter is told the period of, by the obligation's name in the organ's policy.
PROMISED: Final = (
    "decide_acceptance", "decide_investigation", "tell_progress", "take_measures", "finish", "check_in", "review",
    "answer_feedback", "relieve",
)  # fmt: skip


class Promise(Struct, frozen=True, forbid_unknown_fields=True):
    """How long something may take in what is received on a day or later; no counts: from then on it is not promised."""

    since: str
    counts: tuple[int, ...] = ()
    unit: Unit = "days"


class Law(Struct, frozen=True, forbid_unknown_fields=True):
    """What the law says on a topic in what is received on a day or later; the words stand under `law.<code>`."""

    topic: str
    since: str
    code: str


#: What counts under a roster from before promises stood in it: the twenty days of the Act, Art. 3, and ninety.
USUAL: Final = {
    "decide_investigation": Promise("2006-04-01", (20,)),
    "finish": Promise("2006-04-01", (90,)),
}


def promised_on(promises: Mapping[str, Sequence[Promise]], today: str) -> dict[str, Promise]:
    """Give what is promised for a report of today, by obligation; before the first day, what comes first."""
    found = {name: _newest(dated, today) for name, dated in promises.items() if dated}
    return {name: promise for name, promise in found.items() if promise.counts} if promises else dict(USUAL)


def laws_on(laws: Sequence[Law], today: str) -> dict[str, str]:
    """Give the code of what the law says today, by topic; none where it does not say anything yet."""
    ordered = sorted((law for law in laws if law.since <= today), key=lambda law: law.since)
    return {law.topic: law.code for law in ordered}


def laws_ahead(laws: Sequence[Law], today: str) -> dict[str, str]:
    """Give the code of what the law is going to say next, by topic."""
    ordered = sorted((law for law in laws if law.since > today), key=lambda law: law.since, reverse=True)
    return {law.topic: law.code for law in ordered}


def _newest(dated: Sequence[Promise], today: str) -> Promise:
    ordered = sorted(dated, key=lambda promise: promise.since)
    return next((promise for promise in reversed(ordered) if promise.since <= today), ordered[0])
