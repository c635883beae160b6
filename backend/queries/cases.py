"""What can be asked about cases, and for the roster."""

from datetime import date

from msgspec.structs import replace

from backend.admission import refused_to_read
from backend.contract import Fault, Inbox, Locate, RosterDocument, StaffInbox
from backend.domain.case import Refused
from backend.domain.notices import laws_in_force
from backend.domain.surveys import proof_of
from backend.ports import Work


def inbox_of_locator(work: Work, today: date, sent: Locate) -> Inbox | Refused:
    """What a reporter's token opens; unknown, expired and never-existed get one answer."""
    inbox, case = work.cases.inbox(sent.locator), work.cases.behind(sent.locator)
    if inbox is None or case is None:
        return Refused(Fault.NOT_FOUND)
    laws = laws_in_force(work.policy, inbox.received_on)
    has_answered = work.surveys.is_taken(proof_of("reporter", inbox.submission_id))
    return replace(
        inbox,
        laws={topic: law.code for topic, law in laws.items()},
        today=today,
        asks_survey=case.ended_on is not None and not has_answered,
    )


def staff_inbox(work: Work, staff_id: str) -> StaffInbox:
    """The cases granted to a staff member, what is due first on top, and the alerts that name them."""
    return StaffInbox(
        cases=tuple(work.cases.lines(staff_id)),
        alerts=tuple(work.cases.alerts(staff_id)),
        reminders=tuple(work.dues.reminders(staff_id)),
        reminded=work.dues.reminded(staff_id),
    )


def file_of_case(work: Work, today: date, staff_id: str, number: str, file_id: str) -> bytes | Refused:
    """The bytes of a sealed file, for whoever has a key to the facts of its case and may use it."""
    case = work.cases.granted(number, staff_id)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    if stopped := refused_to_read(work, today, case, staff_id):
        return stopped
    content = work.files.content(number, file_id, staff_id)
    return Refused(Fault.NOT_FOUND) if content is None else content


def newest_roster(work: Work) -> RosterDocument | Refused:
    """The newest published roster; the bot trusts its signatures, not this store."""
    return work.rosters.newest() or Refused(Fault.NOT_FOUND)
