"""What can be asked about cases, and for the roster."""

from backend.contract import Fault, Inbox, Locate, RosterDocument, StaffInbox
from backend.domain.case import Refused
from backend.ports import Work


def inbox_of_locator(work: Work, sent: Locate) -> Inbox | Refused:
    """What a reporter's token opens; unknown, expired and never-existed get one answer."""
    return work.cases.inbox(sent.locator) or Refused(Fault.NOT_FOUND)


def staff_inbox(work: Work, staff_id: str) -> StaffInbox:
    """The cases granted to a staff member, what is due first on top, and the alerts that name them."""
    return StaffInbox(cases=tuple(work.cases.lines(staff_id)), alerts=tuple(work.cases.alerts(staff_id)))


def file_of_case(work: Work, staff_id: str, number: str, file_id: str) -> bytes | Refused:
    """The bytes of a sealed file, for whoever has a grant in its case."""
    content = work.files.content(number, file_id, staff_id)
    return Refused(Fault.NOT_FOUND) if content is None else content


def newest_roster(work: Work) -> RosterDocument | Refused:
    """The newest published roster; the bot trusts its signatures, not this store."""
    return work.rosters.newest() or Refused(Fault.NOT_FOUND)
