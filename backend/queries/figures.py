"""What is published, and all that is known of figures within the organ."""

from datetime import date

from backend.contract import Fault, Office
from backend.contract.improving import FiguresBook
from backend.contract.releases import Published, Released
from backend.domain.case import Refused
from backend.domain.people import holds
from backend.ports import Work

#: What the administrator is not among: who sets the organ up reads nothing.
_READERS = (Office.STAFF, Office.EXECUTIVE, Office.DEPUTY, Office.AUDITOR)


def published(work: Work, today: date) -> Published:
    """What anyone may know: figures, released information, periods for what is received today."""
    approved = sorted(
        (release for release in work.releases.every() if release.approved_on is not None),
        key=lambda release: (release.approved_on or today, release.release_id),
        reverse=True,
    )
    editions = [edition for edition in work.policy.editions if edition.since <= today]
    return Published(
        halves=tuple(work.figures.published()),
        released=tuple(Released(on=r.approved_on or today, title=r.title, text=r.text) for r in approved),
        periods=editions[-1].periods if editions else (),
        checkpoint=next((signed.checkpoint for signed in reversed(work.checkpoints.signed())), None),
    )


def figures_book(work: Work, staff_id: str) -> FiguresBook | Refused:
    """Published figures, drafts, findings, improvements, awareness sessions, and who asked for exact counts."""
    if not holds(work.rosters.published(), staff_id, *_READERS):
        return Refused(Fault.NOT_ALLOWED)
    return FiguresBook(
        halves=tuple(work.figures.published()),
        releases=tuple(work.releases.every()),
        improvements=tuple(work.improvements.improvements()),
        sessions=tuple(work.improvements.sessions()),
        readings=tuple(work.improvements.readings()),
    )
