"""What somebody must decide about, and what the bot must forget."""

from datetime import date

from backend.contract import Mailboxes, PreservedCases
from backend.domain.oversight import Watch
from backend.domain.retention import decides
from backend.ports import Work


def undecided(work: Work, today: date, staff_id: str) -> PreservedCases:
    """The cases whose preservation is over and about which this person decides; to others there are none."""
    watch = Watch(staff_id, work.rosters.published(), work.absences.on(today))
    cases = (line for case, line in work.retention.undecided(today) if decides(case, watch))
    return PreservedCases(cases=tuple(cases))


def destroyed_mailboxes(work: Work) -> Mailboxes:
    """Mailboxes of destroyed cases that the bot has not forgotten yet; not all at once."""
    return Mailboxes(mailboxes=tuple(work.retention.mailboxes()))
