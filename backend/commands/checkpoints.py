"""The organ's checkpoints: made once a day, signed by the bot, made anew where it refuses. Cannot sign one itself.

Judges no log: what the cases' rows say goes in as they say it, and whether that continues the last checkpoint is for
the bot to find out, which remembers that one.
"""

from collections.abc import Mapping

from backend.contract import CheckpointRefusal, CheckpointSignature, Fault, Tip
from backend.domain.case import Refused
from backend.domain.chain import genesis
from backend.domain.checkpoints import PADDING_BYTES, added, beginning, grown, next_checkpoint
from backend.ports import Circumstances, Work
from backend.ports.checkpoints import KeptCheckpoint, LogEnd


def make_checkpoint(work: Work, at: Circumstances) -> bool:
    """Make the day's checkpoint, once; whether there is a new one.

    None is made while one waits for its signature: however long nobody signed, one makes up for all days.
    """
    newest = work.checkpoints.newest()
    if newest and (newest.signature is None or newest.checkpoint.day >= at.today):
        return False
    last = newest.checkpoint if newest else None
    before = work.checkpoints.tips(last.serial) if last else {}
    tips = _tips(work, before)
    padding = at.chance.bytes(PADDING_BYTES)
    made = next_checkpoint(work.organ, at.today, last, tips.values(), padding)
    changed = [tip for chain, tip in tips.items() if before.get(chain) != tip]
    return work.checkpoints.add(KeptCheckpoint(checkpoint=made, padding=padding, signature=None), changed)


def sign_checkpoint(work: Work, _: Circumstances, sent: CheckpointSignature) -> Refused | None:
    """Publish a checkpoint with the bot's signature; refused where another one was published."""
    kept = work.checkpoints.numbered(sent.serial)
    if kept is None:
        return Refused(Fault.NOT_FOUND)
    if kept.signature is not None:
        return None if kept.signature == sent else Refused(Fault.CHANGED_MEANWHILE)
    work.checkpoints.sign(sent)
    return None


def refuse_checkpoint(work: Work, _: Circumstances, sent: CheckpointRefusal) -> None:
    """Drop a checkpoint that the bot does not sign; what was wrong may be mended by the time it is made anew."""
    work.checkpoints.drop(sent.serial)


def _tips(work: Work, before: Mapping[bytes, Tip]) -> dict[bytes, Tip]:
    """The tip of every case's log as its row says, by chain. A case without a row has none, and so is missed."""
    ends = {genesis(work.organ, end.submission_id): end for end in work.checkpoints.ends()}
    known = {chain: before.get(chain, beginning(chain)) for chain in ends}
    moved = {chain: end for chain, end in ends.items() if (known[chain].length, known[chain].head) != _end(end)}
    hashes = work.checkpoints.hashes([end.number for end in moved.values()])
    left = work.checkpoints.outliving()
    for chain, end in moved.items():
        there = {**left.get(chain, {}), **hashes.get(end.number, {})}
        tip = grown(known[chain], added(there, known[chain].length, end.log_length))
        known[chain] = Tip(chain=chain, length=end.log_length, head=end.log_head, trail=tip.trail)
    return known


def _end(end: LogEnd) -> tuple[int, bytes]:
    return end.log_length, end.log_head
