"""Letters stay in order, arrive once, and nobody writes over what they have not seen."""

from functools import partial

import pytest

from backend import commands, queries
from backend.contract import CaseFile, Fault, FromReporter, FromStaff, Locate, Move, Obligation, Side, Stage
from backend.domain import chain
from backend.domain.case import Refused
from backend.ports import CaseStore
from tests.support.reports import (
    REASONS,
    circumstances,
    from_reporter,
    from_staff,
    locator,
    move,
    publication,
    submission,
)
from tests.support.secrecy import at_ease

ORGAN = "ministry"
AT = circumstances()


@pytest.fixture
async def number(store: CaseStore) -> str:
    """The number of a case that is granted to sato."""
    await store.write(ORGAN, lambda work: commands.publish_roster(work, AT, publication()))
    outcome = await store.write(ORGAN, lambda work: commands.submit(work, AT, submission()))
    assert isinstance(outcome, tuple)
    await at_ease(store, outcome[0].case_number, "sato")
    return outcome[0].case_number


async def hear(store: CaseStore, sent: FromReporter) -> Refused | None:
    """The reporter writes."""
    return await store.write(ORGAN, lambda work: commands.write_as_reporter(work, AT, sent))


async def answer(store: CaseStore, number: str, sent: FromStaff, who: str = "sato") -> Refused | None:
    """A staff member writes."""
    return await store.write(ORGAN, lambda work: commands.write_as_staff(work, AT, who, number, sent))


async def opened(store: CaseStore, number: str) -> CaseFile:
    """A staff member opens the case."""
    found = await store.write(ORGAN, lambda work: commands.open_case(work, AT, "sato", number))
    assert isinstance(found, CaseFile)
    return found


async def test_a_thread_goes_to_and_fro(store: CaseStore, number: str) -> None:
    """Staff see all letters in order; the reporter sees what was written for them, and the newest card."""
    assert await hear(store, from_reporter()) is None
    assert await answer(store, number, from_staff("s1", seen=1)) is None
    assert await answer(store, number, from_staff("n1", seen=2, note=True)) is None
    case = await opened(store, number)
    assert [(letter.message_id, letter.side) for letter in case.letters] == [
        ("r1", Side.REPORTER),
        ("s1", Side.STAFF),
        ("n1", Side.STAFF),
    ]
    assert (case.seen, case.line.awaits_answer) == (3, False)
    inbox = await store.read(
        ORGAN, lambda work: queries.inbox_of_locator(work, AT.today, Locate(locator=locator("first")))
    )
    assert not isinstance(inbox, Refused)
    assert [(letter.message_id, letter.ciphertext) for letter in inbox.letters] == [("s1", b"for reporter s1")]
    assert (inbox.card, inbox.card_version) == (b"card after r1", 2)


async def test_a_note_answers_nobody(store: CaseStore, number: str) -> None:
    """The case goes on waiting, for the reporter cannot read a note."""
    await answer(store, number, from_staff("n1", note=True))
    assert (await opened(store, number)).line.awaits_answer


async def test_a_repeated_letter_is_kept_once(store: CaseStore, number: str) -> None:
    """After an unclear outcome both sides may send again, even sealed anew."""
    await hear(store, from_reporter())
    assert await hear(store, from_reporter()) is None
    assert await hear(store, from_reporter(ciphertext=b"sealed anew")) is None
    await answer(store, number, from_staff("s1", seen=1))
    assert await answer(store, number, from_staff("s1", seen=1)) is None
    assert [letter.ciphertext for letter in (await opened(store, number)).letters] == [
        b"from reporter r1",
        b"for desk s1",
    ]


async def test_one_side_cannot_take_the_id_of_the_others_letter(store: CaseStore, number: str) -> None:
    """An id that staff have used is refused to the reporter, and nothing is kept."""
    await answer(store, number, from_staff("s1"))
    assert await hear(store, from_reporter(message_id="s1")) == Refused(Fault.CHANGED_MEANWHILE)
    assert (await opened(store, number)).seen == 1


async def test_two_devices_cannot_write_over_each_other(store: CaseStore, number: str) -> None:
    """A letter that goes with an older card is refused; the card in the store stays."""
    await hear(store, from_reporter("first", "r1"))
    assert await hear(store, from_reporter("first", "r2", card_version=1)) == Refused(Fault.CHANGED_MEANWHILE)
    assert await hear(store, from_reporter("first", "r2", card_version=2)) is None
    assert (await opened(store, number)).seen == 2


async def test_nobody_answers_over_an_unseen_letter(store: CaseStore, number: str) -> None:
    """A letter came while staff were writing: their answer is refused until they have seen it."""
    await hear(store, from_reporter())
    assert await answer(store, number, from_staff(seen=0)) == Refused(Fault.CHANGED_MEANWHILE)


