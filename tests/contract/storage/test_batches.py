"""What reporters do comes before staff in batches, and until then nothing that staff can ask for tells of it."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from backend import commands, queries
from backend.batches import release_some
from backend.contract import (
    CaseFile,
    CaseLine,
    Escalation,
    Fault,
    FromReporter,
    Inbox,
    Locate,
    Submission,
)
from backend.domain import chain
from backend.domain.case import Refused
from backend.ports import CaseStore
from backend.scheduler import release
from tests.support.reports import (
    TODAY,
    CountedChance,
    circumstances,
    from_reporter,
    from_staff,
    locator,
    publication,
    submission,
)
from tests.support.secrecy import at_ease

ORGAN = "ministry"
AT = replace(circumstances(), holds=True)
SEEN_AT_ONCE = replace(AT, holds=False)


async def hand_over(store: CaseStore, sent: Submission) -> str:
    """A report comes in, with the file it names; the number of its case."""
    for file_id in sent.file_ids:
        await put(store, file_id)
    await store.write(ORGAN, lambda work: commands.publish_roster(work, AT, publication()))
    outcome = await store.write(ORGAN, lambda work: commands.submit(work, AT, sent))
    assert isinstance(outcome, tuple)
    await at_ease(store, outcome[0].case_number, "sato")
    return outcome[0].case_number


async def put(store: CaseStore, file_id: str) -> None:
    """The bot puts a file up."""
    assert await store.write(ORGAN, lambda work: commands.put_file(work, AT, file_id, b"sealed")) is None


async def hear(store: CaseStore, sent: FromReporter) -> Refused | None:
    """The reporter writes."""
    return await store.write(ORGAN, lambda work: commands.write_as_reporter(work, AT, sent))


async def answer(store: CaseStore, number: str, message_id: str, seen: int) -> Refused | None:
    """A staff member writes."""
    sent = from_staff(message_id, seen)
    return await store.write(ORGAN, lambda work: commands.write_as_staff(work, AT, "sato", number, sent))


async def lines(store: CaseStore) -> Sequence[CaseLine]:
    """What a staff member sees first."""
    return (await store.read(ORGAN, lambda work: queries.staff_inbox(work, "sato"))).cases


async def looked_at(store: CaseStore, number: str) -> CaseFile | None:
    """A case as a staff member would have it, without the trace that opening it leaves."""
    return await store.read(ORGAN, lambda work: work.cases.file(number, "sato"))


async def strike(store: CaseStore) -> int:
    """The clock strikes; how many cases came before staff."""
    return await release(store, [ORGAN], AT)


@pytest.fixture
async def seen(store: CaseStore) -> str:
    """The number of a case that staff see already."""
    number = await hand_over(store, submission())
    await strike(store)
    return number


async def test_a_report_is_not_there_for_staff_until_the_hour(store: CaseStore) -> None:
    """Neither in the inbox nor under its number, nor its file; then all of it is there, under the day it came in."""
    sent = submission(file_ids=("f1",))
    number = await hand_over(store, sent)
    assert await lines(store) == ()
    assert await looked_at(store, number) is None
    opened = await store.write(ORGAN, lambda work: commands.open_case(work, AT, "sato", number))
    assert opened == Refused(Fault.NOT_FOUND)
    assert await answer(store, number, "s1", 0) == Refused(Fault.NOT_FOUND)
    assert await store.read(ORGAN, lambda work: work.files.content(number, "f1", "sato")) is None
    assert await strike(store) == 1
    (line,) = await lines(store)
    assert (line.case_number, line.received_on, line.due_on) == (number, TODAY, date(2026, 12, 7))
    assert await store.read(ORGAN, lambda work: work.files.content(number, "f1", "sato")) == b"sealed"


async def test_a_report_in_danger_is_there_at_once(store: CaseStore) -> None:
    """Whoever marked danger is not kept waiting, and no other report goes along."""
    await hand_over(store, submission("other"))
    await hand_over(store, submission(at_once=True))
    assert [line.submission_id for line in await lines(store)] == ["first"]


async def test_nobody_is_alerted_of_a_report_before_the_hour(store: CaseStore) -> None:
    """That a report went past its desk would tell as well that there is one."""
    await hand_over(store, submission(holders=("recovery",), escalation=Escalation.RECOVERY, overseer="mori", desk=""))
    inbox = await store.read(ORGAN, lambda work: queries.staff_inbox(work, "mori"))
    assert inbox.alerts == ()
    await strike(store)
    inbox = await store.read(ORGAN, lambda work: queries.staff_inbox(work, "mori"))
    assert len(inbox.alerts) == 1


async def test_a_held_letter_leaves_no_trace_that_staff_could_notice(store: CaseStore, seen: str) -> None:
    """Thread, figures, files and log are to the last field as if it had not come."""
    before = (await lines(store), await looked_at(store, seen))
    await put(store, "f1")
    assert await hear(store, from_reporter(file_ids=("f1",))) is None
    assert (await lines(store), await looked_at(store, seen)) == before
    assert await store.read(ORGAN, lambda work: work.files.content(seen, "f1", "sato")) is None


async def test_staff_answer_as_if_a_held_letter_were_not_there(store: CaseStore, seen: str) -> None:
    """An answer is not refused on account of it; it comes after the answer, in thread and log, and waits for one."""
    await hear(store, from_reporter())
    assert await answer(store, seen, "s1", 0) is None
    await strike(store)
    case = await looked_at(store, seen)
    assert case is not None
    assert [letter.message_id for letter in case.letters] == ["s1", "r1"]
    assert (case.seen, case.line.awaits_answer) == (2, True)
    assert [link.act for link in case.log] == ["received", "wrote", "wrote"]
    assert chain.broken_at(case.log, chain.genesis(ORGAN, "first"), case.log[-1].entry_hash) is None
    assert await answer(store, seen, "s2", 1) == Refused(Fault.CHANGED_MEANWHILE)


async def test_letters_of_one_hour_keep_their_order(store: CaseStore, seen: str) -> None:
    """Whatever ids they bear; each under the day on which it was written."""
    late = replace(AT, today=TODAY + timedelta(days=1))
    await hear(store, from_reporter(message_id="z"))
    sent = from_reporter(message_id="a", card_version=2)
    await store.write(ORGAN, lambda work: commands.write_as_reporter(work, late, sent))
    await strike(store)
    case = await looked_at(store, seen)
    assert case is not None
    assert [(letter.message_id, letter.on) for letter in case.letters] == [("z", TODAY), ("a", late.today)]
    assert [link.on for link in case.log] == [TODAY, TODAY, late.today]


async def test_a_letter_in_danger_takes_along_what_was_held_before_it(store: CaseStore) -> None:
    """Staff see case and letters in their order, and at once; those of other cases wait."""
    number = await hand_over(store, submission())
    await hand_over(store, submission("other"))
    await hear(store, from_reporter())
    await hear(store, from_reporter(message_id="r2", card_version=2, at_once=True))
    assert len(await lines(store)) == 1
    case = await looked_at(store, number)
    assert case is not None
    assert [letter.message_id for letter in case.letters] == ["r1", "r2"]


@pytest.mark.usefixtures("seen")
async def test_the_reporter_sees_everything_at_once(store: CaseStore) -> None:
    """Their case opens before staff see it, and each letter leaves its card behind at once."""
    await hand_over(store, submission("second"))
    await hear(store, from_reporter("second"))
    inbox = await store.read(
        ORGAN, lambda work: queries.inbox_of_locator(work, AT.today, Locate(locator=locator("second")))
    )
    assert isinstance(inbox, Inbox)
    assert (inbox.card, inbox.card_version) == (b"card after r1", 2)


async def test_a_repeat_of_what_is_held_is_a_repeat(store: CaseStore) -> None:
    """A bot that never heard the answer asks again: nothing is doubled, before the hour and after it."""
    sent, letter = submission(), from_reporter()
    number = await hand_over(store, sent)
    for _ in range(2):
        assert await hand_over(store, sent) == number
        for _ in range(2):
            assert await hear(store, letter) is None
        await strike(store)
    case = await looked_at(store, number)
    assert case is not None
    assert (case.seen, len(await lines(store))) == (1, 1)


async def test_one_side_cannot_take_the_id_of_a_held_letter(store: CaseStore, seen: str) -> None:
    """It would keep the batch from ever coming before staff."""
    await hear(store, from_reporter(message_id="m1"))
    assert await answer(store, seen, "m1", 0) == Refused(Fault.CHANGED_MEANWHILE)


async def test_what_staff_have_seen_is_not_taken_from_them(store: CaseStore, seen: str) -> None:
    """A letter that names a file once more does not hide it again."""
    await put(store, "f1")
    await hear(store, from_reporter(file_ids=("f1",)))
    await strike(store)
    await hear(store, from_reporter(message_id="r2", card_version=2, file_ids=("f1",)))
    case = await looked_at(store, seen)
    assert case is not None
    assert [each.file_id for each in case.files] == ["f1"]


async def test_several_clocks_may_strike_at_once(store: CaseStore) -> None:
    """More cases than one transaction takes, released by three processes: each comes before staff once and whole."""
    names = [f"report-{number}" for number in range(70)]
    chance = CountedChance()
    for name in names:
        act = partial(commands.submit, at=replace(AT, chance=chance), sent=submission(name))
        await store.write(ORGAN, act)
        await hear(store, from_reporter(name))
    await asyncio.gather(*(strike(store) for _ in range(3)))
    assert sorted(line.submission_id for line in await lines(store)) == sorted(names)
    assert {line.letters for line in await lines(store)} == {1}
    assert await strike(store) == 0


async def test_another_organs_batch_is_left_alone(store: CaseStore) -> None:
    """A batch is one organ's; what others hold stays held."""
    await hand_over(store, submission())
    assert await store.write("agency", release_some) == 0
    assert await lines(store) == ()


async def test_what_is_held_when_the_setting_changes_comes_with_the_next_hour(store: CaseStore) -> None:
    """Holding is decided as an act comes in; the clock goes on striking for what was held before."""
    await hand_over(store, submission())
    await store.write(ORGAN, lambda work: commands.submit(work, SEEN_AT_ONCE, submission("second")))
    assert [line.submission_id for line in await lines(store)] == ["second"]
    assert await strike(store) == 1
