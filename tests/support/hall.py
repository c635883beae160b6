"""A running system with people at their terminals, where many cases are handled side by side.

To the demo organ come a branch desk (Mori), a colleague who may not know names (Kato), one without training (Nishi) and
an investigator without a seat (Abe). Each test has cases of its own, so that one system serves a whole module.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from backend.contract import CaseFile, CaseKind, Receipt, RosterDocument
from bot.anonymity.handover import ReportContent, routes, seal_report
from bot.anonymity.references import new_token
from bot.anonymity.roster import verify_roster
from bot.anonymity.routing import Route
from bot.case_client import submission_of
from madoguchi.day import today
from madoguchi.organ.demo import make_demo
from madoguchi.staff.commands import app
from madoguchi.staff.keyfile import StaffKey, make_key, open_key
from madoguchi.wire import open_wire
from tests.support.desk_staff import Staff
from tests.support.organs import copied
from tests.support.system import System
from tests.support.terminal_reporter import Answers, TerminalReporter

NEWCOMERS: Final = {"mori": "森", "kato": "加藤", "nishi": "西", "abe": "阿部"}
STORY: Final = "The bid for the bridge was opened two days early."
_SEAT: Final = 'seats = [{ member = "sato", compartments = ["facts", "identity", "masked"] }]'
_SEATS: Final = """seats = [
    { member = "sato", compartments = ["facts", "identity", "masked"] },
    { member = "kato", compartments = ["facts", "masked"] },
    { member = "nishi", compartments = ["facts", "identity", "masked"] },
]"""
_BRANCH: Final = """
[[desks]]
id = "shibu"
kind = "branch"
name = { ja = "支部窓口", en = "Branch desk" }
seats = [{ member = "mori", compartments = ["facts", "identity", "masked"] }]
"""
#: Opened keys by what lay in their files: stretching the words takes its time on purpose.
_OPENED: Final[dict[bytes, StaffKey]] = {}


class Filed(NamedTuple):
    """A case, from both sides."""

    number: str
    token: str


class Hall:
    """The system, and what people do there."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._known: set[str] = set()

    def today(self) -> date:
        """The day at the organ, nine hours ahead of UTC."""
        return (self.system.clock.now() + timedelta(hours=9)).date()

    def staff(self, who: str = "sato") -> Staff:
        """Somebody at the desk."""
        return Staff(self.system, who)

    def person(self) -> TerminalReporter:
        """Somebody at a terminal of their own."""
        return TerminalReporter(self.system.talk_socket)

    async def report(self, answers: Answers | None = None) -> Filed:
        """Somebody reports by talking; to the internal desk unless they say otherwise."""
        person = self.person()
        token = await person.report({"story": STORY, "desk": "naibu", **(answers or {})})
        (number,) = self.news()
        return Filed(number, token)

    async def hand_over(self, kind: CaseKind = CaseKind.REPORT, name: str = "", desk: str = "naibu") -> Filed:
        """Hand something over as the bot does, without the talk; named where a name is given."""
        identity = {"name": name} if name else {}
        content = ReportContent(
            form=1, facts={"story": STORY, "desk": desk}, identity=identity, language="en", channel="web"
        )
        token = new_token()
        async with open_wire(self.system.store, self.system.demo.places.intake.read_text().strip()) as wire:
            document = (await wire.ask(RosterDocument, "GET", "/roster")).document
            card = self.system.card
            roster = verify_roster(document, card.pins, card.threshold, 0, today(), card.organ)
            route = routes(roster, desk, (), today())
            assert isinstance(route, Route)
            report = seal_report(content, token, roster, route, uuid4().hex)
            receipt = await wire.ask(Receipt, "POST", "/submissions", replace(submission_of(report, []), kind=kind))
        self._known.add(receipt.case_number)
        return Filed(receipt.case_number, token.text)

    async def comes_back(self, filed: Filed) -> TerminalReporter:
        """The reporter sends their token, from wherever they are now."""
        person = self.person()
        await person.look()
        await person.choose("en")
        await person.come_back(filed.token)
        return person

    async def reads(self, filed: Filed) -> str:
        """What the reporter finds with their token."""
        return (await self.comes_back(filed)).text

    async def type(self, *words: str, who: str = "sato", status: int = 0, lines: str = "") -> str:
        """What a staff command prints, in English."""
        demo = self.system.demo
        key = ("--key", str(demo.key(who)), "--passphrase-file", str(demo.passphrase(who)))
        typed = ["--lang", "en", "--store", self.system.store, *key, *words]
        done = await asyncio.to_thread(CliRunner().invoke, app, typed, input=lines)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert done.exit_code == status, done.output
        return done.output

    async def opens(self, number: str, *words: str, who: str = "sato") -> str:
        """What somebody sees who opens a case, all that is asked of them beforehand done."""
        await self.staff(who).declare(number)
        return await self.type("open", number, *words, who=who)

    async def acts(self, number: str, *words: str, who: str = "sato", status: int = 0) -> str:
        """What a command on a case prints to somebody who has just looked at it."""
        await self.staff(who).open(number)
        group = words[:1] if words[0] == "record" else ()
        command, *options = words[len(group) :]
        return await self.type(*group, command, number, *options, who=who, status=status)

    async def file(self, number: str, who: str = "sato") -> CaseFile:
        """What the store gives somebody of a case."""
        return (await self.staff(who).open(number)).file

    def rows(self, question: str, *values: str) -> list[tuple[object, ...]]:
        """What the case store's database answers."""
        with closing(sqlite3.connect(f"file:{self.system.case_file}?mode=ro", uri=True)) as database:
            return database.execute(question, values).fetchall()

    def news(self) -> list[str]:
        """The numbers of cases that have come since this was last asked."""
        found = {str(number) for (number,) in self.rows("SELECT number FROM cases")} - self._known
        self._known |= found
        return sorted(found)

    def log(self, number: str) -> list[tuple[str, str]]:
        """Who did what to a case, oldest first."""
        found = self.rows("SELECT actor, act FROM log WHERE case_number = ? ORDER BY sequence", number)
        return [(str(actor), str(act)) for actor, act in found]


