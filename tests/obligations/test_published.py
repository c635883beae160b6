"""O-23, O-30, O-32, O-34, O-35: what everyone may know of an organ's desks, and what the supervising agency may."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from typer.testing import CliRunner

from madoguchi.cli import app
from madoguchi.organ.demo import make_demo
from tests.support.ended_system import House
from tests.support.organs import copied
from tests.support.system import System
from tests.support.terminal_reporter import TerminalReporter

STORY = "The inspector was given a holiday in Okinawa."
REPORT = {"story": STORY, "desk": "naibu"}
#: Longer than any half-year and what it takes to settle.
A_HALF = 190


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo organ's keys, made once: stretching words takes its time on purpose."""
    folder = tmp_path_factory.mktemp("founded")
    make_demo(folder / "keys", "unix:nowhere")
    return folder


@pytest.fixture
async def house(tmp_path: Path, founded: Path) -> AsyncIterator[House]:
    """The demo organ, running."""
    copied(founded, tmp_path)
    made = House(System(tmp_path))
    await made.system.start()
    yield made
    await made.system.stop()


async def public(house: House, path: str = "public/?lang=en") -> str:
    """What a passer-by sees."""
    async with aiohttp.ClientSession() as http, http.get(house.system.url + path) as answer:
        assert answer.status == 200
        return await answer.text()


async def export(house: House, *words: str) -> str:
    """What an export of the executive's prints."""
    who = ("--key", str(house.system.demo.key("tanaka")))
    passphrase = ("--passphrase-file", str(house.system.demo.passphrase("tanaka")))
    typed = ["export", *who, *passphrase, "--store", house.system.store, "--lang", "en", *words]
    done = await asyncio.to_thread(CliRunner().invoke, app, typed)
    assert done.exit_code == 0, done.output
    return done.stdout


async def test_information_is_public_once_the_executive_has_approved_it(house: House, tmp_path: Path) -> None:
    """O-23: staff draft it, nobody outside sees it; the executive releases it, and it stands on the public page."""
    for language, words in (("ja", "二人で確かめます。"), ("en", "Two people check every purchase.")):
        (tmp_path / f"{language}.txt").write_text(words)
    texts = ("--text-ja", str(tmp_path / "ja.txt"), "--text-en", str(tmp_path / "en.txt"))
    await house.staff("draft-release", "r1", "--title-ja", "購入", "--title-en", "Purchases", *texts, who="sato")
    assert "Two people check" not in await public(house)
    house.system.clock.let_pass(minutes=2)
    await house.staff("approve-release", "r1", "--yes")
    assert "Two people check every purchase." in await public(house)
    assert "二人で確かめます。" in await public(house, "public/?lang=ja")


async def test_the_public_page_explains_the_law_the_desks_and_the_procedure(house: House) -> None:
    """O-30: Act, Guidelines, desks, stages with the organ's own periods; awareness sessions are recorded."""
    page = await public(house)
    for words in ("Whistleblower Protection Act", "Guidelines", "Internal desk", "External desk (counsel)"):
        assert words in page
    assert "within 10 working days" in page
    assert "within 20 days of the report" in page
    assert "公益通報者保護法" in await public(house, "public/?lang=ja")
    await house.staff("awareness", "s1", "--audience", "new", "--attended", "12", who="sato")
    assert "new personnel" in await house.staff("figures")


async def test_figures_are_published_in_steps_and_say_nothing_of_a_single_report(house: House) -> None:
    """O-32: after the half-year what came in is on the page, as CSV and as a chart; a single report is no number."""
    assert "No figures have been published yet" in await public(house)
    await TerminalReporter(house.system.talk_socket).report(REPORT)
    house.system.clock.let_pass(days=A_HALF)
    await house.staff("publish-figures")
    page = await public(house)
    assert "fewer than 5" in page
    assert "<svg" in page
    table = await public(house, "public/figures.csv?lang=en")
    assert "stage,received,Received,0,4" in table
    assert "<title>Received: fewer than 5</title>" in await public(house, "public/figures.svg?lang=en")


async def test_a_survey_stands_beside_the_figures_and_improvements_are_recorded(house: House) -> None:
    """O-34: staff answer it with their key, third parties with a code on the page; what was decided is dated."""
    answers = ("--clear", "4", "--safe", "4", "--taken-seriously", "4", "--would-again", "4")
    await house.staff("survey", *answers, who="sato")
    codes = (await house.staff("survey-codes", "--count", "5")).split()
    async with aiohttp.ClientSession() as http:
        for code in codes:
            sent = {"clear": "5", "code": code}
            async with http.post(house.system.url + "public/survey", data=sent) as answer:
                assert answer.status == 200
    await house.staff("improve", "i1", "Notices are now written in both languages.")
    assert "Notices are now written in both languages." in await house.staff("figures", who="sato")
    house.system.clock.let_pass(days=A_HALF)
    await house.staff("publish-figures")
    table = await public(house, "public/figures.csv?lang=en")
    assert "survey_median,third/clear,Third parties: Explanations were clear,5,5" in table
    assert "survey_median,staff/clear,Staff: Explanations were clear,," in table


async def test_materials_and_the_yearly_survey_leave_without_a_secret(house: House, tmp_path: Path) -> None:
    """O-35: one command each; case, weeks, what was owed and the log's head, and nothing that anybody wrote."""
    token = await TerminalReporter(house.system.talk_socket).report(REPORT)
    materials = await export(house, "materials")
    (case,) = json.loads(materials)["cases"]
    assert case["stage"] == "received"
    assert {duty["obligation"] for duty in case["duties"]} == {"decide_acceptance", "decide_investigation"}
    house.system.clock.let_pass(days=A_HALF)
    await house.staff("publish-figures")
    year = json.loads(await export(house, "figures"))["halves"][0]["first"][:4]
    await export(house, "survey", "--year", year, "--to", str(tmp_path / "survey"))
    written = (tmp_path / "survey" / f"survey-{year}.json").read_text()
    assert json.loads(written)["mechanism"]["has_outside_counsel"] is True
    for secret in (STORY, "Okinawa", token, "sato"):
        assert secret not in materials + written
