"""What somebody must decide about, and what the bot must forget."""

from datetime import date

from backend.contract import Mailboxes, PreservedCases
from backend.domain.retention import oversees
from backend.ports import Work


def undecided(work: Work, staff_id: str, today: date) -> PreservedCases:
    """The cases whose preservation is over and about which this person decides; to others there are none."""
    published = work.rosters.published()
    cases = (line for case, line in work.retention.undecided(today) if oversees(case, staff_id, published))
    return PreservedCases(cases=tuple(cases))


def destroyed_mailboxes(work: Work) -> Mailboxes:
    """Mailboxes of destroyed cases that the bot has not forgotten yet; not all at once."""
    return Mailboxes(mailboxes=tuple(work.retention.mailboxes()))
