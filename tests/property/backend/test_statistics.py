"""What can be found out from published figures, by somebody who computes everything that can be computed.

The attacker knows the rule, knows which figures add up, knows that nothing is decided before it comes in, and puts two
publications together. What they learn is the set of counts that give just these publications: found here by trying.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.statistics import LEFT_OPEN, STEP, Shown, most_of_parts, shown

COUNTS = st.integers(0, 60)


def published(parts: Sequence[int]) -> tuple[tuple[Shown, ...], Shown]:
    """Counts that add up, and their total, as they are shown."""
    return tuple(shown(part) for part in parts), shown(sum(parts), most_of_parts(parts))


def top(step: Shown) -> int:
    """The upper end of a step that is not open."""
    return step.least + STEP - 1


def possible(steps: Sequence[Shown], total: Shown) -> list[range]:
    """What each part may be: the ends of steps and total, as far as the others let it get there."""
    low, high = sum(step.least for step in steps), sum(top(step) for step in steps)
    least, most = max(low, total.least), high if total.most is None else min(high, total.most)
    return [
        range(max(step.least, least - (high - top(step))), min(top(step), most - (low - step.least)) + 1)
        for step in steps
    ]


@given(st.lists(COUNTS, min_size=1, max_size=12))
def test_parts_and_their_total_together_leave_each_count_open(parts: list[int]) -> None:
    """No subtraction of parts from a total tells any of them to less than three values; the total neither."""
    steps, total = published(parts)
    assert all(len(values) >= LEFT_OPEN for values in possible(steps, total))
    most = sum(map(top, steps))
    assert min(most, most if total.most is None else total.most) - total.least + 1 >= LEFT_OPEN


@given(st.lists(COUNTS, min_size=1, max_size=12))
def test_what_is_shown_is_true(parts: list[int]) -> None:
    """Every range holds the count that it stands for, and every value that the attacker cannot rule out."""
    steps, total = published(parts)
    assert all(step.least <= part <= top(step) for step, part in zip(steps, parts, strict=True))
    assert total.least <= sum(parts)
    assert total.most is None or sum(parts) <= total.most
    assert all(part in values for values, part in zip(possible(steps, total), parts, strict=True))


@pytest.mark.parametrize(("parts", "highest"), [(1, 30), (2, 24), (3, 14), (4, 9), (5, 6)])
def test_trying_all_counts_finds_no_more_than_the_formula(parts: int, highest: int) -> None:
    """For small tables the attack is carried out: every table is tried, and nothing is narrower than claimed."""
    behind: defaultdict[tuple[tuple[Shown, ...], Shown], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(highest + 1), repeat=parts):
        behind[published(counts)].append(counts)
    whole = {seen: tables for seen, tables in behind.items() if all(top(step) <= highest for step in seen[0])}
    assert whole
    for (steps, total), tables in whole.items():
        found = [sorted({table[place] for table in tables}) for place in range(parts)]
        assert found == [list(values) for values in possible(steps, total)]
        assert len({sum(table) for table in tables}) >= LEFT_OPEN


def test_rounding_to_the_nearest_five_would_give_counts_away() -> None:
    """Why steps begin at multiples of five: four parts shown as 5 and a total shown as 30 can only be 7 each."""

    def nearest(count: int) -> int:
        return 0 if count < STEP else (count + STEP // 2) // STEP * STEP

    seen = [table for table in product(range(13), repeat=4) if [*map(nearest, table)] == [STEP] * 4]
    assert [table for table in seen if nearest(sum(table)) == 30] == [(7, 7, 7, 7)]


def test_cells_and_totals_in_plain_steps_would_give_counts_away() -> None:
    """Why a total's last steps are one: five parts below five and a plain total of 20 can only be 4 each."""
    tables = [table for table in product(range(STEP), repeat=5) if shown(sum(table)) == Shown(20, 24)]
    assert tables == [(4, 4, 4, 4, 4)]
    assert shown(20, most_of_parts((4, 4, 4, 4, 4))) == Shown(15, None)


def is_fork(table: Sequence[int]) -> bool:
    """Tell whether in two half-years no more was accepted or not accepted than had come in by their ends."""
    came, accepted, declined, came_later, accepted_later, declined_later = table
    decided = accepted + declined
    return decided <= came and decided + accepted_later + declined_later <= came + came_later


def is_chain(table: Sequence[int]) -> bool:
    """Tell whether no more was accepted than had come in, and no more investigated than had been accepted."""
    came, accepted, begun, came_later, accepted_later, begun_later = table
    return came >= accepted >= begun and came + came_later >= accepted + accepted_later >= begun + begun_later


@pytest.mark.parametrize("is_possible", [is_fork, is_chain])
def test_two_publications_put_together_leave_each_count_open(is_possible: Callable[[Sequence[int]], bool]) -> None:
    """Not even who knows that there was nothing before, and that no case was taken up again, gets below three values.

    Tried for every way in which two publications of three figures up to 14 can look.
    """
    narrowest = STEP
    for lows in product((0, STEP, 2 * STEP), repeat=6):
        tables = [t for t in product(*(range(low, low + STEP) for low in lows)) if is_possible(t)]
        if tables:
            narrowest = min(narrowest, *(len(set(values)) for values in zip(*tables, strict=True)))
    assert narrowest >= LEFT_OPEN


@given(COUNTS, COUNTS)
def test_one_case_more_changes_a_figure_by_a_step_at_most(count: int, most: int) -> None:
    """Whoever knows of one case learns from the figure only that it was counted somewhere in the step."""
    before, after = shown(count, max(most, count)), shown(count + 1, max(most, count + 1))
    assert after.least - before.least in {0, STEP}
