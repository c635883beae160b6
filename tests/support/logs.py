"""Made-up logs of cases, whole and damaged, with checkpoints over them that are signed or could be."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from backend.contract import (
    CaseLog,
    Checkpoint,
    CheckpointOffer,
    Checkpoints,
    Growth,
    LogEntry,
    SignedCheckpoint,
    Stage,
    Tip,
)
from backend.domain import chain
from backend.domain.checkpoints import beginning, grown, hash_of, next_checkpoint, proof_of
from bot.anonymity import checkpoints as bots
from bot.anonymity.signing import sign_bytes, signing_public

ORGAN = "ministry"
CASE = "first"
START = chain.genesis(ORGAN, CASE)
DAY = date(2026, 11, 20)
SEED = bytes(range(32))
PADDING = sha256(b"padding").digest()


def whole_log(length: int, organ: str = ORGAN, case: str = CASE) -> list[LogEntry]:
    """A log as it is written, entry after entry."""
    log: list[LogEntry] = []
    for sequence in range(length):
        follow(log, "sato", f"act-{sequence}", chain.genesis(organ, case))
    return log


def follow(log: list[LogEntry], actor: str, act: str, start: bytes = START) -> None:
    """Append an entry that fits to the one before."""
    previous = log[-1].entry_hash if log else start
    content = chain.fingerprint(actor.encode(), len(log).to_bytes(8))
    log.append(
        chain.entry(sequence=len(log), on=DAY, actor=actor, act=act, content_hash=content, previous_hash=previous)
    )


def tip_of(log: Sequence[LogEntry], start: bytes = START) -> Tip:
    """How far a log reaches."""
    return grown(beginning(start), (entry.entry_hash for entry in log))


def others(count: int) -> list[Tip]:
    """Tips of other cases' logs."""
    return [tip_of(whole_log(2, case=f"other-{each}"), chain.genesis(ORGAN, f"other-{each}")) for each in range(count)]


def signed(checkpoint: Checkpoint, seed: bytes = SEED) -> SignedCheckpoint:
    """A checkpoint as the bot signs it."""
    signature = sign_bytes(seed, b"madoguchi/checkpoint/1\0", hash_of(checkpoint))
    return SignedCheckpoint(checkpoint=checkpoint, signer=signing_public(seed), signature=signature)


def proven(log: Sequence[LogEntry], *lengths: int) -> tuple[CaseLog, Checkpoints]:
    """A case's log, and checkpoints of the days on which it had these lengths."""
    made: list[SignedCheckpoint] = []
    proofs = []
    for length in lengths:
        tips = [tip_of(log[:length]), *others(3)]
        before = made[-1].checkpoint if made else None
        day = date.fromordinal(DAY.toordinal() + 1 + len(made))
        checkpoint = next_checkpoint(ORGAN, day, before, tips, PADDING)
        made.append(signed(checkpoint))
        proofs += [found for found in [proof_of(checkpoint.serial, tips, PADDING, START)] if found]
    case = CaseLog(
        organ=ORGAN,
        case_number="2026-AAAAAA",
        submission_id=CASE,
        stage=Stage.RECEIVED,
        length=len(log),
        head=log[-1].entry_hash if log else START,
        entries=tuple(log),
        proofs=tuple(proofs),
    )
    return case, Checkpoints(signed=tuple(made))


def bots_checkpoint(checkpoint: Checkpoint) -> bots.Checkpoint:
    """A checkpoint as the bot has it."""
    return bots.Checkpoint(
        checkpoint.organ, checkpoint.serial, checkpoint.day, checkpoint.size, checkpoint.root, checkpoint.previous
    )


def bots_offer(offer: CheckpointOffer) -> bots.Offer:
    """An offer as the bot has it."""
    return bots.Offer(
        bots_checkpoint(offer.checkpoint),
        offer.padding,
        bots_checkpoint(offer.last) if offer.last else None,
        offer.last_padding,
        tuple(_bots_growth(each) for each in offer.chains),
    )


def _bots_growth(growth: Growth) -> bots.Growth:
    tip = growth.tip
    return bots.Growth(tip.chain, tip.length, tip.head, tip.trail, growth.added)