async def test_a_letter_whose_file_is_missing_is_not_kept(store: CaseStore, number: str) -> None:
    """Neither letter nor card: the bot puts the file up and sends the same letter again."""
    sent = from_reporter(file_ids=("f9",))
    assert await hear(store, sent) == Refused(Fault.FILE_MISSING)
    assert (await opened(store, number)).seen == 0
    await store.write(ORGAN, lambda work: commands.put_file(work, AT, "f9", b"sealed"))
    assert await hear(store, sent) is None
    assert [(each.file_id, each.size) for each in (await opened(store, number)).files] == [("f9", 6)]


@pytest.mark.usefixtures("number")
async def test_a_locator_that_leads_nowhere_is_not_found(store: CaseStore) -> None:
    """Unknown and mistyped get one answer, whatever is asked."""
    unknown = from_reporter("nobody")
    assert await hear(store, unknown) == Refused(Fault.NOT_FOUND)
    inbox = await store.read(
        ORGAN, lambda work: queries.inbox_of_locator(work, AT.today, Locate(locator=unknown.locator))
    )
    assert inbox == Refused(Fault.NOT_FOUND)


async def test_who_has_no_grant_finds_no_case(store: CaseStore, number: str) -> None:
    """For a staff member without a grant the case does not exist: not to open, answer, move or list."""
    gone = Refused(Fault.NOT_FOUND)
    assert await answer(store, number, from_staff(), "suzuki") == gone
    assert await store.write(ORGAN, lambda work: commands.open_case(work, AT, "suzuki", number)) == gone
    assert await store.write(ORGAN, lambda work: commands.move_case(work, AT, "suzuki", number, move())) == gone
    assert (await store.read(ORGAN, lambda work: queries.staff_inbox(work, "suzuki"))).cases == ()


async def test_a_decision_moves_the_case_and_ends_what_was_owed(store: CaseStore, number: str) -> None:
    """With reason and notice the case is declined, an end of its handling is owed, and a repeat changes nothing."""
    sent = move(Move.DECLINE, REASONS[0])
    for _ in range(2):
        line = await store.write(ORGAN, lambda work: commands.move_case(work, AT, "sato", number, sent))
        assert not isinstance(line, Refused)
        assert (line.stage, line.owes, line.letters) == (Stage.NOT_ACCEPTED, Obligation.FINISH, 1)


async def test_a_reason_that_the_organ_has_not_published_is_refused(store: CaseStore, number: str) -> None:
    """No free text gets into the store by way of a reason."""
    sent = move(Move.DECLINE, "because-i-say-so")
    refused = await store.write(ORGAN, lambda work: commands.move_case(work, AT, "sato", number, sent))
    assert refused == Refused(Fault.REASON_NEEDED)
    assert (await opened(store, number)).line.stage is Stage.RECEIVED


async def test_every_act_stands_in_a_log_that_holds_together(store: CaseStore, number: str) -> None:
    """Receipt, letters, note, decision and openings, by whom and on which day, chained from the case's own start."""
    await hear(store, from_reporter())
    await opened(store, number)
    await answer(store, number, from_staff("n1", seen=1, note=True))
    decision = move(letter=from_staff("s1", seen=2))
    await store.write(ORGAN, lambda work: commands.move_case(work, AT, "sato", number, decision))
    log = (await opened(store, number)).log
    assert [(link.actor, link.act) for link in log] == [
        ("reporter", "received"),
        ("reporter", "wrote"),
        ("sato", "opened"),
        ("sato", "noted"),
        ("sato", "accept"),
        ("sato", "opened"),
    ]
    assert chain.broken_at(log, chain.genesis(ORGAN, "first"), log[-1].entry_hash) is None


@pytest.mark.usefixtures("number")
async def test_the_inbox_shows_what_is_due_first_on_top(store: CaseStore) -> None:
    """By the day on which the next thing owed falls due, whatever that thing is."""
    for name, day in (("newer", 20), ("older", 3), ("decided", 1)):
        at = circumstances(today=AT.today.replace(day=day, month=10))
        await store.write(ORGAN, partial(commands.submit, at=at, sent=submission(name)))
    before = await store.read(ORGAN, lambda work: queries.staff_inbox(work, "sato"))
    decided = next(line.case_number for line in before.cases if line.submission_id == "decided")
    await at_ease(store, decided, "sato")
    await store.write(ORGAN, lambda work: commands.move_case(work, AT, "sato", decided, move()))
    after = await store.read(ORGAN, lambda work: queries.staff_inbox(work, "sato"))
    assert [line.submission_id for line in after.cases] == ["older", "decided", "newer", "first"]
