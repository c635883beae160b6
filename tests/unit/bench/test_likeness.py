"""The benchmark's test of two samples: it sees what differs, and says how much it would have missed."""

from random import Random

from tests.bench.likeness import RARE, chance, compare, misshapen, odds, shifted


def _noise(seed: int, count: int = 400) -> list[float]:
    dice = Random(seed)  # noqa: S311 - noise that is the same in every run
    return [0.25 + dice.expovariate(1000) for _ in range(count)]


def test_two_samples_of_one_kind_are_not_told_apart() -> None:
    """What differs by chance alone is seldom called different."""
    seen = sum(chance(_noise(seed), _noise(seed + 1000)) < RARE for seed in range(40))
    assert seen <= 2


def test_a_delay_is_seen_once_it_is_as_large_as_the_test_says() -> None:
    """The delay that is named as visible is indeed seen, and half of it is not."""
    first, second = _noise(1), _noise(2)
    said = compare(first, second)
    placed = [value - said.difference for value in first]
    assert shifted([value + said.visible for value in placed], second) < RARE
    assert shifted([value + said.visible / 2 for value in placed], second) >= RARE


def test_another_shape_with_the_same_middle_is_seen() -> None:
    """Times that scatter more differ, although neither kind is later than the other."""
    dice = Random(3)  # noqa: S311 - noise that is the same in every run
    narrow = [dice.gauss(0, 1) for _ in range(400)]
    wide = [dice.gauss(0, 3) for _ in range(400)]
    assert shifted(narrow, wide) > RARE
    assert compare(narrow, wide).p < RARE


def test_the_tests_agree_with_what_the_laws_say() -> None:
    """Small samples whose values can be worked out by hand."""
    assert odds([1, 2, 3], [0, 1.5, 9]) == 5 / 9
    # U is 4 of 25, hence z is 8.5 / sqrt(25 * 11 / 12) = 1.776, which the normal law exceeds on both sides in 7.6 %.
    assert round(shifted([1, 2, 3, 4, 9], [5, 6, 7, 8, 10]), 3) == 0.076
    # Half of one sample lies below all of the other: a gap of one half among 100 each is all but impossible.
    assert misshapen(range(100), [number + 50 for number in range(100)]) < 0.001
    assert misshapen(range(100), range(100)) == 1.0