def founded(folder: Path) -> Path:
    """Make the organ's keys and its document."""
    demo, card = make_demo(folder / "keys", "unix:nowhere")
    document = demo.folder / "organ.toml"
    text = document.read_text()
    assert _SEAT in text
    text = text.replace(_SEAT, _SEATS).replace('[[members]]\nid = "sato"', f'{_BRANCH}\n[[members]]\nid = "sato"')
    for who, name in NEWCOMERS.items():
        enrolment = demo.folder / f"{who}.enrolment.json"
        made = make_key(demo.key(who), enrolment, card, who, {"ja": name, "en": who.title()}, "unix:nowhere")
        demo.passphrase(who).write_text(f"{made.passphrase}\n")
        until = "2020-03-31" if who == "nishi" else "2099-12-31"
        text += f'\n[[members]]\nid = "{who}"\nenrolment = "{enrolment.name}"\ntrained_until = {until}\n'
        text += 'roles = ["staff"]\n'
    document.write_text(text)
    return folder


@asynccontextmanager
async def open_hall(organ: Path, folder: Path) -> AsyncIterator[Hall]:
    """Start the system over a copy of the organ; stop it in the end. People's own machines go by its clock."""
    copied(organ, folder)
    system = System(folder)
    hall = Hall(system)
    with pytest.MonkeyPatch.context() as patch:
        # Commands stretch the words of each key once, whatever they are typed for.
        patch.setattr("madoguchi.staff.seat.open_key", _opened)
        patch.setattr("madoguchi.staff.seat.today", hall.today)
        try:
            await system.start()
            yield hall
        finally:
            await system.stop()


def _opened(file: Path, passphrase: str) -> StaffKey:
    box = file.read_bytes() + passphrase.encode()
    if box not in _OPENED:
        _OPENED[box] = open_key(file, passphrase)
    return _OPENED[box]
