"""Figures, releases, the survey and exports at a terminal, against a real case store."""

import asyncio
import csv
import json
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.bootstrap import open_backend
from backend.config import BackendSettings
from backend.domain.batches import StaffBatch
from bot.anonymity.handover import ReportContent
from madoguchi.export.figures import app as export_app
from madoguchi.organ.demo import publish_demo
from madoguchi.serving import on_socket, served
from tests.integration.madoguchi.conftest import House, Said
from tests.support.reports import SetClock

SUMMER, AUTUMN = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 10, 5, tzinfo=UTC)
#: Words that stand in a report, in a name and in a note, and must not leave with anything.
CANARIES = ("Kanarienvogel", "Yamabiko", "Uguisu")
SECRET = ReportContent(
    form=1,
    facts={"story": CANARIES[0], "desk": "naibu"},
    identity={"name": CANARIES[1]},
    language="en",
    channel="web",
)


class Office(House):
    """The demo organ on a day that the test sets."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.clock = SetClock(SUMMER)

    async def export(self, *words: str, who: str = "tanaka") -> Said:
        """Export as somebody, in English."""
        key = ("--key", str(self.demo.key(who)), "--passphrase-file", str(self.demo.passphrase(who)))
        typed = ["--lang", "en", "--store", self.store, *key, *words]
        done = await asyncio.to_thread(CliRunner().invoke, export_app, typed)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Said(done.stdout, done.stderr, done.exit_code)


@pytest.fixture
async def office(tmp_path: Path, made_keys: Path) -> AsyncIterator[Office]:
    """The demo organ in summer, its roster published."""
    shutil.copytree(made_keys, tmp_path / "keys")
    place = Office(tmp_path)
    settings = BackendSettings(
        database_url=f"sqlite:///{tmp_path / 'cases.db'}",
        credentials_file=place.demo.places.credentials,
        staff_batch=StaffBatch.ONCE,
    )
    async with open_backend(settings, place.clock) as backend, served(backend.runner()) as runner:
        await on_socket(runner, place.socket)
        assert await publish_demo(place.demo, place.card, place.store)
        assert (await place.staff("publish-figures", who="tanaka")).status == 0
        yield place


async def test_a_half_year_is_published_shown_and_exported(office: Office) -> None:
    """As ranges for everyone; exactly for the executive alone, and everyone sees who asked."""
    assert "No figures" in (await office.staff("figures")).out
    assert (await office.export("figures")).status == 1
    await office.hand_over()
    office.clock.moment = AUTUMN
    assert (await office.staff("publish-figures")).status == 1
    assert (await office.staff("publish-figures", who="tanaka")).status == 0
    assert "2026-04\n  Received\tfewer than 5\n" in (await office.staff("figures")).out
    halves = json.loads((await office.export("figures", who="sato")).out)["halves"]
    assert [half["half"] for half in halves] == ["2026-04"]
    lines = list(csv.DictReader((await office.export("figures", "--format", "csv")).out.splitlines()))
    assert (lines[0]["name"], lines[0]["least"], lines[0]["most"]) == ("Received", "0", "4")
    exact = ("figures", "--half", "2026-04", "--unrounded")
    assert (await office.export(*exact, who="sato")).status == 1
    counts = json.loads((await office.export(*exact)).out)["counts"]
    assert {"series": "stage", "code": "received", "count": 1} in counts
    assert "tanaka asked for the exact counts of 2026-04" in (await office.staff("figures")).out
    assert "--half" in (await office.export("figures", "--unrounded")).err


async def test_information_is_released_by_two_people(office: Office, tmp_path: Path) -> None:
    """Staff draft it, the executive reads and releases it; a draft that is not there is said to be missing."""
    for language in ("ja", "en"):
        (tmp_path / f"{language}.txt").write_text("Every purchase is checked by two people.")
    words = ("--title-ja", "購入", "--title-en", "Purchases", "--text-ja", f"{tmp_path}/ja.txt")
    missing = await office.staff("draft-release", "r1", *words, "--text-en", f"{tmp_path}/fr.txt")
    assert (missing.status, "cannot be read" in missing.err) == (1, True)
    assert (await office.staff("draft-release", "r1", *words, "--text-en", f"{tmp_path}/en.txt")).status == 0
    gone = await office.staff("approve-release", "r2", "--yes", who="tanaka")
    assert (gone.status, "no draft r2" in gone.err) == (1, True)
    assert (await office.staff("approve-release", "r1", "--yes")).status == 1
    approved = await office.staff("approve-release", "r1", "--yes", who="tanaka")
    assert "Every purchase is checked by two people." in approved.out
    assert "r1\tPurchases\treleased: 2026-07-01" in (await office.staff("figures")).out


async def test_the_yearly_survey_is_one_command(office: Office, tmp_path: Path) -> None:
    """How the mechanism is set up, its figures, sessions and improvements, in two files that are the member's alone."""
    await office.staff("awareness", "s1", "--audience", "supervisors", "--attended", "30", "--on", "2026-06-01")
    await office.staff("improve", "i1", CANARIES[2], "--finding", "--on", "2026-06-02")
    listed = (await office.staff("figures")).out
    assert "Awareness session (supervisors)\tattended: 30" in listed
    assert f"Finding\t{CANARIES[2]}" in listed
    assert (await office.staff("improve", "i1", "x", "--on", "yesterday")).status == 1
    to = tmp_path / "survey"
    early = await office.export("survey", "--year", "2026", "--to", str(to))
    assert (early.status, "not been published" in early.err or "Nothing of that" in early.err) == (1, True)
    office.clock.moment = AUTUMN
    await office.staff("publish-figures", who="tanaka")
    assert (await office.export("survey", "--year", "2026", "--to", str(to))).status == 0
    whole = json.loads((to / "survey-2026.json").read_text())
    assert whole["mechanism"]["desks"] == {"branch": 1, "external": 1, "internal": 1}
    assert (whole["sessions"][0]["attended"], whole["recorded"][0]["kind"], whole["exact"]) == (30, "finding", [])
    table = (to / "survey-2026.csv").read_text("utf-8-sig")
    assert "2026-04,stage,received,0,4" in table
    assert CANARIES[2] not in table + json.dumps(whole)
    assert (to / "survey-2026.json").stat().st_mode & 0o077 == 0
    assert (await office.export("survey", "--year", "2026", "--to", str(to), "--unrounded")).status == 0
    assert json.loads((to / "survey-2026.json").read_text())["exact"][0]["half"] == "2026-04"


async def test_materials_hold_no_secret_no_identity_and_no_free_words(office: Office, tmp_path: Path) -> None:
    """Weeks, stages, what was owed and the head of the log; what was written and who wrote it is not among it."""
    number = await office.hand_over(SECRET)
    to = tmp_path / "materials.json"
    assert (await office.export("materials", "--to", str(to))).status == 0
    text = to.read_text()
    (case,) = json.loads(text)["cases"]
    assert (case["case_number"], case["received"], case["steps"]) == (
        number,
        "2026-W27",
        [{"act": "received", "week": "2026-W27"}, {"act": "declared", "week": "2026-W27"}],
    )
    assert {duty["obligation"] for duty in case["duties"]} == {"decide_acceptance", "decide_investigation"}
    assert [word for word in (*CANARIES, "sato", "佐藤", "ciphertext", "2026-07-01") if word in text] == []
    assert json.loads((await office.export("materials", number.lower())).out)["cases"] == [case]
    assert (await office.export("materials", "2026-000000")).status == 1
    assert (await office.export("materials", who="sato")).status == 1
