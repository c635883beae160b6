"""The API as bot and staff use it, from the first report to the last push."""

import asyncio
from pathlib import Path

import pytest

from backend.contract import (
    CaseFile,
    CaseLine,
    Delivered,
    Fault,
    Inbox,
    Leased,
    Locate,
    Move,
    MoveCase,
    Receipt,
    RosterDocument,
    StaffInbox,
    Stage,
)
from tests.support.backend_server import Client, Server, served, settings
from tests.support.reports import (
    REASONS,
    from_reporter,
    from_staff,
    locator,
    move,
    publication,
    submission,
    told,
)
from tests.support.secrecy import declare


async def test_a_report_goes_all_the_way(bot: Client, sato: Client) -> None:
    """Put up, handed over, opened, answered, accepted, pushed, read; each side sees what is meant for it."""
    assert (await bot.ask("PUT", "/files/f1", b"sealed file")).status == 204
    handed_over = await bot.ask("POST", "/submissions", submission(file_ids=("f1",)))
    assert handed_over.status == 201
    number = handed_over.record(Receipt).case_number
    assert (await bot.ask("POST", "/inbox/told", told("mailbox-1"))).status == 204
    assert (await bot.ask("POST", "/inbox/letters", from_reporter(card_version=2))).status == 204

    lines = (await sato.ask("GET", "/cases")).record(StaffInbox).cases
    assert [(line.case_number, line.letters, line.awaits_answer) for line in lines] == [(number, 1, True)]
    await declare(sato, number)
    case = (await sato.ask("POST", f"/cases/{number}/open")).record(CaseFile)
    assert [part.ciphertext for part in case.parts] == [b"sealed facts", b"sealed name"]
    assert (await sato.ask("GET", f"/cases/{number}/files/f1")).body == b"sealed file"
    accepted = await sato.ask("POST", f"/cases/{number}/moves", move(letter=from_staff("s1", case.seen)))
    assert accepted.record(CaseLine).stage is Stage.ACCEPTED
    await declare(sato, number)
    assert (await sato.ask("POST", f"/cases/{number}/letters", from_staff("n1", 2, note=True))).status == 204

    pushes = (await bot.ask("POST", "/outbox/lease", b"{}")).record(Leased).pushes
    assert [push.mailbox for push in pushes] == ["mailbox-1"]
    done = Delivered(push_ids=tuple(push.push_id for push in pushes))
    assert (await bot.ask("POST", "/outbox/delivered", done)).status == 204
    inbox = (await bot.ask("POST", "/inbox", Locate(locator=locator("first")))).record(Inbox)
    assert (inbox.case_number, inbox.stage, inbox.card_version) == (number, Stage.ACCEPTED, 3)
    assert [letter.ciphertext for letter in inbox.letters] == [b"for reporter s1"]


async def test_sixty_four_parallel_submitters_get_one_receipt(bot: Client, sato: Client) -> None:
    """One case, one 201, sixty-three repeats."""
    answers = await asyncio.gather(*(bot.ask("POST", "/submissions", submission()) for _ in range(64)))
    assert sorted(answer.status for answer in answers) == [200] * 63 + [201]
    assert len({answer.body for answer in answers}) == 1
    assert len((await sato.ask("GET", "/cases")).record(StaffInbox).cases) == 1


async def test_many_parallel_reports_all_become_cases(bot: Client, sato: Client) -> None:
    """Two hundred people at once: two hundred numbers."""
    sent = [submission(f"report-{n}") for n in range(200)]
    answers = await asyncio.gather(*(bot.ask("POST", "/submissions", each) for each in sent))
    assert {answer.status for answer in answers} == {201}
    lines = (await sato.ask("GET", "/cases")).record(StaffInbox).cases
    assert {line.case_number for line in lines} == {answer.record(Receipt).case_number for answer in answers}
    assert len(lines) == 200


async def test_what_was_answered_outlives_a_restart(tmp_path: Path) -> None:
    """A receipt, once given, is good with the next process too."""
    chosen = settings(tmp_path)
    async with served(chosen) as first:
        receipt = (await first.client("ministry intake").ask("POST", "/submissions", submission())).record(Receipt)
    async with served(chosen) as second:
        again = await second.client("ministry intake").ask("POST", "/submissions", submission())
    assert (again.status, again.record(Receipt)) == (200, receipt)


async def test_a_day_is_the_organs_day(server: Server, bot: Client) -> None:
    """Shortly before midnight in London it is tomorrow in Tokyo."""
    server.clock.move(hours=13)
    receipt = (await bot.ask("POST", "/submissions", submission())).record(Receipt)
    assert receipt.received_on.isoformat() == "2026-11-22"


@pytest.mark.parametrize(
    ("sent", "status", "fault"),
    [
        (move(Move.DECLINE), 422, Fault.REASON_NEEDED),
        (move(Move.DECLINE, "unheard_of"), 422, Fault.REASON_NEEDED),
        (move(from_stage=Stage.ACCEPTED), 409, Fault.CHANGED_MEANWHILE),
        (move(letter=from_staff("s1", seen=3)), 409, Fault.CHANGED_MEANWHILE),
        (move(letter=from_staff("s1", note=True)), 422, Fault.NOT_UNSAID),
    ],
    ids=["no reason", "unpublished reason", "other stage", "unseen letter", "no notice"],
)
async def test_a_move_that_lacks_something_says_what(
    sato: Client, number: str, sent: MoveCase, status: int, fault: Fault
) -> None:
    """The client can tell whether to ask for a reason or to look again."""
    answer = await sato.ask("POST", f"/cases/{number}/moves", sent)
    assert (answer.status, answer.fault) == (status, fault)
    declined = await sato.ask("POST", f"/cases/{number}/moves", move(Move.DECLINE, REASONS[0]))
    assert declined.record(CaseLine).stage is Stage.NOT_ACCEPTED


async def test_a_missing_file_and_a_changed_one_are_said_so(bot: Client) -> None:
    """422 for a file that was never put up, 409 for other bytes under an id that is taken."""
    missing = await bot.ask("POST", "/submissions", submission(file_ids=("f1",)))
    assert (missing.status, missing.fault) == (422, Fault.FILE_MISSING)
    await bot.ask("PUT", "/files/f1", b"one")
    changed = await bot.ask("PUT", "/files/f1", b"other")
    assert (changed.status, changed.fault) == (409, Fault.CHANGED_MEANWHILE)


async def test_an_older_roster_is_refused(server: Server) -> None:
    """Nobody can bring a former staff member back by publishing what once was valid."""
    publisher = server.client("ministry publisher")
    assert (await publisher.ask("PUT", "/roster", publication(5))).status == 204
    answer = await publisher.ask("PUT", "/roster", publication(4))
    assert (answer.status, answer.fault) == (409, Fault.OLDER_ROSTER)
    assert (await publisher.ask("GET", "/roster")).record(RosterDocument).serial == 5


async def test_a_letter_on_an_older_card_is_said_so(bot: Client, number: str) -> None:
    """409: the bot looks up the newest card and seals again."""
    assert number
    stale = await bot.ask("POST", "/inbox/letters", from_reporter(card_version=7))
    assert (stale.status, stale.fault) == (409, Fault.CHANGED_MEANWHILE)
