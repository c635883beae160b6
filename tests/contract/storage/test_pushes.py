"""Pushes leave at least once while the reporter wants them, and never again once they do not."""

from collections.abc import Sequence

import pytest

from backend import commands, queries
from backend.contract import Delivered, Fault, Locate, Push
from backend.domain.case import Refused
from backend.domain.pushes import TRIES, lease_seconds
from backend.ports import CaseStore
from tests.support.reports import circumstances, from_staff, locator, submission, told

ORGAN = "ministry"
START = 1_800_000_000
AT = circumstances(START)


@pytest.fixture
async def number(store: CaseStore) -> str:
    """The number of a case whose reporter wants to be told at `mailbox-1`."""
    outcome = await store.write(ORGAN, lambda work: commands.submit(work, AT, submission()))
    assert isinstance(outcome, tuple)
    assert await wish(store, "mailbox-1") is None
    return outcome[0].case_number


async def wish(store: CaseStore, mailbox: str | None, card_version: int = 1) -> Refused | None:
    """The reporter says whether they want to be told."""
    return await store.write(ORGAN, lambda work: commands.set_told(work, AT, told(mailbox, card_version)))


async def answer(store: CaseStore, number: str, message_id: str, seen: int, *, note: bool = False) -> None:
    """A staff member writes."""
    sent = from_staff(message_id, seen, note=note)
    at = circumstances(START)
    for _ in range(seen):
        # Real dice do not fall alike twice.
        at.chance.bytes(1)
    assert await store.write(ORGAN, lambda work: commands.write_as_staff(work, at, "sato", number, sent)) is None


async def leased(store: CaseStore, now: int = START, organ: str = ORGAN) -> Sequence[Push]:
    """What a worker gets."""
    found, _ = await store.write(organ, lambda work: commands.lease_pushes(work, circumstances(now)))
    return found.pushes


async def strike_out(store: CaseStore, *push_ids: str, gone: Sequence[str] = ()) -> None:
    """The worker says what became of pushes."""
    sent = Delivered(push_ids=push_ids, undeliverable=tuple(gone))
    await store.write(ORGAN, lambda work: commands.acknowledge_pushes(work, AT, sent))


async def test_an_answer_makes_one_push_leave(store: CaseStore, number: str) -> None:
    """It names the mailbox; while it is on lease nobody else gets it, and once delivered it is gone."""
    await answer(store, number, "s1", 0)
    pushes = await leased(store)
    assert [push.mailbox for push in pushes] == ["mailbox-1"]
    assert await leased(store) == ()
    await strike_out(store, pushes[0].push_id)
    assert await leased(store, START + 10 * lease_seconds(TRIES)) == ()


async def test_a_note_makes_nothing_leave(store: CaseStore, number: str) -> None:
    """There is nothing for the reporter to read."""
    await answer(store, number, "n1", 0, note=True)
    assert await leased(store) == ()


async def test_a_push_in_the_hands_of_a_dead_worker_is_handed_out_again(store: CaseStore, number: str) -> None:
    """When the lease ends without an acknowledgement, the next worker gets the same push."""
    await answer(store, number, "s1", 0)
    first = await leased(store)
    assert await leased(store, START + lease_seconds(0) - 1) == ()
    assert await leased(store, START + lease_seconds(0)) == first


async def test_two_answers_make_one_push_and_a_late_acknowledgement_strikes_out_none(
    store: CaseStore, number: str
) -> None:
    """The second answer has a push of its own id, so that word of the first cannot silence it."""
    await answer(store, number, "s1", 0)
    first = await leased(store)
    await answer(store, number, "s2", 1)
    await strike_out(store, first[0].push_id)
    second = await leased(store)
    assert len(second) == 1
    assert second[0].push_id != first[0].push_id


async def test_a_push_is_parked_after_the_last_try(store: CaseStore, number: str) -> None:
    """Each lease is longer than the one before; after eight the push rests, and someone is told how many do."""
    await answer(store, number, "s1", 0)
    now = START
    for tries in range(TRIES):
        assert len(await leased(store, now)) == 1
        now += lease_seconds(tries)
    outcome = await store.write(ORGAN, lambda work: commands.lease_pushes(work, circumstances(now)))
    assert (outcome[0].pushes, outcome[1]) == ((), 1)
    assert await leased(store, now * 2) == ()


async def test_who_does_not_want_to_be_told_any_more_is_forgotten(store: CaseStore, number: str) -> None:
    """Neither what was queued nor later answers leave for the old mailbox."""
    await answer(store, number, "s1", 0)
    assert await wish(store, None, card_version=2) is None
    assert await leased(store) == ()
    await answer(store, number, "s2", 1)
    assert await leased(store) == ()


@pytest.mark.usefixtures("number")
async def test_a_wish_may_be_repeated_but_not_on_an_older_card(store: CaseStore) -> None:
    """The same wish again is no change; another device's wish on the same card is refused."""
    assert await wish(store, "mailbox-1") is None
    assert await wish(store, "mailbox-2") == Refused(Fault.CHANGED_MEANWHILE)
    inbox = await store.read(ORGAN, lambda work: queries.inbox_of_locator(work, Locate(locator=locator("first"))))
    assert not isinstance(inbox, Refused)
    assert inbox.card_version == 2


async def test_a_wish_for_no_case_is_refused(store: CaseStore) -> None:
    """A locator that leads nowhere takes no mailbox."""
    assert await wish(store, "mailbox-1") == Refused(Fault.NOT_FOUND)


async def test_a_mailbox_that_is_gone_is_forgotten(store: CaseStore, number: str) -> None:
    """What can never be delivered is struck out, and later answers do not try again."""
    await answer(store, number, "s1", 0)
    pushes = await leased(store)
    await strike_out(store, gone=[pushes[0].push_id])
    await answer(store, number, "s2", 1)
    assert await leased(store, START * 2) == ()


async def test_another_organs_bot_gets_no_push(store: CaseStore, number: str) -> None:
    """A lease hands out pushes of the worker's own organ."""
    await answer(store, number, "s1", 0)
    assert await leased(store, organ="agency") == ()
    assert len(await leased(store)) == 1
