"""What proves the logs: checkpoints for anyone, what the bot checks before it signs, and one case's log for who may."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from backend.admission import refused_to_read
from backend.contract import CaseLog, CheckpointOffer, Checkpoints, Compartment, Fault, Growth, LogProof, Office
from backend.domain.case import Case, Refused
from backend.domain.chain import genesis
from backend.domain.checkpoints import added, beginning, proof_of
from backend.domain.oversight import Watch, oversees
from backend.domain.people import holds
from backend.domain.proposals import is_external
from backend.ports import Work

#: Proofs that are given of one log: each costs a tree; they narrow down where a log was written anew.
_MOST_PROOFS: Final = 8


def published_checkpoints(work: Work) -> Checkpoints:
    """All that the bot has signed. Secret from nobody."""
    return Checkpoints(signed=tuple(work.checkpoints.signed()))


def offered_checkpoint(work: Work) -> CheckpointOffer | Refused:
    """The checkpoint that waits to be signed, and how each log came from the last one to it. Shows no entry."""
    newest = work.checkpoints.newest()
    if newest is None or newest.signature is not None:
        return Refused(Fault.NOT_FOUND)
    last = work.checkpoints.numbered(newest.checkpoint.serial - 1)
    return CheckpointOffer(
        checkpoint=newest.checkpoint,
        padding=newest.padding,
        last=last.checkpoint if last else None,
        last_padding=last.padding if last else b"",
        chains=tuple(_growths(work, newest.checkpoint.serial)),
    )


def log_of_case(work: Work, today: date, staff_id: str, number: str) -> CaseLog | Refused:
    """A case's log with its proofs, for auditors, for who oversees the case and for who has a key to its facts.

    Whoever has a key must be trained, know the rules and have declared, as before the case opens to them.

    To investigators with the masked version there is none: it tells when the reporter wrote (Guidelines 3(2)ii).
    """
    case = work.retention.case(number)
    if case is None or case.held:
        return Refused(Fault.NOT_FOUND)
    if stopped := _kept_from(work, today, case, staff_id):
        return stopped
    return CaseLog(
        organ=work.organ,
        case_number=case.number,
        submission_id=case.submission_id,
        stage=case.stage,
        length=case.log_length,
        head=case.log_head,
        entries=tuple(work.checkpoints.log(number)),
        proofs=tuple(_proofs(work, genesis(work.organ, case.submission_id))),
    )


def _kept_from(work: Work, today: date, case: Case, staff_id: str) -> Refused | None:
    published = work.rosters.published()
    is_inside = not is_external(published, case.desk)
    if holds(published, staff_id, Office.AUDITOR) or (is_inside and oversees(case, Watch(staff_id, published))):
        return None
    if Compartment.FACTS not in work.cases.compartments(case.number, staff_id):
        return Refused(Fault.NOT_FOUND)
    return refused_to_read(work, today, case, staff_id)


def _growths(work: Work, serial: int) -> Sequence[Growth]:
    before, now = work.checkpoints.tips(serial - 1), work.checkpoints.tips(serial)
    was = {chain: before.get(chain, beginning(chain)) for chain in now}
    moved = {chain for chain, tip in now.items() if tip != was[chain]}
    numbers = {genesis(work.organ, end.submission_id): end.number for end in work.checkpoints.ends()}
    hashes = work.checkpoints.hashes([numbers[chain] for chain in moved if chain in numbers])
    left = work.checkpoints.outliving()
    there = {chain: {**left.get(chain, {}), **hashes.get(numbers.get(chain, ""), {})} for chain in moved}
    return [
        Growth(tip=was[chain], added=added(there.get(chain, {}), was[chain].length, tip.length))
        for chain, tip in now.items()
    ]


def _proofs(work: Work, chain: bytes) -> Sequence[LogProof]:
    """Proofs in the newest signed checkpoint, and in earlier ones in which the log had grown."""
    signed = work.checkpoints.signed()
    if not signed:
        return ()
    newest = signed[-1].checkpoint.serial
    grew = [serial for serial in work.checkpoints.changes(chain) if serial < newest]
    step = 1 + len(grew) // _MOST_PROOFS
    found = [_proof(work, chain, serial) for serial in (*grew[::step], newest)]
    return [proof for proof in found if proof is not None]


def _proof(work: Work, chain: bytes, serial: int) -> LogProof | None:
    kept = work.checkpoints.numbered(serial)
    return None if kept is None else proof_of(serial, work.checkpoints.tips(serial).values(), kept.padding, chain)
