"""Where a log is broken: compares the entries that are there with those that known ends commit to.

A known end is a length with the hash of the last entry. From it the entries that stand there by rights are found
backwards, each naming the one before, wherever in the log they are now; that is how what was put in is told from what
was there. Knows nothing of checkpoints or files. All places count from 0.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec

from backend.contract import LogEntry, Tip
from backend.domain import chain
from backend.domain.checkpoints import beginning, grown


class Damage(StrEnum):
    """What was done to a log."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    MOVED = "moved"
    REWRITTEN = "rewritten"
    """The entries fit each other, but others were committed to."""


class Break(msgspec.Struct, frozen=True):
    """The first place where a log is broken; with `last`, as far as it is known to be."""

    damage: Damage
    first: int
    last: int


def first_break(log: Sequence[LogEntry], start: bytes, ends: Sequence[Tip]) -> Break | None:
    """Find the first place where a log is not what its known ends commit to, or none.

    `start` is its `genesis`; `ends` are the shortest first. Where an end is known by its trail too, that is compared.
    """
    rightful = _rightful(log, start, ends)
    agreed = beginning(start)
    for end in ends:
        for place in range(agreed.length, end.length):
            if damage := _damage_at(log, rightful, start, place):
                return Break(damage, place, _missing_until(rightful, place, end.length))
        reached = grown(agreed, (log[place].entry_hash for place in range(agreed.length, end.length)))
        if reached.head != end.head or (end.trail and reached.trail != end.trail):
            return Break(Damage.REWRITTEN, min(agreed.length, max(end.length - 1, 0)), max(end.length - 1, 0))
        agreed = reached
    return Break(Damage.INSERTED, agreed.length, len(log) - 1) if len(log) > agreed.length else None


def hashed(entry: LogEntry, place: int) -> bytes:
    """The hash that an entry has in a place, whatever it says of itself."""
    return chain.entry(
        sequence=place,
        on=entry.on,
        actor=entry.actor,
        act=entry.act,
        content_hash=entry.content_hash,
        previous_hash=entry.previous_hash,
    ).entry_hash


def _damage_at(log: Sequence[LogEntry], rightful: Mapping[int, int], start: bytes, place: int) -> Damage | None:
    """What is wrong in a place, given which entry of the log belongs into each."""
    right = rightful.get(place)
    if right is None:
        return Damage.MISSING if place >= len(log) or place in rightful.values() else Damage.CHANGED
    if right != place:
        return Damage.MOVED if place in rightful.values() else Damage.INSERTED
    entry, previous = log[place], log[place - 1].entry_hash if place else start
    says = entry.sequence, entry.previous_hash, entry.entry_hash
    return None if says == (place, previous, hashed(entry, place)) else Damage.CHANGED


def _missing_until(rightful: Mapping[int, int], place: int, length: int) -> int:
    known = (later for later in range(place + 1, length) if later in rightful)
    return next(known, length) - 1


def _rightful(log: Sequence[LogEntry], start: bytes, ends: Sequence[Tip]) -> Mapping[int, int]:
    """Which entry of the log belongs into each place, as far as it can be told."""
    found: dict[int, int] = {}
    by_hash: Mapping[bytes, list[int]] = defaultdict(list)
    for index, entry in enumerate(log):
        by_hash[entry.entry_hash].append(index)
    for end in ends:
        for place, index in _backwards(log, start, end, by_hash):
            if place in found:
                break
            found[place] = index
    # Before the first gap nothing but the beginning itself can tell.
    for place, index in _forwards(log, start):
        if index not in found.values():
            found.setdefault(place, index)
    return found


def _backwards(
    log: Sequence[LogEntry], start: bytes, end: Tip, by_hash: Mapping[bytes, Sequence[int]]
) -> Iterator[tuple[int, int]]:
    wanted = end.head
    for place in reversed(range(end.length)):
        # A copy that was put in has the same hash; the later of two is the one that was pushed on.
        candidates = (*([place] if place < len(log) else []), *reversed(by_hash.get(wanted, ())))
        index = next((index for index in candidates if hashed(log[index], place) == wanted), None)
        if index is None or (place == 0 and log[index].previous_hash != start):
            return
        yield place, index
        wanted = log[index].previous_hash


def _forwards(log: Sequence[LogEntry], start: bytes) -> Iterator[tuple[int, int]]:
    previous = start
    for place, entry in enumerate(log):
        if entry.previous_hash != previous or entry.entry_hash != hashed(entry, place):
            return
        yield place, place
        previous = entry.entry_hash
