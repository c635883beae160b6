"""The power may go at any moment of a hand-over or a reply: nothing is lost, doubled, shown too early or left behind.

Each test kills the whole system at the first point at which anything is stored, then at the second, and so on, until a
run comes through unharmed. After each death a fresh system starts over the same files, and the person sends their last
line again, as any channel does.
"""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.support.crashing import Life
from tests.support.desk_staff import Staff, replies_of, words_of
from tests.support.remains import opened_by_the_bots_key
from tests.support.system import System
from tests.support.terminal_reporter import TerminalReporter, asked

STORY = "The bid for the bridge was opened on the third of May, two days early."
EVIDENCE = "A photo of the opened envelope."
REPLY = "The envelope lies in the second drawer."

#: What the person picks at each question on the way from the summary to the end.
HAND_OVER = {"summary": "hand_over", "waiting": "check", "busy": "check", "saved": "saved", "told": "yes"}
NO_SOCKETS = shutil.ignore_patterns("*.sock")

pytestmark = pytest.mark.timeout(300)


class Person(TerminalReporter):
    """Somebody who types the same line again when the connection breaks, and keeps in mind what they saw."""

    def __init__(self, life: Life, folder: Path, address: str = "") -> None:
        super().__init__(life.socket)
        self.address = address or self.address
        self.crashes = 0
        self._life = life
        self._folder = folder

    async def insist(self, line: str) -> None:
        """Send a line until it is answered."""
        event_id = self.next_id() + self.address
        while True:
            try:
                await self.say(line, event_id)
            except aiohttp.ClientError:
                await self._restart()
            else:
                break
        if self.screen.token:
            assert cases_in(self._folder) == 1, "a token was shown before its case was committed"

    async def _restart(self) -> None:
        self.crashes += 1
        await self._life.end()
        await self._life.begin()


def found(folder: Path, file: str, query: str) -> set[str]:
    """What a query of one of the databases gives."""
    with sqlite3.connect(f"file:{folder / 'var' / file}?mode=ro", uri=True) as database:
        return {value for (value,) in database.execute(query)}


def cases_in(folder: Path) -> int:
    """How many cases the case store holds."""
    return len(found(folder, "cases.db", "SELECT number FROM cases"))


def lasting_mailboxes(folder: Path) -> set[str]:
    """Mailboxes whose return address is kept for long; one nobody can forget may stay for an hour only."""
    return found(folder, "bot.db", "SELECT mailbox FROM relay WHERE expires > unixepoch() + 3600")


@asynccontextmanager
async def living(folder: Path, crash_at: int = 0) -> AsyncIterator[Life]:
    """A system in a process, killed in the end."""
    life = Life(folder)
    try:
        await life.begin(crash_at)
        yield life
    finally:
        await life.end()


async def at_every_point(snapshot: Path, act: Callable[[Path, int], Awaitable[int]]) -> int:
    """Let `act` happen with a crash at the first point, the second, ... until it sees none; return how many it saw."""
    for crash_at in range(1, 200):
        folder = snapshot.with_name(f"at-{crash_at}")
        shutil.copytree(snapshot, folder, ignore=NO_SOCKETS)
        if not await act(folder, crash_at):
            return crash_at - 1
        shutil.rmtree(folder)
    raise AssertionError("there is no end to it")


async def to_the_summary(folder: Path) -> str:
    """Write a report up to its summary, and return the address of the talk."""
    async with living(folder) as life:
        person = Person(life, folder)
        await person.walk({"story": STORY, "evidence": EVIDENCE, "desk": "naibu"}, until="files")
        await person.attach("envelope.jpg", b"\xff\xd8 not quite a picture")
        await person.walk({"desk": "naibu"})
        return person.address


async def test_a_crash_at_any_point_of_a_hand_over_loses_and_doubles_nothing(tmp_path: Path, demo_organ: Path) -> None:
    """One case, the whole report, a token that opens it, and no trace of either in the bot once it is saved."""
    snapshot = tmp_path / "snapshot"
    shutil.copytree(demo_organ, snapshot, ignore=NO_SOCKETS)
    address = await to_the_summary(snapshot)

    async def act(folder: Path, crash_at: int) -> int:
        async with living(folder, crash_at) as life:
            person = Person(life, folder, address)
            await person.look()
            while (question := asked(person.screen)) != "menu":
                await person.insist(person.number_of(HAND_OVER[question]))
            assert person.token
            await nothing_is_left_behind(folder, person.token)
            await open_inbox(person, person.token)
            await the_desk_has_it_once(folder)
        return person.crashes

    assert await at_every_point(snapshot, act) > 12


async def nothing_is_left_behind(folder: Path, token: str) -> None:
    """A token said to be saved, and the words it stands for, are in nothing that the bot's key opens."""
    left = opened_by_the_bots_key(folder / "var", folder / "keys")
    for secret in (token, token.replace("-", ""), STORY, EVIDENCE, "envelope.jpg"):
        assert [place for place, content in left.items() if secret.encode() in content] == []
    assert found(folder, "bot.db", "SELECT parcel_id FROM parcels") == set()
    assert found(folder, "bot.db", "SELECT file_id FROM files") == set()
    assert lasting_mailboxes(folder) <= found(folder, "cases.db", "SELECT mailbox FROM cases")


async def the_desk_has_it_once(folder: Path) -> None:
    """The desk has one case, and in it every word that was typed."""
    sato = Staff(System(folder))
    (number,) = await sato.numbers()
    words = words_of(await sato.open(number))
    assert STORY in words
    assert EVIDENCE in words
    assert await sato.save(number, folder / "saved") == [b"\xff\xd8 not quite a picture"]


async def test_a_crash_at_any_point_of_a_reply_sends_it_once(tmp_path: Path, demo_organ: Path) -> None:
    """The desk gets one letter with the words, never two and never none; the words wait where they were left."""
    snapshot = tmp_path / "snapshot"
    shutil.copytree(demo_organ, snapshot, ignore=NO_SOCKETS)
    async with living(snapshot) as life:
        person = Person(life, snapshot)
        token = await person.report({"story": STORY, "desk": "naibu"})

    async def act(folder: Path, crash_at: int) -> int:
        async with living(folder, crash_at) as life:
            person = Person(life, folder)
            await reply(person, token)
            sato = Staff(System(folder))
            (number,) = await sato.numbers()
            assert replies_of(await sato.open(number)) == [REPLY]
        return person.crashes

    assert await at_every_point(snapshot, act) > 12


async def open_inbox(person: Person, token: str) -> None:
    """Show the token, and again where the power went while its inbox was being opened."""
    for _ in range(2):
        await person.insist(token)
        if asked(person.screen) == "inbox":
            return
    raise AssertionError(person.text)


async def reply(person: Person, token: str) -> None:
    """Open the inbox, write, send; show the token again when it is asked for."""
    await open_inbox(person, token)
    await person.insist(REPLY)
    while (question := asked(person.screen)) != "inbox":
        await person.insist({"token": token, "reply": "/done"}.get(question, "/status"))
