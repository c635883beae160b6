"""The recovery key in three hands."""

from itertools import combinations

import pytest

from bot.anonymity.errors import LockboxError
from bot.anonymity.recovery import combine, split
from tests.support.sealed_organ import fixed

SEED = fixed("recovery")


def test_any_two_of_three_shares_give_the_key_back() -> None:
    """In any order, however they are typed."""
    for one, two in combinations(split(SEED), 2):
        assert combine([two.upper(), f"  {one.replace(' ', '  ')}\n"]) == SEED


def test_shares_that_do_not_make_a_pair_are_refused() -> None:
    """None, one, the same twice, all three at once, of two keys, or a word wrong."""
    first, second, third = split(SEED)
    other, _, _ = split(fixed("another"))
    wrong = " ".join(["academic", *second.split()[1:]])
    for shares in ([], [first], [first, first], [first, second, third], [first, other], [first, wrong]):
        with pytest.raises(LockboxError) as refusal:
            combine(shares)
        assert refusal.value.kind == "shares"
