"""O-14: whoever cannot see that their report arrived is told so, and comes back with the token on paper.

From a letter on a table at the desk, over the printed page, to an answer that only its sender can read.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.contract import AcknowledgeRules, Declare, HouseRules, Obligation
from madoguchi.staff.commands import app
from madoguchi.wire import open_wire
from tests.support.desk_staff import Staff, replies_of
from tests.support.system import System, running
from tests.support.terminal_reporter import TerminalReporter, asked

LETTER = "The petty cash of the second section has been short for months."
ANSWER = "Thank you. Since when has it been short?"
REPLY = "Since the office moved in May."
TOKEN = re.compile(r"\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}\b")


@pytest.fixture
async def system(tmp_path: Path) -> AsyncIterator[System]:
    """The demo organ, running."""
    async with running(tmp_path) as started:
        yield started


async def entered(system: System, out: Path) -> str:
    """Suzuki, who may not read it, types a letter in and prints its acknowledgement; give what the page says."""
    key = system.demo.key("suzuki"), system.demo.passphrase("suzuki")
    seat = ("--lang", "en", "--store", system.store, "--key", str(key[0]), "--passphrase-file", str(key[1]))
    said = ("enter", "--kind", "letter", "--arrived", "2026-11-02", "--out", str(out), "--left")
    done = await asyncio.to_thread(CliRunner().invoke, app, [*seat, *said], input=LETTER)
    assert done.exit_code == 0, done.output
    return page_in(out)


def page_in(folder: Path) -> str:
    """The one page there."""
    (page,) = folder.glob("*.html")
    return page.read_text()


async def knows_of_no_conflict(system: System, sato: Staff, number: str) -> None:
    """What a member says before a case opens."""
    async with open_wire(system.store, sato.key.credential) as wire:
        version = (await wire.ask(HouseRules, "GET", "/rules")).rules.version
        await wire.send("POST", "/rules/acknowledgements", AcknowledgeRules(version=version))
        await wire.send("POST", f"/cases/{number}/declarations", Declare(conflicted=False))


async def somebody(system: System, token: str) -> TerminalReporter:
    """Somebody at a terminal who sends a token."""
    person = TerminalReporter(system.talk_socket)
    await person.look()
    await person.say("/language")
    await person.choose("en")
    await person.say(token)
    return person


async def test_o14_a_letter_is_acknowledged_and_its_sender_comes_back(system: System, tmp_path: Path) -> None:
    """O-14, O-11: the token on the page is replaced before it opens anything; then all is as with any other report."""
    page = await entered(system, tmp_path / "out")
    first = TOKEN.search(page)
    assert first
    sato = Staff(system)
    (line,) = (await sato.inbox()).cases
    assert (line.received_on.isoformat(), line.owes) == ("2026-11-02", Obligation.DECIDE_ACCEPTANCE)
    await knows_of_no_conflict(system, sato, line.case_number)
    await sato.answer(line.case_number, ANSWER)

    person = await somebody(system, first[0])
    assert asked(person.screen) == "renew"
    assert ANSWER not in person.text
    await person.choose("yes")
    assert person.token not in ("", first[0])
    await person.choose("saved")
    assert ANSWER in person.text
    await person.say(REPLY)
    await person.say("/done")

    sheet = await sato.open(line.case_number)
    assert sheet.case.facts.answers["story"] == LETTER
    assert replies_of(sheet) == [REPLY]
    assert len(sheet.case.voices) == 2
    await sato.answer(line.case_number, "Noted.")
    assert "Noted." in (await somebody(system, person.token)).text


async def test_an_attack_by_whoever_typed_the_letter_in_comes_too_late(system: System, tmp_path: Path) -> None:
    """Once its sender was there, the token that was on their screen opens nothing."""
    first = TOKEN.search(await entered(system, tmp_path / "out"))
    assert first
    sender = await somebody(system, first[0])
    await sender.choose("yes")
    attacker = await somebody(system, first[0])
    assert asked(attacker.screen) == "token"
    assert "Nothing opens with that token" in attacker.text
