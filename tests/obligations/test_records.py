"""O-29: a case is preserved, and destroyed when its overseer says so; nothing is left of it but a receipt."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract import Stage
from tests.support.ended_system import House
from tests.support.system import System, eventually
from tests.support.terminal_reporter import TerminalReporter


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """The demo organ, running."""
    made = House(System(tmp_path))
    await made.system.start()
    yield made
    await made.system.stop()


async def test_a_case_is_destroyed_by_its_overseer_and_by_no_timer(house: House) -> None:
    """O-29: its time is over and it stands; a hold stops it; confirmed, it is gone with keys, files and address."""
    number, token = await house.ended()
    address = house.rows("bot.db", "SELECT address FROM relay")
    await house.system.stop_backend()
    await house.system.start_backend()
    assert number in await house.staff("preserved")
    assert await house.stage(number) is Stage.CLOSED
    await house.staff("hold", number, "--reason", "litigation", who="tanaka")
    await house.staff("destroy", number, "--confirm", number, status=1)
    await house.staff("release-hold", number)
    said = await house.staff("destroy", number, "--confirm", number)
    assert await house.stage(number) is Stage.DESTROYED
    ((act, actor, receipt),) = house.rows("cases.db", "SELECT act, actor, entry_hash FROM log")
    assert (act, actor) == ("destroyed", "tanaka")
    assert isinstance(receipt, bytes)
    assert receipt.hex() in said
    for table in ("parts", "grants", "letters", "files", "locators"):
        assert house.rows("cases.db", f"SELECT * FROM {table}") == []  # noqa: S608 - words of ours
    assert address
    await eventually(lambda: house.rows("bot.db", "SELECT address FROM relay") == [])
    person = TerminalReporter(house.system.talk_socket)
    await person.come_back(token)
    assert number not in person.text
