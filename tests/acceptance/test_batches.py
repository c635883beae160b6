"""Staff see what reporters did in batches: at which minute somebody wrote, nobody at the desk can tell."""

from datetime import UTC, date
from sqlite3 import connect

import msgspec
import pytest

from backend.contract import CaseKind, Duty, Obligation, Publication
from backend.domain.batches import StaffBatch
from backend.domain.obligations import begin
from tests.support.desk_staff import Staff, replies_of
from tests.support.system import System, eventually
from tests.support.terminal_reporter import TerminalReporter

REPORT = {"story": "The bid for the bridge was opened two days early.", "desk": "naibu"}


@pytest.fixture
async def system(system: System) -> System:
    """A system set up as it is for an organ in earnest, ten minutes after a full hour."""
    await system.stop_backend()
    system.staff_batch = StaffBatch.HOUR
    now = system.clock.now().astimezone(UTC)
    system.clock.let_pass(minutes=70 - now.minute)
    await system.start_backend()
    return system


async def strike(system: System, minutes: int = 50) -> None:
    """Let the next full hour come, and what is held with it."""
    system.clock.let_pass(minutes=minutes)
    await eventually(lambda: held(system) == 0)


def held(system: System) -> int:
    """How many cases and letters wait for the hour."""
    query = "SELECT (SELECT count(*) FROM cases WHERE held) + (SELECT count(*) FROM held_letters)"
    with connect(f"file:{system.case_file}?mode=ro", uri=True) as database:
        return int(database.execute(query).fetchone()[0])


def owed_from(system: System, received_on: date) -> list[Duty]:
    """What is decided first on a report of a day, by the policy that the organ has published."""
    with connect(f"file:{system.case_file}?mode=ro", uri=True) as database:
        ((published,),) = database.execute("SELECT publication FROM rosters").fetchall()
    policy = msgspec.json.decode(published, type=Publication).policy
    first = Obligation.DECIDE_ACCEPTANCE
    return begin((), first, received_on, policy, received_on=received_on, kind=CaseKind.REPORT)


async def report_in_danger(system: System) -> None:
    """Hand a report over as somebody does who says on the way that they are in danger."""
    reporter = TerminalReporter(system.talk_socket)
    await reporter.walk(REPORT)
    await reporter.say("/danger")
    assert "Police" in reporter.text
    await reporter.choose("hand_over")


async def test_a_report_and_its_letters_come_before_staff_on_the_full_hour(system: System) -> None:
    """Not a minute earlier, while their reporter sees everything at once; what is owed counts from the receipt."""
    sato = Staff(system)
    reporter = TerminalReporter(system.talk_socket)
    token = await reporter.report(REPORT)
    await reporter.come_back(token)
    await reporter.say("The minutes were rewritten.")
    await reporter.attach("minutes.txt", b"as they were")
    await reporter.say("/done")
    assert "Sent to the desk." in reporter.text
    system.clock.let_pass(minutes=40)
    assert await sato.numbers() == []
    await strike(system, minutes=10)
    (number,) = await sato.numbers()
    sheet = await sato.open(number)
    assert replies_of(sheet) == ["The minutes were rewritten."]
    assert len(sheet.file.files) == 1
    (decide,) = owed_from(system, sheet.file.line.received_on)
    assert decide in sheet.file.duties
    assert sheet.file.line.due_on == decide.due_on
    assert {duty.begun_on for duty in sheet.file.duties} == {sheet.file.line.received_on}


async def test_staff_answer_while_a_letter_is_held_and_notice_nothing(system: System) -> None:
    """The case looks to the last entry of its log as before; the letter comes after their answer."""
    sato = Staff(system)
    reporter = TerminalReporter(system.talk_socket)
    token = await reporter.report(REPORT)
    await strike(system)
    (number,) = await sato.numbers()
    before = (await sato.open(number)).file
    await reporter.come_back(token)
    await reporter.say("The minutes were rewritten.")
    await reporter.say("/done")
    assert held(system) == 1
    after = (await sato.open(number)).file
    assert (after.line, after.letters, after.files) == (before.line, before.letters, before.files)
    assert [link.act for link in after.log] == [*(link.act for link in before.log), "opened"]
    await sato.answer(number, "Thank you.")
    await strike(system, minutes=60)
    sheet = await sato.open(number)
    assert [letter.side for letter in sheet.file.letters] == ["staff", "reporter"]
    assert (sheet.case.thread.refused, sheet.gone) == (0, 0)
    await sato.answer(number, "We see them now.")


async def test_danger_does_not_wait(system: System) -> None:
    """Staff have it before them at once, with the mark; other reports of the same hour stay where they are."""
    await TerminalReporter(system.talk_socket).report(REPORT)
    await report_in_danger(system)
    sato = Staff(system)
    (number,) = await sato.numbers()
    sheet = await sato.open(number)
    assert sheet.case.facts.danger
    assert held(system) == 1
