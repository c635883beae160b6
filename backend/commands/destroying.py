"""Destroying a case for good: first its erasure key, with which every backup of it becomes noise, then its rows.

The key goes in the midst of the transaction, and does not come back if that fails. What then still stands of the case
is found and destroyed by `mend`, as is a case that a restored backup brought back: the list beside the keys knows it.
Both end with the very same receipt.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from backend.batches import release
from backend.commands.watching import watch_of
from backend.contract import AlertKind, Decided, DestroyCase, Ending, Fault, LogEntry, Obligation, Stage, TransferCase
from backend.domain.case import Case, Refused, recorded, settled
from backend.domain.chain import fingerprint, genesis
from backend.domain.obligations import begin, end, merged
from backend.domain.retention import Keeping, Transfer, decidable, decides, remains
from backend.ports import Circumstances, Kept, Work


class Mended(StrEnum):
    """What `mend` found."""

    DESTROYED = "destroyed"
    """A case, or a key, that had been destroyed before; it is gone again."""
    KEYLESS = "keyless"
    """A case whose key is missing and that nobody destroyed: its grants cannot be read."""
    WELL = "well"
    """Nothing; somebody else was there first."""


class Amiss(msgspec.Struct, frozen=True):
    """What does not fit among some cases."""

    #: Cases that `mend` should look at.
    numbers: Sequence[str] = ()
    #: How many of them have lost their key although nobody destroyed them.
    keyless: int = 0
    #: The last number that was gone through; none at the end.
    last: str | None = None


def destroy_case(work: Work, at: Circumstances, staff_id: str, number: str, sent: DestroyCase) -> Decided | Refused:
    """Destroy a case whose preservation is over, and give the receipt; given again when asked again."""
    case = _decidable(work, at, staff_id, number, sent.confirmed)
    if isinstance(case, Refused | Decided):
        return case
    return _destroy(work, at, staff_id, case, "")


def transfer_case(work: Work, at: Circumstances, staff_id: str, number: str, sent: TransferCase) -> Decided | Refused:
    """Note which archive has a case, then destroy it, or let another period of preservation begin."""
    case = _decidable(work, at, staff_id, number, sent.confirmed)
    if isinstance(case, Refused | Decided):
        return case
    work.retention.put_transfer(number, Transfer(archive=sent.archive, on=at.today, by=staff_id))
    if not sent.keep:
        return _destroy(work, at, staff_id, case, sent.archive)
    after, link = recorded(case, Keeping.TRANSFERRED, staff_id, at.today, fingerprint(sent.archive.encode()))
    work.cases.save(_preserved_again(work, at, after))
    work.cases.add_entry(number, link)
    return Decided(case_number=number)


def amiss(work: Work, after: str) -> Amiss:
    """Go through the next cases and compare them with the store of keys. A question: it changes nothing."""
    cases = work.retention.every(after)
    if not cases:
        return Amiss()
    listed = work.erasure.receipts([case.submission_id for case in cases])
    keyless = set(work.erasure.keyless([case.erasure_id for case in cases if case.erasure_id is not None]))
    wrong = [case for case in cases if _is_wrong(case, case.submission_id in listed, case.erasure_id in keyless)]
    lost = sum(case.stage is not Stage.DESTROYED and case.submission_id not in listed for case in wrong)
    return Amiss([case.number for case in wrong], lost, cases[-1].number)


def mend(work: Work, at: Circumstances, number: str) -> Mended:
    """Destroy again what had been destroyed; where a key is missing otherwise, tell whoever oversees the case."""
    case = work.retention.case(number)
    if case is None:
        return Mended.WELL
    receipt = work.erasure.receipts([case.submission_id]).get(case.submission_id)
    if case.stage is Stage.DESTROYED:
        receipt = receipt or work.retention.receipt(number)
    if receipt is not None:
        _end(work, case, receipt)
        return Mended.DESTROYED
    told = case.overseer or case.owner
    if told is not None:
        work.cases.alert(number, told, AlertKind.KEY_MISSING, at.today)
    return Mended.KEYLESS


def _is_wrong(case: Kept, is_listed: bool, is_keyless: bool) -> bool:  # noqa: FBT001 - two columns of one row
    if case.stage is Stage.DESTROYED:
        return not is_listed or (case.erasure_id is not None and not is_keyless)
    return is_listed or is_keyless


def _decidable(work: Work, at: Circumstances, staff_id: str, number: str, confirmed: str) -> Case | Decided | Refused:
    """The case, if this person may decide about it now; or what was decided already."""
    case = work.retention.case(number)
    if case is None or not decides(case, watch_of(work, at, staff_id)):
        return Refused(Fault.NOT_FOUND)
    if case.stage is Stage.DESTROYED:
        return Decided(case_number=number, receipt=work.retention.receipt(number))
    if confirmed != number:
        return Refused(Fault.UNREADABLE)
    # What a reporter has complained of stands in the way, also before staff have seen it.
    case = release(work, case)
    return decidable(case, work.retention.hold(number), work.duties.of(number), work.policy, at.today) or case


def _destroy(work: Work, at: Circumstances, staff_id: str, case: Case, archive: str) -> Decided:
    _, link = recorded(case, Keeping.DESTROYED, staff_id, at.today, fingerprint(archive.encode()))
    return Decided(case_number=case.number, receipt=_end(work, case, link))


def _end(work: Work, case: Case, receipt: LogEntry) -> LogEntry:
    """Destroy key and rows under the receipt that counts, which is the first that was ever given."""
    receipt = work.erasure.destroy(case.number, case.submission_id, receipt)
    work.checkpoints.outlive(case.number, genesis(work.organ, case.submission_id))
    work.retention.erase(case)
    work.cases.save(remains(case, receipt, work.policy.year_begins))
    work.cases.add_entry(case.number, receipt)
    return receipt


def _preserved_again(work: Work, at: Circumstances, case: Case) -> Case:
    duties = work.duties.of(case.number)
    changed = end(duties, (Obligation.DECIDE_DESTRUCTION,), at.today, Ending.DONE)
    changed += begin(
        duties, Obligation.DECIDE_DESTRUCTION, at.today, work.policy, received_on=case.received_on, kind=case.kind
    )
    work.duties.keep(case.number, changed)
    return settled(case, merged(duties, changed))
