"""What an organ has set, looked up: periods by the day of receipt, lists of codes, years of preservation."""

from datetime import date

from backend.contract import CaseKind, CodeList, Obligation, Period, Policy


def period_of(policy: Policy, obligation: Obligation, received_on: date) -> Period | None:
    """How long something may take in a case that was received on a day; none where this is never owed.

    A case keeps the edition of its day. One older than all editions has the first.
    """
    known = [edition for edition in policy.editions if edition.since <= received_on] or list(policy.editions[:1])
    rows = known[-1].periods if known else ()
    return next((row for row in rows if row.obligation is obligation), None)


def codes_of(policy: Policy, name: CodeList) -> frozenset[str]:
    """The codes of a list; empty where the organ keeps no such list."""
    return frozenset(code for codes in policy.lists if codes.name is name for code in codes.codes)


def years_preserved(policy: Policy, kind: CaseKind) -> int | None:
    """How many years after its end a case is preserved; none where the organ has set no period."""
    return next((row.years for row in policy.preservation if row.kind is kind), None)
