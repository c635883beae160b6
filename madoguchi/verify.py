"""Whether a case's log is what it was when its checkpoints were signed: pure, from two exported records.

Believes no hash of the store's that it can compute, no proof that does not lead to a signed root, and no checkpoint
that does not name the one before. Of the signers it believes those whose keys are given, else whoever signed; then the
key is to be compared with what the organ publishes elsewhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec

from backend.contract import CaseLog, Checkpoint, Checkpoints, LogProof, SignedCheckpoint, Stage, Tip
from backend.domain import chain
from backend.domain.checkpoints import BEGINNING, hash_of, proves
from bot.anonymity.checkpoints import is_signed
from madoguchi.verify_entries import Break, Damage, first_break, hashed

#: The act of the receipt that alone stays of a destroyed case's log.
DESTROYED = "destroyed"


class Doubt(StrEnum):
    """What else may be wrong than an entry."""

    FOREIGN = "foreign"
    """Log and checkpoints are not of one organ."""
    GAP = "gap"
    """A checkpoint is missing, or does not name the one before."""
    SIGNATURE = "signature"
    """A checkpoint is not signed by who should have signed it."""
    PROOF = "proof"
    """What is said of a log and a checkpoint does not lead to what was signed."""
    UNPROVEN = "unproven"
    """The log is older than a checkpoint in which nothing shows it to be."""
    NO_RECEIPT = "no_receipt"
    """The case was destroyed, and nothing says by whom and when."""


class Doubtful(msgspec.Struct, frozen=True):
    """Something else than an entry is wrong; `serial` names the checkpoint, where it is about one."""

    doubt: Doubt
    serial: int = 0


class Proven(msgspec.Struct, frozen=True):
    """Nothing is wrong: so many entries are those of a checkpoint (none, where none holds any yet), so many newer."""

    entries: int
    newer: int
    by: SignedCheckpoint | None
    destroyed: bool = False


Verdict = Proven | Break | Doubtful


def examine(log: CaseLog, published: Checkpoints, signers: Sequence[bytes] = (), *, newest: bool = False) -> Verdict:
    """Give the first thing that is wrong with a log, or how far it is proven.

    With `newest` it must be proven by the newest checkpoint: a store that is asked now can give that proof.
    """
    start = chain.genesis(log.organ, log.submission_id)
    doubt = next(_doubts(log, published, signers, start, newest=newest), None)
    if doubt is not None:
        return doubt
    signed = {each.checkpoint.serial: each for each in published.signed}
    proofs = sorted((proof for proof in log.proofs if proof.serial in signed), key=lambda proof: proof.serial)
    # What the store says of the end is believed last, and only for what no checkpoint holds yet.
    said = Tip(chain=start, length=log.length, head=log.head, trail=b"")
    ends = sorted([*(proof.tip for proof in proofs), said], key=lambda tip: tip.length)
    wrong = _destroyed(log, ends) if log.stage is Stage.DESTROYED else first_break(log.entries, start, ends)
    if wrong is not None:
        return wrong
    held = proofs[-1].tip.length if proofs else 0
    by = signed[proofs[-1].serial] if proofs else None
    return Proven(held, log.length - held, by, log.stage is Stage.DESTROYED)


def _doubts(
    log: CaseLog, published: Checkpoints, signers: Sequence[bytes], start: bytes, *, newest: bool
) -> Iterator[Doubtful]:
    yield from doubts_of(published, signers)
    if any(each.checkpoint.organ != log.organ for each in published.signed):
        yield Doubtful(Doubt.FOREIGN)
    checkpoints = {each.checkpoint.serial: each.checkpoint for each in published.signed}
    yield from _unfit(log.proofs, checkpoints, start)
    last = published.signed[-1].checkpoint if published.signed else None
    began = log.entries[0].on if log.entries else None
    if last and (began is None or began < last.day):
        given = {proof.serial for proof in log.proofs}
        if not given or (newest and last.serial not in given):
            yield Doubtful(Doubt.UNPROVEN, last.serial)


def doubts_of(published: Checkpoints, signers: Sequence[bytes] = ()) -> Iterator[Doubtful]:
    """Give what is wrong with checkpoints alone: each names the one before and is signed."""
    before: Checkpoint | None = None
    for each in published.signed:
        if not _follows(each.checkpoint, before):
            yield Doubtful(Doubt.GAP, each.checkpoint.serial)
        known = not signers or each.signer in signers
        if not known or not is_signed(each.signer, hash_of(each.checkpoint), each.signature):
            yield Doubtful(Doubt.SIGNATURE, each.checkpoint.serial)
        before = each.checkpoint


def _follows(checkpoint: Checkpoint, before: Checkpoint | None) -> bool:
    named = (before.organ, before.serial + 1, hash_of(before)) if before else (checkpoint.organ, 1, BEGINNING)
    return (checkpoint.organ, checkpoint.serial, checkpoint.previous) == named


def _unfit(proofs: Sequence[LogProof], checkpoints: Mapping[int, Checkpoint], start: bytes) -> Iterator[Doubtful]:
    for proof in proofs:
        checkpoint = checkpoints.get(proof.serial)
        # A log exported after the checkpoints may know of later ones.
        if checkpoint and not (proof.tip.chain == start and proves(checkpoint, proof)):
            yield Doubtful(Doubt.PROOF, proof.serial)


def _destroyed(log: CaseLog, ends: Sequence[Tip]) -> Break | Doubtful | None:
    """Of a destroyed case only the end can be compared: the receipt that is committed to."""
    receipt = log.entries[-1] if log.entries else None
    last = log.length - 1
    if receipt is None or receipt.act != DESTROYED or receipt.sequence != last:
        return Doubtful(Doubt.NO_RECEIPT)
    stays = len(log.entries) == 1
    said = {receipt.entry_hash, hashed(receipt, last), *(end.head for end in ends if end.length >= log.length)}
    return None if stays and said == {log.head} else Break(Damage.CHANGED, last, last)
