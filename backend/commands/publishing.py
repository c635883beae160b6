"""What an organ's administration publishes."""

from backend.contract import Fault, Publication
from backend.domain.case import Refused
from backend.ports import Circumstances, Work


def publish_roster(work: Work, _: Circumstances, sent: Publication) -> Refused | None:
    """Put a roster in the place of the one before; refused unless it is newer or the very same."""
    present = work.rosters.newest()
    if present is not None and sent.serial <= present.serial:
        is_same = (sent.serial, sent.document) == (present.serial, present.document)
        if not is_same:
            return Refused(Fault.OLDER_ROSTER)
    work.rosters.publish(sent)
    return None
