"""A destroyed case is gone: from every byte of the data folder, from the bot, from backups; and it stays gone."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from backend.contract import AlertKind, Stage
from madoguchi.words import NotDoneError
from tests.support.desk_staff import Staff, words_of
from tests.support.ended_system import REPORT, STORY, House
from tests.support.organs import copied
from tests.support.system import System, eventually
from tests.support.terminal_reporter import TerminalReporter


@pytest.fixture
async def house(tmp_path: Path, demo_organ: Path) -> AsyncIterator[House]:
    """A running system of the test's own, in files."""
    copied(demo_organ, tmp_path)
    made = House(System(tmp_path))
    await made.system.start()
    yield made
    await made.system.stop()


async def test_no_byte_of_a_destroyed_case_is_left_while_the_system_runs(house: House) -> None:
    """Neither its sealed words nor its keys nor the way to its reporter, in no file, log or free page, from then on."""
    number, token = await house.ended()
    secrets = house.secrets()
    assert {name.split(" ")[0] for name in secrets} >= {"grants.ciphertext", "file_contents.content", "relay.address"}
    # Keys that are nobody's yet stay.
    (named,) = house.rows("cases.db", "SELECT erasure_id FROM cases")[0]
    (key,) = house.rows("erasure.db", f"SELECT erasure_key FROM erasure_keys WHERE erasure_id = '{named}'")[0]  # noqa: S608 - as a thief would
    others = {name for name, value in secrets.items() if name.startswith("erasure_keys") and value != key}
    assert house.still_there(secrets) == set(secrets)
    said = await house.staff("destroy", number, "--confirm", number.lower())
    assert f"{number} was destroyed" in said
    await eventually(lambda: house.still_there(secrets) == others)
    assert house.rows("cases.db", "SELECT * FROM destroyed_mailboxes") == []
    person = TerminalReporter(house.system.talk_socket)
    await person.come_back(token)
    assert "Since when?" not in person.text


async def test_an_overseer_decides_at_a_terminal(house: House) -> None:
    """What is due is listed, a hold stops it and says why, and nothing is destroyed without the number typed again."""
    number, _ = await house.ended()
    assert number in await house.staff("preserved")
    assert "litigation" in await house.staff("hold", number, "--reason", "because", who="tanaka", status=1)
    assert "cannot be destroyed" in await house.staff("hold", number, "--reason", "litigation")
    assert "lawsuit" in await house.staff("preserved")
    assert "may not be destroyed" in await house.staff("destroy", number, "--confirm", number, status=1)
    await house.staff("release-hold", number)
    for words in ((), ("--confirm", "2026-000000")):
        assert "Nothing was done" in await house.staff("destroy", number, *words, status=1)
    assert "no such case" in await house.staff("destroy", number, "--confirm", number, who="sato", status=1)
    kept = await house.staff("transfer-out", number, "--archive", "national-archives", "--keep", "--confirm", number)
    assert "stays" in kept
    assert "nothing for you to decide" in await house.staff("preserved")
    assert await house.stage(number) is Stage.CLOSED


async def test_a_backup_of_the_cases_holds_noise_once_the_key_is_gone(house: House) -> None:
    """Whoever has an old copy of the cases and a staff member's key opens what lives, and not what was destroyed."""
    number, _ = await house.ended()
    assert STORY in words_of(await Staff(house.system).open(number))
    copy = backed_up(house.system.case_file)
    await house.staff("destroy", number, "--confirm", number)
    await house.system.stop_backend()
    # As if nothing were known of the destruction: only the key is missing.
    with closing(sqlite3.connect(house.system.data / "erasure.db")) as keys:
        keys.execute("DELETE FROM destroyed")
        keys.commit()
    put_back(copy, house.system.case_file)
    await house.system.start_backend()
    with pytest.raises(NotDoneError):
        await Staff(house.system).open(number)
    await eventually(lambda: (AlertKind.KEY_MISSING,) in house.rows("cases.db", "SELECT what FROM alerts"))
    assert house.rows("cases.db", f"SELECT stage FROM cases WHERE number = '{number}'") == [(Stage.CLOSED,)]  # noqa: S608 - our own words


async def test_a_restored_backup_does_not_bring_a_destroyed_case_back(house: House) -> None:
    """At the first start after it the case is destroyed again, under the same receipt; other cases stay."""
    number, token = await house.ended()
    other = await TerminalReporter(house.system.talk_socket).report(REPORT)
    copy = backed_up(house.system.case_file)
    secrets = {name: value for name, value in house.secrets().items() if not name.startswith(("erasure", "relay"))}
    before = house.still_there(secrets)
    await house.staff("destroy", number, "--confirm", number)
    last = f"SELECT entry_hash FROM log WHERE case_number = '{number}'"  # noqa: S608 - our own words
    receipt = house.rows("cases.db", last)
    left = house.still_there(secrets)
    assert left < before == set(secrets)
    await house.system.stop_backend()
    put_back(copy, house.system.case_file)
    await house.system.start_backend()
    await eventually(lambda: house.rows("cases.db", last) == receipt)
    await eventually(lambda: house.still_there(secrets) == left)
    again, still = (TerminalReporter(house.system.talk_socket) for _ in range(2))
    await again.come_back(token)
    assert number not in again.text
    await still.come_back(other)
    assert house.rows("cases.db", "SELECT count(*) FROM cases WHERE stage = 'received'") == [(1,)]


def backed_up(file: Path) -> Path:
    """A copy of a running database, as the handbook makes it."""
    copy = file.parent.parent / "backup.db"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def put_back(copy: Path, file: Path) -> None:
    """Put a copy in the place of a database that nobody uses."""
    for side in ("-wal", "-shm"):
        file.with_name(file.name + side).unlink(missing_ok=True)
    file.write_bytes(copy.read_bytes())
