"""What is released to the public, and what is recorded about the mechanism itself.

Released information is drafted by staff and approved by the executive, who is somebody else; it is public from then on,
and is changed by a new draft that is approved in its turn. Nothing here is about a case.
"""

from msgspec.structs import replace

from backend.contract import Fault, Office
from backend.contract.improving import Improvement, Session
from backend.contract.releases import ApproveRelease, DraftRelease, Release
from backend.domain.case import Refused
from backend.domain.people import holds
from backend.ports import Circumstances, Work

_WRITERS = (Office.STAFF, Office.EXECUTIVE, Office.DEPUTY)


def draft_release(work: Work, at: Circumstances, staff_id: str, sent: DraftRelease) -> Release | Refused:
    """Keep a draft; what was approved stays as it is, and is changed by another release."""
    if not _may_write(work, staff_id):
        return Refused(Fault.NOT_ALLOWED)
    present = work.releases.find(sent.release_id)
    if present is not None and present.approved_on is not None:
        return Refused(Fault.CHANGED_MEANWHILE)
    drafted = Release(
        release_id=sent.release_id,
        title=sent.title,
        text=sent.text,
        version=present.version + 1 if present else 1,
        drafted_by=staff_id,
        drafted_on=at.today,
    )
    work.releases.keep(drafted)
    return drafted


def approve_release(
    work: Work, at: Circumstances, staff_id: str, release_id: str, sent: ApproveRelease
) -> Release | Refused:
    """Make a draft public, as it was read: refused where it has been changed since, or is the approver's own."""
    if not holds(work.rosters.published(), staff_id, Office.EXECUTIVE):
        return Refused(Fault.NOT_ALLOWED)
    present = work.releases.find(release_id)
    if present is None:
        return Refused(Fault.NOT_FOUND)
    if present.version != sent.version:
        return Refused(Fault.CHANGED_MEANWHILE)
    if present.drafted_by == staff_id:
        return Refused(Fault.NOT_ALLOWED)
    approved = replace(present, approved_by=staff_id, approved_on=present.approved_on or at.today)
    work.releases.keep(approved)
    return approved


def record_improvement(work: Work, _: Circumstances, staff_id: str, sent: Improvement) -> Refused | None:
    """Record a finding on the mechanism, or what was decided about it."""
    if not _may_write(work, staff_id):
        return Refused(Fault.NOT_ALLOWED)
    work.improvements.keep(sent)
    return None


def record_session(work: Work, at: Circumstances, staff_id: str, sent: Session) -> Refused | None:
    """Record an awareness session that was held."""
    if not _may_write(work, staff_id):
        return Refused(Fault.NOT_ALLOWED)
    if sent.on > at.today:
        return Refused(Fault.NOT_YET)
    work.improvements.hold(sent)
    return None


def _may_write(work: Work, staff_id: str) -> bool:
    return holds(work.rosters.published(), staff_id, *_WRITERS)
