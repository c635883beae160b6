"""A Merkle tree over a power of two of leaves, hashed as RFC 6962 §2.1 says: a leaf behind 0x00, a node behind 0x01.

The prefixes keep a node from passing for a leaf. For a power of two the RFC's tree is the balanced one, which is all
that is built here. The hashes are recomputed by verifiers for many years. They may never change.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"

#: The hashes of a tree, level by level from the leaves up; the last holds the root alone.
Levels = Sequence[Sequence[bytes]]


def levels_over(leaves: Sequence[bytes]) -> Levels:
    """Build a tree over the data of its leaves, of which there must be a power of two."""
    level = [sha256(_LEAF + data).digest() for data in leaves]
    levels = [level]
    while len(level) > 1:
        level = [_node(left, right) for left, right in zip(level[::2], level[1::2], strict=True)]
        levels.append(level)
    return levels


def root_of(levels: Levels) -> bytes:
    """The one hash that commits to all leaves and to their order."""
    return levels[-1][0]


def path_to(levels: Levels, place: int) -> tuple[bytes, ...]:
    """The neighbours on the way from a leaf up to the root (RFC 6962 §2.1.1)."""
    return tuple(level[(place >> height) ^ 1] for height, level in enumerate(levels[:-1]))


def root_by(path: Sequence[bytes], place: int, data: bytes) -> bytes:
    """Where a path leads from a leaf's data: the tree's root, if the leaf stands in that place of it."""
    reached = sha256(_LEAF + data).digest()
    for height, neighbour in enumerate(path):
        is_right = place >> height & 1
        reached = _node(neighbour, reached) if is_right else _node(reached, neighbour)
    return reached


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(_NODE + left + right).digest()
