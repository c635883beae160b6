"""Open inboxes live in memory, under handles that tell nothing, and close by themselves."""

from datetime import timedelta

from bot.anonymity.references import new_token
from bot.anonymity.token_keys import keys_of
from bot.dispatcher.opened import IDLE, OpenInboxes
from tests.support.outside import Counting, SetClock


def test_an_inbox_is_found_by_its_handle_until_it_is_closed() -> None:
    """Two tokens have two handles; closing one leaves the other."""
    inboxes = OpenInboxes(SetClock(), Counting())
    one, two = inboxes.put(keys_of(new_token())), inboxes.put(keys_of(new_token()))
    assert one != two
    inboxes.close(one)
    inboxes.close(one)
    assert inboxes.get(one) is None
    assert inboxes.get(two) is not None


def test_an_idle_inbox_closes_and_a_used_one_stays() -> None:
    """Half an hour from the last use, not from the first."""
    clock = SetClock()
    inboxes = OpenInboxes(clock, Counting())
    used, idle = inboxes.put(keys_of(new_token())), inboxes.put(keys_of(new_token()))
    clock.time += IDLE
    assert inboxes.get(used) is not None
    clock.time += timedelta(seconds=1)
    assert inboxes.get(idle) is None
    assert inboxes.get(used) is not None


def test_idle_inboxes_do_not_pile_up() -> None:
    """A new one sweeps the idle ones out, although nobody asks for them any more."""
    clock = SetClock()
    inboxes = OpenInboxes(clock, Counting())
    old = inboxes.put(keys_of(new_token()))
    clock.time += IDLE + timedelta(seconds=1)
    inboxes.put(keys_of(new_token()))
    clock.time -= IDLE
    assert inboxes.get(old) is None


def test_a_page_that_looks_again_by_itself_keeps_nothing_open() -> None:
    """Only what the person does counts as use."""
    clock = SetClock()
    inboxes = OpenInboxes(clock, Counting())
    handle = inboxes.put(keys_of(new_token()))
    for _ in range(3):
        clock.time += IDLE / 3
        assert inboxes.peek(handle) is not None
    clock.time += timedelta(seconds=1)
    assert inboxes.peek(handle) is None
