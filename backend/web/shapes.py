"""What a request may hold beyond its types: lengths, alphabets, no doubles. One row a field, by name.

Whatever is stored or logged passes here first. A field of text, bytes, number or list without a row is a mistake, which
a test finds.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend.contract import Record
from backend.domain.calendar import is_known_country
from backend.domain.numbers import is_case_number
from backend.domain.people import MECHANISM, REPORTER

Rule = Callable[[Any], bool]

_ID: Final = re.compile(r"[a-z0-9-]{1,64}")
_HALF: Final = re.compile(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])")
_CODE: Final = re.compile(r"[a-z0-9_-]{1,64}")
#: What fits both into a 64-bit column and into a number of JavaScript.
_LARGEST: Final = 2**53 - 1
#: More than any desk has members or any report has files; also keeps lists below what a database takes at once.
_LONGEST_LIST: Final = 4096

_DAY: Final = 86_400
_YEAR: Final = 366
_CENTURY: Final = 100
_MONTHS: Final = 12
#: Answers to the survey go from 1 to 5.
_BEST: Final = 5
_TIMES: Final = 24
_LONGEST_PERIOD: Final = 3660
_NAME: Final = 64
_YEARLY: Final = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_KIB: Final = 2**10
_MIB: Final = 2**20


def is_id(text: str) -> bool:
    """Tell whether text is an id as clients may make them."""
    return _ID.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """Tell whether text is a code as organs may make them."""
    return _CODE.fullmatch(text) is not None


def is_half(text: str) -> bool:
    """Tell whether text can name a half-year: its first month."""
    return _HALF.fullmatch(text) is not None


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_told(texts: Mapping[str, str]) -> bool:
    return len(texts) <= _TIMES and all(is_code(key) and len(texts[key]) <= _KIB * 512 for key in texts)


def _sized(least: int, most: int) -> Rule:
    return lambda value: least <= len(value) <= most


def _counted(value: int) -> bool:
    return 0 <= value <= _LARGEST


def _distinct(key: Callable[[Any], object], least: int = 0) -> Rule:
    return lambda items: least <= len(items) <= _LONGEST_LIST and len({key(item) for item in items}) == len(items)


def _all_distinct(rule: Rule) -> Rule:
    distinct = _distinct(lambda item: item)
    return lambda items: distinct(items) and all(rule(item) for item in items)


#: By name of the field, in whichever request it stands; absent values pass.
RULES: Final[Mapping[str, Rule]] = {
    "locator": _sized(32, 32),
    "new_locator": _sized(32, 32),
    "credential_hash": _sized(32, 32),
    "overseer": is_id,
    "stand_in": is_id,
    "counsel": _all_distinct(is_id),
    "owner": is_id,
    "other": is_case_number,
    "check_id": is_id,
    "proposal_id": is_id,
    "rotate_after": lambda days: 1 <= days <= _LONGEST_PERIOD,
    "external_desks": _all_distinct(is_id),
    "copies": _distinct(lambda copy: copy.holder),
    "executive": is_id,
    "deputy": is_id,
    "fallback_desk": is_id,
    # A code of one of the organ's lists, against which it is judged.
    "cause": _sized(1, 64),
    "unsaid": _sized(1, 64),
    "category": _sized(1, 64),
    "department": _sized(0, 64),
    "profile": is_code,
    "country": is_known_country,
    "time_zone": _is_zone,
    "text": _is_told,
    "version": _counted,
    "years": lambda years: 1 <= years <= _CENTURY,
    "year_begins": lambda month: 1 <= month <= _MONTHS,
    "title": _is_told,
    "release_id": is_id,
    "improvement_id": is_id,
    "session_id": is_id,
    "words": _sized(1, 16 * _KIB),
    "attended": _counted,
    "code": is_code,
    "question": is_code,
    "score": lambda score: 1 <= score <= _BEST,
    "scores": _distinct(lambda each: each.question, least=1),
    "count": lambda count: 1 <= count <= _CENTURY,
    "remind_before": lambda days: 0 <= days <= _YEAR,
    "escalate_after": lambda days: 0 <= days <= _YEAR,
    "card": _sized(1, 64 * _KIB),
    "ciphertext": _sized(1, 8 * _MIB),
    "for_desk": _sized(1, 8 * _MIB),
    "for_reporter": _sized(1, 8 * _MIB),
    "signer": _sized(32, 32),
    "signature": _sized(64, 64),
    "document": _sized(1, 8 * _MIB),
    "submission_id": is_id,
    "part_id": is_id,
    "message_id": is_id,
    # Empty where nobody at any desk could be given a key.
    "desk": lambda value: value == "" or is_id(value),
    "holder": is_id,
    "mailbox": is_id,
    "mailboxes": _all_distinct(is_id),
    # The number of the case, typed once more.
    "confirmed": is_case_number,
    "archive": is_code,
    # The holder `recovery` has a credential too: what was sealed to that key must be fetched by somebody.
    "staff_id": lambda value: is_id(value) and value not in (REPORTER, MECHANISM),
    # Judged against the organ's published list, which is stricter than any alphabet.
    "reason": _sized(1, 64),
    "card_version": _counted,
    # One more each time that somebody loses their key.
    "epoch": lambda epoch: 0 <= epoch <= _LONGEST_LIST,
    "seen": _counted,
    "serial": _counted,
    "letters": _counted,
    "notices": _counted,
    "notice_id": is_code,
    "laws": _distinct(lambda law: (law.topic, law.since)),
    "days": lambda days: 1 <= days <= _LONGEST_PERIOD,
    # Seconds: a day at the most, for who asked to be told wants to hear of it.
    "within": lambda seconds: 0 <= seconds <= _DAY,
    "file_ids": _all_distinct(is_id),
    "push_ids": _all_distinct(is_id),
    "undeliverable": _all_distinct(is_id),
    "desks": _all_distinct(is_id),
    "people": _distinct(lambda person: person.staff_id),
    "offices": _all_distinct(bool),
    "departments": _all_distinct(lambda name: 0 < len(name) <= _NAME),
    "codes": _all_distinct(is_code),
    "categories": _all_distinct(is_code),
    "needs_measures": _all_distinct(is_code),
    "lists": _distinct(lambda codes: codes.name),
    "editions": _distinct(lambda edition: edition.since, least=1),
    "periods": _distinct(lambda period: period.obligation, least=1),
    "counts": lambda counts: 1 <= len(counts) <= _TIMES and all(1 <= count <= _LONGEST_PERIOD for count in counts),
    "closures": _all_distinct(bool),
    "yearly_closures": _all_distinct(lambda day: _YEARLY.fullmatch(day) is not None),
    "approvals": _all_distinct(bool),
    "preservation": _distinct(lambda row: row.kind),
    # A report without a sealed part, or one that nobody holds a key to, could never be read.
    "parts": _distinct(lambda part: part.part_id, least=1),
    "parting": _distinct(lambda grant: (grant.holder, grant.compartment, grant.epoch)),
    "grants": _distinct(lambda grant: (grant.holder, grant.compartment, grant.epoch), least=1),
}


def is_well_shaped(sent: Record) -> bool:
    """Tell whether every field of a request keeps its rule, those of what lies inside too."""
    return all(_keeps(name, getattr(sent, name)) for name in sent.__struct_fields__)


def _keeps(name: str, value: object) -> bool:
    if value is None:
        return True
    if isinstance(value, Record):
        return is_well_shaped(value)
    rule = RULES.get(name)
    if rule is not None and not rule(value):
        return False
    return not isinstance(value, tuple) or all(is_well_shaped(item) for item in value if isinstance(item, Record))
