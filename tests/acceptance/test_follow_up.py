"""After the end: a reporter's year of check-ins, in the chat they happen to have, with nothing but their token."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from backend.contract import AlertKind, Obligation
from tests.support.desk_staff import Staff, replies_of
from tests.support.organs import copied
from tests.support.system import System, running
from tests.support.terminal_reporter import TerminalReporter
from tests.support.web_reporter import Page, WebReporter

REPORT = {"story": "Invoices were paid twice.", "desk": "naibu"}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clockwork look often."""
    monkeypatch.setattr("backend.scheduler.clockwork._LOOK", 0.02)


def today(system: System) -> date:
    """The day at the organ, nine hours ahead of UTC."""
    return (system.clock.now() + timedelta(hours=9)).date()


async def looks(system: System, token: str) -> Page:
    """Somebody opens the page with nothing but their token."""
    visitor = WebReporter(system.url)
    return await visitor.come_back(token)


async def comes_to_read(system: System, token: str, words: str, times: int = 1) -> WebReporter:
    """Look again until something stands in the inbox so many times; the visitor who has it before them."""
    visitor = WebReporter(system.url)
    for _ in range(200):
        page = await visitor.come_back(token)
        if page.text.count(words) == times:
            return visitor
        await visitor.choose("close")
    raise AssertionError(f"it never came: {visitor.page.text}")


async def months_pass(system: System, token: str, count: int, questions: int) -> WebReporter:
    """Let months go by until so many questions stand in the inbox."""
    system.clock.let_pass(days=31 * count)
    return await comes_to_read(system, token, "How are you?", questions)


async def test_a_year_of_follow_up(tmp_path: Path, demo_organ: Path) -> None:
    """O-27, O-28, O-42: no problem, treated badly, a month away, stop asking; each question once, with the law."""
    copied(demo_organ, tmp_path)
    async with running(tmp_path) as system:
        # Into the time of the Act as amended.
        while today(system) <= date(2026, 12, 1):
            system.clock.let_pass(days=7)
        token = await WebReporter(system.url).report(REPORT)
        sato = Staff(system)
        (number,) = await sato.numbers()
        page = await looks(system, token)
        assert "This is what happens next." in page.text
        assert "not signed by the desk" in page.text
        assert "presumed to be because of the report" in page.text
        await sato.move(number, "accept")
        await sato.move(number, "no-investigation", reason="already_settled", text="It is settled.")
        await sato.move(number, "close", category="other", text="Thank you.")
        page = await looks(system, token)
        assert "Your report has been dealt with." in page.text
        assert page.text.count("National Public Service Act, Art. 90") == 1

        first = await months_pass(system, token, 1, questions=1)
        assert first.page.text.count("National Public Service Act, Art. 90") == 2
        page = await first.choose("fine")
        assert "you need not wait for the next question" in page.text
        assert not any(value.endswith("=fine") for _, value in page.buttons)

        second = await months_pass(system, token, 2, questions=2)
        page = await second.choose("badly")
        assert "The desk is told that you are treated badly." in page.text
        await second.send({"reply": "I was moved to the archive."}, ("then", "done"))
        sheet = await sato.open(number)
        assert [words.splitlines()[-1] for words in replies_of(sheet)] == [
            "Answer to a check-in: I have been treated badly since I reported.",
            "I was moved to the archive.",
        ]
        assert Obligation.RELIEVE in [duty.obligation for duty in sheet.file.duties if duty.ended_on is None]
        alerts = (await Staff(system, "tanaka").inbox()).alerts
        assert (number, AlertKind.CONCERN) in [(alert.case_number, alert.what) for alert in alerts]

        # The case store is away for more than half a year, and asks once.
        await system.stop_backend()
        system.clock.let_pass(days=300)
        await system.start_backend()
        third = await months_pass(system, token, 0, questions=3)
        assert "Your answer: treated badly" in third.page.text
        page = await third.choose("stop")
        assert "You will not be asked again." in page.text
        sheet = await sato.open(number)
        assert not [d for d in sheet.file.duties if d.obligation is Obligation.CHECK_IN and d.ended_on is None]


async def test_a_check_in_is_answered_in_a_terminal_too(tmp_path: Path, demo_organ: Path) -> None:
    """The same words, and the same answers typed."""
    copied(demo_organ, tmp_path)
    async with running(tmp_path) as system:
        token = await WebReporter(system.url).report(REPORT)
        sato = Staff(system)
        (number,) = await sato.numbers()
        await sato.move(number, "accept")
        await sato.move(number, "no-investigation", reason="already_settled", text="It is settled.")
        await sato.move(number, "close", category="other", text="Thank you.")
        await months_pass(system, token, 1, questions=1)
        reporter = TerminalReporter(system.talk_socket)
        await reporter.come_back(token)
        assert "From the system on" in "\n".join(reporter.screen.text)
        await reporter.say("Check-in: stop asking")
        assert "You will not be asked again." in "\n".join(reporter.screen.text)


async def test_twenty_days_without_a_word_are_admitted(tmp_path: Path, demo_organ: Path) -> None:
    """O-41: the reporter sees it at their next visit, with what the law says; desk and executive were told before."""
    copied(demo_organ, tmp_path)
    async with running(tmp_path) as system:
        token = await WebReporter(system.url).report(REPORT)
        (number,) = await Staff(system).numbers()
        system.clock.let_pass(days=21, hours=1)
        visitor = await comes_to_read(system, token, "you have not been told whether there will be an investigation")
        assert "Article 3 of the Whistleblower Protection Act" in visitor.page.text
        # The rounds follow each other, and the reporter may look between them.
        for _ in range(100):
            if await _is_told(system, number):
                return
        raise AssertionError("nobody was told")


async def _is_told(system: System, number: str) -> bool:
    """Whether the desk is reminded of the decision, and the executive knows that it is late."""
    reminders = (await Staff(system).inbox()).reminders
    alerts = (await Staff(system, "tanaka").inbox()).alerts
    is_reminded = Obligation.DECIDE_INVESTIGATION in [reminder.obligation for reminder in reminders]
    return is_reminded and (number, AlertKind.OVERDUE) in [(alert.case_number, alert.what) for alert in alerts]
