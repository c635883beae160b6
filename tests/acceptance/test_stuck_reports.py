"""One report that cannot arrive as it is holds back neither its own words nor anybody else's report."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import Outside
from bot.ports.desk import CaseDesk, DeskRefusedError
from madoguchi.staff.saving import save_files
from tests.support.desk_staff import Staff, words_of
from tests.support.organs import copied
from tests.support.system import QUICK, System, eventually, running
from tests.support.web_reporter import File, WebReporter

ANSWERS = {"story": "Invoices were paid twice.", "desk": "naibu"}
FILE = File("invoice.txt", b"paid, and paid again")


class Refusing:
    """A desk that never takes the first report that is brought to it, once it is told so."""

    def __init__(self) -> None:
        self.is_on = False
        self.fault: Exception = DeskRefusedError("unreadable")
        self._refused = ""
        self._inner: Any = None

    def around(self, inner: CaseDesk) -> Any:  # noqa: ANN401 - whatever the inner one has
        """Stand before a desk."""
        self._inner = inner
        return self

    async def hand_over(self, report: Any, file_ids: Any) -> Any:  # noqa: ANN401 - passed on as they are
        """Take a report, but for that one."""
        self._refused = self._refused or report.submission
        if self.is_on and report.submission == self._refused:
            raise self.fault
        return await self._inner.hand_over(report, file_ids)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the inner one has
        return getattr(self._inner, name)


@pytest.fixture
def refusing() -> Refusing:
    """A desk that may refuse."""
    return Refusing()


@pytest.fixture
async def system(tmp_path: Path, demo_organ: Path, refusing: Refusing) -> AsyncIterator[System]:
    """A running system with that desk."""
    copied(demo_organ, tmp_path)
    async with running(tmp_path, Outside(pace=QUICK, desk=refusing.around)) as started:
        yield started


async def test_a_report_that_is_refused_for_good_holds_up_no_other(system: System, refusing: Refusing) -> None:
    """The desk was down when the second was handed over; it arrives all the same, and the first one stays kept."""
    refusing.is_on = True
    first, second = WebReporter(system.url), WebReporter(system.url)
    await first.walk(ANSWERS)
    await first.choose("hand_over")
    await second.walk(ANSWERS)
    await system.stop_backend()
    await second.choose("hand_over")
    await system.start_backend()
    await eventually(lambda: system.places.count("waiting") == 1)
    await second.look()
    await first.look()
    assert (bool(second.token), bool(first.token)) == (True, False)
    refusing.is_on = False
    await eventually(lambda: system.places.count("waiting") == 0)


@pytest.mark.parametrize("is_put_up", [False, True])
async def test_a_report_arrives_without_a_file_that_is_lost(
    system: System, refusing: Refusing, is_put_up: bool
) -> None:
    """The words are not held back, and the desk learns that a file is missing; or has it, if it was put up before."""
    person = WebReporter(system.url)
    await person.walk(ANSWERS, files=[FILE])
    refusing.is_on = is_put_up
    if is_put_up:
        await person.choose("hand_over")
    with sqlite3.connect(system.data / "bot.db") as store:
        assert store.execute("DELETE FROM files").rowcount == 1
    refusing.is_on = False
    if not is_put_up:
        await person.choose("hand_over")
    await eventually(lambda: system.places.cases() == 1)
    sato = Staff(system)
    (number,) = await sato.numbers()
    sheet = await sato.open(number)
    assert "Invoices were paid twice." in words_of(sheet)
    async with sato.chair() as chair:
        saved, failed = await save_files(chair, sheet, system.data)
    assert (len(saved), failed) == ((1, 0) if is_put_up else (0, 1))


async def test_a_talk_that_cannot_be_taken_up_does_not_keep_the_bot_from_starting(
    system: System, refusing: Refusing
) -> None:
    """Something broke in it that nobody thought of; all others are served, and it goes on when that is mended."""
    refusing.is_on, refusing.fault = True, RuntimeError("nobody thought of this")
    first = WebReporter(system.url)
    await first.walk(ANSWERS)
    await first.choose("hand_over")
    await system.stop_bot()
    await system.start_bot()
    second, first.url = WebReporter(system.url), system.url
    await second.report(ANSWERS)
    refusing.is_on = False
    await eventually(lambda: system.places.cases() == 2)
    await first.look()
    assert first.token
