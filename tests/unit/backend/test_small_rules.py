"""Case numbers, leases and the tally: small rules without any store."""

from datetime import date

import pytest

from backend.contract import Fault, Side
from backend.domain.case import Refused
from backend.domain.letters import repeated
from backend.domain.numbers import ENTROPY, case_number, is_case_number
from backend.domain.pushes import TRIES, lease_seconds
from backend.web.tally import Tally
from tests.support.reports import TODAY, CountedChance


def test_case_numbers_are_spelt_with_symbols_that_nobody_mishears() -> None:
    """Year, dash and six symbols without I, L, O and U."""
    chance = CountedChance()
    numbers = [case_number(2026, chance.bytes(ENTROPY)) for _ in range(500)]
    assert all(is_case_number(number) for number in numbers)
    assert not set("".join(numbers)) & set("ILOU")


def test_case_numbers_do_not_tell_which_came_first() -> None:
    """A later case has no higher number."""
    chance = CountedChance()
    numbers = [case_number(2026, chance.bytes(ENTROPY)) for _ in range(50)]
    assert numbers not in (sorted(numbers), sorted(numbers, reverse=True))


def test_every_random_bit_of_a_number_counts() -> None:
    """Thirty bits: the two that six symbols have no room for are left over, all others change the number."""
    seen = {case_number(2026, (1 << bit).to_bytes(4)) for bit in range(32)}
    assert len(seen) == 30 + 1


@pytest.mark.parametrize(
    "text", ["", "2026-7K3QF", "2026-7K3QF99", "2026-7k3qf9", "26-7K3QF9", "2026-7K3QFI", "2026/7K3QF9"]
)
def test_what_is_no_case_number_is_not_looked_up(text: str) -> None:
    """Another shape is another thing."""
    assert not is_case_number(text)


def test_each_lease_is_twice_as_long_as_the_one_before() -> None:
    """From one minute to about two hours, and no longer from then on."""
    leases = [lease_seconds(tries) for tries in range(TRIES + 2)]
    assert leases[:TRIES] == [60 * 2**tries for tries in range(TRIES)]
    assert leases[TRIES:] == [leases[TRIES - 1]] * 2


def test_a_days_figures_are_shown_when_the_day_is_over() -> None:
    """A scrape during the day cannot tell that someone has just written."""
    tally = Tally()
    tally.count("reports", TODAY)
    tally.count("reports", TODAY)
    assert tally.until_yesterday(TODAY) == {}
    assert tally.until_yesterday(date(2026, 11, 22)) == {"reports": 2}
    tally.count("letters", date(2026, 11, 22))
    assert tally.until_yesterday(date(2026, 11, 23)) == {"reports": 2, "letters": 1}


def test_an_id_is_a_repeat_from_the_same_side_only() -> None:
    """Sealed anew it is the same letter; from the other side it is a clash."""
    assert repeated(Side.REPORTER, Side.REPORTER) is None
    assert repeated(Side.REPORTER, Side.STAFF) == Refused(Fault.CHANGED_MEANWHILE)
