"""A case store with the demo organ, and its commands, run in this process by people in their own threads."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import msgspec
import pytest
import typer
from typer.testing import CliRunner

from backend.bootstrap import open_backend
from backend.config import BackendSettings
from backend.contract import AcknowledgeRules, Declare, HouseRules
from backend.domain.batches import StaffBatch
from bot.anonymity.card import unlock_card
from bot.anonymity.handover import ReportContent, SealedReport, routes, seal_report
from bot.anonymity.references import ReferenceToken, new_token
from bot.anonymity.roster import Roster, verify_roster
from bot.anonymity.routing import Route
from bot.anonymity.token_keys import keys_of
from bot.case_client import HttpCaseDesk
from bot.conversation.catalog import Catalog, load_catalog
from bot.dispatcher.pages import Reader, page_of
from bot.ports.talking import InboxLetter
from madoguchi.day import today
from madoguchi.organ.card import OrganCard
from madoguchi.organ.commands import app as organ_app
from madoguchi.organ.demo import Demo, make_demo, publish_demo
from madoguchi.serving import on_socket, served
from madoguchi.staff.commands import app as staff_app
from madoguchi.staff.keyfile import StaffKey, open_key
from madoguchi.wire import StoreRefusedError, open_wire

CONTENT = ReportContent(
    form=1,
    facts={"story": "The same invoice was paid twice.", "desk": "naibu"},
    identity={"name": "Yamada"},
    language="en",
    channel="web",
    files=[("file-1", "../invoice.pdf", "application/pdf", b"%PDF")],
)


class Said(msgspec.Struct, frozen=True):
    """What a command printed, and how it ended."""

    out: str
    err: str
    status: int


def letter_words(letter: InboxLetter, catalog: Catalog) -> str:
    """A letter as it is read in English, without who wrote it."""
    notice = [letter.notice] if letter.notice else []
    said = [catalog.text("en", text) for text in (*notice, *letter.beside)]
    return "\n".join(part for part in (*said, letter.text) if part)


class House:
    """The demo organ with a running case store, and the commands of its people."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "backend.sock"
        self.store = f"unix:{self.socket}"
        self.demo: Demo
        self.card: OrganCard
        self.demo, self.card = make_demo(folder / "keys", self.store)
        #: The token of each case that was handed over here.
        self.tokens: dict[str, ReferenceToken] = {}
        self._keys: dict[str, StaffKey] = {}

    async def staff(self, *words: str, who: str = "sato", lines: str = "") -> Said:
        """Act as somebody at the desk, in English."""
        key = ("--key", str(self.demo.key(who)), "--passphrase-file", str(self.demo.passphrase(who)))
        return await self._type(staff_app, "--lang", "en", "--store", self.store, *key, *words, lines=lines)

    async def organ(self, *words: str, lines: str = "") -> Said:
        """Act as the administrator, in English."""
        return await self._type(organ_app, "--lang", "en", *words, lines=lines)

    async def _type(self, app: typer.Typer, *words: str, lines: str) -> Said:
        # Commands run a loop of their own, as they do in a process of their own.
        done = await asyncio.to_thread(CliRunner().invoke, app, list(words), input=lines)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Said(done.stdout, done.stderr, done.exit_code)

    async def hand_over(self, content: ReportContent = CONTENT, *, route: Route | None = None) -> str:
        """Hand a report over the way the bot does, and return its case number."""
        connector = aiohttp.UnixConnector(str(self.socket))
        async with aiohttp.ClientSession(connector=connector) as http:
            desk = HttpCaseDesk(http, "http://store", self.demo.places.intake.read_text())
            report = self._sealed(content, await self._roster(desk), route)
            for file_id, ciphertext in report.files:
                await desk.put_file(file_id, ciphertext)
            number = (await desk.hand_over(report, [file_id for file_id, _ in report.files])).case_number
        self.tokens[number] = self._token
        await self.declare(number)
        return number

    def key(self, who: str) -> StaffKey:
        """Somebody's key, opened once: stretching the words takes a tenth of a second on purpose."""
        if who not in self._keys:
            self._keys[who] = open_key(self.demo.key(who), self.demo.passphrase(who).read_text())
        return self._keys[who]

    async def declare(self, number: str, who: str = "sato") -> None:
        """Know the rules, and say for the present part of the handling that there is no conflict of interest."""
        async with open_wire(self.store, self.key(who).credential) as wire:
            rules = await wire.ask(HouseRules, "GET", "/rules")
            await wire.send("POST", "/rules/acknowledgements", AcknowledgeRules(version=rules.rules.version))
            with suppress(StoreRefusedError):
                # Nobody declares anything about a case they hold no key to.
                await wire.send("POST", f"/cases/{number}/declarations", Declare(conflicted=False))

    async def read(self, number: str) -> list[str]:
        """Read what the reporter of a case has been told, as a bot words it, oldest first."""
        keys, catalog = keys_of(self.tokens[number]), load_catalog()
        connector = aiohttp.UnixConnector(str(self.socket))
        async with aiohttp.ClientSession(connector=connector) as http:
            desk = HttpCaseDesk(http, "http://store", self.demo.places.intake.read_text())
            found = await desk.open_inbox(keys.locator)
            assert found is not None
            reader = Reader(await self._roster(desk), catalog, "en")
        letters = page_of(keys, unlock_card(found.card, keys.card_key), found, reader)[0].letters
        return [letter_words(one, catalog) for one in reversed(letters) if one.kind != "standard"]

    async def _roster(self, desk: HttpCaseDesk) -> Roster:
        return verify_roster(await desk.roster(), self.card.pins, self.card.threshold, 0, today(), self.card.organ)

    def _sealed(self, content: ReportContent, roster: Roster, route: Route | None) -> SealedReport:
        chosen = route or routes(roster, "naibu", content.excluded, today())
        assert isinstance(chosen, Route)
        token = self._token = new_token()
        sealed = seal_report(content, token, roster, chosen, f"report-{abs(hash(token.text))}")
        return sealed if sealed.desk else msgspec.structs.replace(sealed, desk="naibu")


@pytest.fixture(scope="session")
def made_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo organ's keys, made once: ten lockboxes take their time on purpose."""
    keys = tmp_path_factory.mktemp("made") / "keys"
    make_demo(keys, "unix:nowhere")
    return keys


@pytest.fixture
async def house(tmp_path: Path, made_keys: Path) -> AsyncIterator[House]:
    """The demo organ, its roster published."""
    shutil.copytree(made_keys, tmp_path / "keys")
    place = House(tmp_path)
    settings = BackendSettings(
        database_url=f"sqlite:///{tmp_path / 'cases.db'}",
        credentials_file=place.demo.places.credentials,
        staff_batch=StaffBatch.ONCE,
    )
    async with open_backend(settings) as backend, served(backend.runner()) as runner:
        await on_socket(runner, place.socket)
        assert await publish_demo(place.demo, place.card, place.store)
        yield place
