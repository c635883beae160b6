"""One hash a day over the logs of all cases of an organ, and the way from one log to it.

A leaf is a log's tip: its chain, its length, its last hash, its trail. Filling leaves bring their number up to a power
of two; they are hashes like all others and stand among them, so that neither a root nor a path tells how many cases
there are. Whoever knows the padding can make them again, and so cannot pass off a case as filling.

Signs nothing and checks no signature. The shapes hashed here are recomputed by verifiers long after a case has ended.
They may never change; a new shape gets a new label. The bot computes them by itself, in `bot/anonymity/checkpoints.py`.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final

from backend.contract import Checkpoint, LogProof, Tip
from backend.domain import merkle
from backend.domain.chain import fingerprint

_TRAIL_LABEL: Final = b"madoguchi log trail v1"
_LEAF_LABEL: Final = b"madoguchi checkpoint leaf v1"
_FILLING_LABEL: Final = b"madoguchi checkpoint filling v1"
_CHECKPOINT_LABEL: Final = b"madoguchi checkpoint v1"

#: What stands in the first checkpoint in place of the one before.
BEGINNING: Final = bytes(32)
#: Random bytes that the filling leaves of one tree are made from.
PADDING_BYTES: Final = 32
#: Leaves of the smallest tree: more cases than most organs have in years, so that most never show a doubling.
SMALLEST: Final = 1024


def beginning(chain: bytes) -> Tip:
    """The log before its first entry; `chain` is its `genesis`."""
    return Tip(chain=chain, length=0, head=chain, trail=chain)


def grown(tip: Tip, hashes: Iterable[bytes]) -> Tip:
    """The log's tip after entries with these hashes."""
    length, head, trail = tip.length, tip.head, tip.trail
    for head in hashes:
        length, trail = length + 1, fingerprint(_TRAIL_LABEL, trail, head)
    return Tip(chain=tip.chain, length=length, head=head, trail=trail)


def added(there: Mapping[int, bytes], since: int, until: int) -> tuple[bytes, ...]:
    """The hashes of the entries from a place up to another, as far as they are there."""
    return tuple(there[place] for place in range(since, until) if place in there)


def next_checkpoint(
    organ: str, day: date, last: Checkpoint | None, tips: Collection[Tip], padding: bytes
) -> Checkpoint:
    """Make the checkpoint that follows `last`."""
    levels, _ = _tree(tips, padding)
    return Checkpoint(
        organ=organ,
        serial=last.serial + 1 if last else 1,
        day=day,
        size=len(levels[0]),
        root=merkle.root_of(levels),
        previous=hash_of(last) if last else BEGINNING,
    )


def hash_of(checkpoint: Checkpoint) -> bytes:
    """What the next checkpoint commits to, and what the bot signs."""
    return fingerprint(
        _CHECKPOINT_LABEL,
        checkpoint.organ.encode(),
        checkpoint.serial.to_bytes(8),
        checkpoint.day.isoformat().encode(),
        checkpoint.size.to_bytes(8),
        checkpoint.root,
        checkpoint.previous,
    )


def proof_of(serial: int, tips: Collection[Tip], padding: bytes, chain: bytes) -> LogProof | None:
    """Show where one log stands in a checkpoint's tree; none, if it does not."""
    tip = next((tip for tip in tips if tip.chain == chain), None)
    if tip is None:
        return None
    levels, places = _tree(tips, padding)
    place = places[chain]
    return LogProof(serial=serial, tip=tip, place=place, path=merkle.path_to(levels, place))


def proves(checkpoint: Checkpoint, proof: LogProof) -> bool:
    """Tell whether a proof leads from its tip to a checkpoint's root."""
    fits = 2 ** len(proof.path) == checkpoint.size and 0 <= proof.place < checkpoint.size
    return fits and merkle.root_by(proof.path, proof.place, _leaf(proof.tip)) == checkpoint.root


def _tree(tips: Collection[Tip], padding: bytes) -> tuple[merkle.Levels, dict[bytes, int]]:
    """The tree, and the place of each chain and filling in it."""
    size = max(SMALLEST, 1 << max(len(tips) - 1, 0).bit_length())
    leaves = {tip.chain: _leaf(tip) for tip in tips}
    for number in range(size - len(tips)):
        name = fingerprint(_FILLING_LABEL, padding, number.to_bytes(8))
        leaves[name] = name
    names = sorted(leaves)
    return merkle.levels_over([leaves[name] for name in names]), {name: place for place, name in enumerate(names)}


def _leaf(tip: Tip) -> bytes:
    return fingerprint(_LEAF_LABEL, tip.chain, tip.length.to_bytes(8), tip.head, tip.trail)
