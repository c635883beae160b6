"""Pushes leave at least once while the reporter wants them, and never again once they do not."""

from collections.abc import Sequence

import pytest

from backend import commands, queries, telling
from backend.contract import Delivered, Fault, Inbox, Lease, LettersRead, Locate, Push
from backend.domain.case import Refused
from backend.domain.pushes import ENTROPY, TRIES, delay, lease_seconds
from backend.ports import CaseStore
from tests.support.reports import circumstances, from_staff, locator, publication, submission, told
from tests.support.secrecy import at_ease

ORGAN = "ministry"
START = 1_800_000_000
AT = circumstances(START)


@pytest.fixture
async def number(store: CaseStore) -> str:
    """The number of a case whose reporter wants to be told at `mailbox-1`."""
    await store.write(ORGAN, lambda work: commands.publish_roster(work, AT, publication()))
    outcome = await store.write(ORGAN, lambda work: commands.submit(work, AT, submission()))
    assert isinstance(outcome, tuple)
    await at_ease(store, outcome[0].case_number, "sato")
    assert await wish(store, "mailbox-1") is None
    return outcome[0].case_number


async def wish(store: CaseStore, mailbox: str | None, card_version: int = 1) -> Refused | None:
    """The reporter says whether they want to be told."""
    return await store.write(ORGAN, lambda work: telling.set_told(work, AT, told(mailbox, card_version)))


async def answer(store: CaseStore, number: str, message_id: str, seen: int, *, note: bool = False) -> None:
    """A staff member writes."""
    sent = from_staff(message_id, seen, note=note)
    at = circumstances(START)
    for _ in range(seen):
        # Real dice do not fall alike twice.
        at.chance.bytes(1)
    assert await store.write(ORGAN, lambda work: commands.write_as_staff(work, at, "sato", number, sent)) is None


async def leased(store: CaseStore, now: int = START, organ: str = ORGAN, within: int = 0) -> Sequence[Push]:
    """What a worker gets."""
    asked = Lease(within=within)
    found, _ = await store.write(organ, lambda work: telling.lease_pushes(work, circumstances(now), asked))
    return found.pushes


async def visited(store: CaseStore) -> Inbox:
    """What the reporter's token opens."""
    inbox = await store.read(
        ORGAN, lambda work: queries.inbox_of_locator(work, AT.today, Locate(locator=locator("first")))
    )
    assert isinstance(inbox, Inbox)
    return inbox


async def read(store: CaseStore, letters: int) -> None:
    """The reporter has so many letters before them."""
    sent = LettersRead(locator=locator("first"), letters=letters, notices=1)
    assert await store.write(ORGAN, lambda work: telling.letters_read(work, AT, sent)) is None


async def park(store: CaseStore) -> None:
    """Nobody acknowledges the push, however often it is handed out."""
    now = START
    for tries in range(TRIES + 1):
        await leased(store, now)
        now += lease_seconds(tries)


async def resting(store: CaseStore) -> int:
    """How many pushes were tried too often."""
    return await store.read(ORGAN, lambda work: work.outbox.parked())


async def strike_out(store: CaseStore, *push_ids: str, gone: Sequence[str] = ()) -> None:
    """The worker says what became of pushes."""
    sent = Delivered(push_ids=push_ids, undeliverable=tuple(gone))
    await store.write(ORGAN, lambda work: telling.acknowledge_pushes(work, AT, sent))


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
    outcome = await store.write(ORGAN, lambda work: telling.lease_pushes(work, circumstances(now), Lease()))
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
    inbox = await store.read(
        ORGAN, lambda work: queries.inbox_of_locator(work, AT.today, Locate(locator=locator("first")))
    )
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


async def test_a_mailbox_that_is_gone_is_known_no_more(store: CaseStore, number: str) -> None:
    """At the next visit the bot sees that nobody is told any more, whatever the reporter's card says."""
    assert (await visited(store)).told
    await answer(store, number, "s1", 0)
    pushes = await leased(store)
    await strike_out(store, gone=[pushes[0].push_id])
    assert not (await visited(store)).told


async def test_a_push_leaves_at_a_moment_drawn_once(store: CaseStore, number: str) -> None:
    """Not before it, whoever asks how often; then it is handed out like any other."""
    await answer(store, number, "s1", 0)
    within = 1800
    for _ in range(3):
        assert await leased(store, START, within=within) == ()
    moment = START + delay(circumstances().chance.bytes(ENTROPY), within)
    assert await leased(store, moment - 1, within=within) == ()
    assert len(await leased(store, moment, within=within)) == 1


async def test_who_has_read_everything_is_told_nothing(store: CaseStore, number: str) -> None:
    """What was waiting to leave does not leave any more; a parked push goes as well."""
    await answer(store, number, "s1", 0)
    assert (await visited(store)).announcing
    await read(store, 1)
    assert not (await visited(store)).announcing
    assert await leased(store) == ()
    await answer(store, number, "s2", 1)
    await park(store)
    assert await resting(store) == 1
    await read(store, 2)
    assert await resting(store) == 0


async def test_who_has_read_an_earlier_answer_is_told_of_the_later(store: CaseStore, number: str) -> None:
    """An answer that came while the reporter was reading is announced."""
    await answer(store, number, "s1", 0)
    await answer(store, number, "s2", 1)
    await read(store, 1)
    assert len(await leased(store)) == 1


async def test_a_locator_that_leads_nowhere_has_read_nothing(store: CaseStore) -> None:
    """Unknown is unknown, here too."""
    sent = LettersRead(locator=locator("nobody"), letters=1)
    assert await store.write(ORGAN, lambda work: telling.letters_read(work, AT, sent)) == Refused(Fault.NOT_FOUND)


async def test_another_organs_bot_gets_no_push(store: CaseStore, number: str) -> None:
    """A lease hands out pushes of the worker's own organ."""
    await answer(store, number, "s1", 0)
    assert await leased(store, organ="agency") == ()
    assert len(await leased(store)) == 1
