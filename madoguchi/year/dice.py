"""Dice that fall alike each time: hashes of a seed and a count. For plays, and nothing that is secret."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

_Thing = TypeVar("_Thing")


class Dice:
    """A stream of numbers that a seed decides."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._count = 0

    def between(self, least: int, most: int) -> int:
        """A whole number in a range, both ends included."""
        self._count += 1
        drawn = int.from_bytes(sha256(f"{self._seed} {self._count}".encode()).digest()[:8])
        return least + drawn % (most - least + 1)

    def falls(self, percent: int) -> bool:
        """Whether something happens that happens so many times in a hundred."""
        return self.between(1, 100) <= percent

    def one_of(self, things: Sequence[_Thing]) -> _Thing:
        """One of several things."""
        return things[self.between(0, len(things) - 1)]
