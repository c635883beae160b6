"""Whether two kinds of things take the same time: what somebody who only has a clock could make of it.

Two rank tests, which ask nothing of the shape of noise: one feels a shift, the other any difference at all. A test that
finds nothing may be a blind one, so it also says which delay the very same samples would have betrayed.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from statistics import NormalDist, median, quantiles
from typing import NamedTuple

#: A difference counts as seen when chance alone would show it this rarely.
RARE = 0.01
_NORMAL = NormalDist()
_HALVINGS = 24
#: Terms of Kolmogorov's series that are summed; those beyond are too small to count wherever it is summed at all.
_TERMS = 40


class Likeness(NamedTuple):
    """What the clock says of two samples. Times are in seconds."""

    #: How often chance alone would make two samples of one kind differ this much.
    p: float
    #: How often one of the first takes longer than one of the second: 0.5 where they are alike.
    odds: float
    #: Median of the first less median of the second.
    difference: float
    #: The middle half of the second kind lies within so much.
    noise: float
    #: The smallest delay of the first kind that these samples would have betrayed.
    visible: float


def compare(first: Sequence[float], second: Sequence[float]) -> Likeness:
    """Compare two samples that were taken in turns, in random order."""
    low, _, high = quantiles(second, n=4)
    return Likeness(
        p=chance(first, second),
        odds=odds(first, second),
        difference=median(first) - median(second),
        noise=high - low,
        visible=visible(first, second),
    )


def chance(first: Sequence[float], second: Sequence[float]) -> float:
    """Return how often chance alone gives two samples that differ this much, in place or in shape.

    The smaller of both tests' answers, doubled, since two chances were taken (Bonferroni).
    """
    return min(1.0, 2 * min(shifted(first, second), misshapen(first, second)))


def odds(first: Sequence[float], second: Sequence[float]) -> float:
    """Return how often a value of the first is above one of the second, ties counted half."""
    ranks = _ranks([*first, *second])[: len(first)]
    above = sum(ranks) - len(first) * (len(first) + 1) / 2
    return above / (len(first) * len(second))


def shifted(first: Sequence[float], second: Sequence[float]) -> float:
    """Mann and Whitney's test (1947), two-sided, by the normal law and with ties accounted for."""
    sizes, pooled = len(first) * len(second), [*first, *second]
    total = len(pooled)
    alike = [len([*same]) for _, same in groupby(sorted(pooled))]
    tied = sum(count * count * count - count for count in alike)
    deviation = math.sqrt(sizes / 12 * (total + 1 - tied / (total * (total - 1))))
    away = abs(odds(first, second) - 0.5) * sizes
    return 2 * (1 - _NORMAL.cdf(away / deviation)) if deviation else 1.0


def misshapen(first: Sequence[float], second: Sequence[float]) -> float:
    """Kolmogorov and Smirnov's test for two samples, by the limit law as Stephens (1970) corrects it."""
    one, other = sorted(first), sorted(second)
    gap = max(
        abs(bisect_right(one, value) / len(one) - bisect_right(other, value) / len(other)) for value in (*one, *other)
    )
    root = math.sqrt(len(one) * len(other) / (len(one) + len(other)))
    at = (root + 0.12 + 0.11 / root) * gap
    # Below this the series converges slowly, and to one.
    if at < 0.3:
        return 1.0
    terms = [math.exp(-2 * (term * at) ** 2) for term in range(1, _TERMS)]
    return min(1.0, 2 * (sum(terms[::2]) - sum(terms[1::2])))


def visible(first: Sequence[float], second: Sequence[float]) -> float:
    """Return the smallest delay, seconds, that would have been seen had the first kind's middle been the second's."""
    apart = median(first) - median(second)
    placed = [value - apart for value in first]
    seen = max(*first, *second) - min(*first, *second)
    unseen = 0.0
    for _ in range(_HALVINGS):
        delay = (seen + unseen) / 2
        if shifted([value + delay for value in placed], second) < RARE:
            seen = delay
        else:
            unseen = delay
    return seen


def _ranks(values: Sequence[float]) -> list[float]:
    """Give each value its place among all, from 1; equal ones share theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    before = 0
    for _, same in groupby(order, key=values.__getitem__):
        tied = [*same]
        for place in tied:
            ranks[place] = before + (len(tied) + 1) / 2
        before += len(tied)
    return ranks
