"""`madoguchi doctor` against what it looks at: a real case store, databases, Redis, and chat services that answer."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web
from typer.testing import CliRunner

from backend.config import BackendSettings
from bot.config import BotSettings, read_settings
from madoguchi.cli import app
from madoguchi.doctor import machine
from madoguchi.doctor.case_store import reached
from madoguchi.doctor.chats import chats
from madoguchi.doctor.findings import Finding, Level
from madoguchi.doctor.places import database, talks
from madoguchi.organ.card import as_text
from tests.integration.madoguchi.conftest import House
from tests.support import postgres, redis
from tests.support.served import on_loopback
from tests.support.stores import erasure_beside, fresh_database, fresh_file, open_store

SECRET = "1234:a-token-that-nobody-may-see"


def found(findings: list[Finding], level: Level = Level.FAULT) -> list[str]:
    """What was found on one level."""
    return [finding.key for finding in findings if finding.level is level]


def left_in(folder: Path) -> list[Path]:
    """What lies in a folder."""
    return list(folder.iterdir())


def settings_of(house: House, **given: object) -> BotSettings:
    """The settings of a bot of this house."""
    ours = {
        "organ": house.card.organ,
        "organ_pins": house.card.pins,
        "backend_url": house.store,
        "intake_credential": house.demo.places.intake,
        "data": house.folder / "var",
        "keys": house.folder / "keys",
    }
    return read_settings(**{**ours, **given})


def a_bot(folder: Path, store: str) -> BotSettings:
    """A bot of no organ, which asks whoever listens at an address."""
    (folder / "intake.token").write_text("token")
    return read_settings(backend_url=store, intake_credential=folder / "intake.token")


async def test_a_case_store_that_is_well_has_no_fault(house: House) -> None:
    """It answers, speaks our version, has our time, knows us, and shows a roster that is in force."""
    looked = await reached(settings_of(house))
    assert found(looked) == []
    assert found(looked, Level.OK) == [
        "doctor.store.well",
        "doctor.store.version",
        "doctor.store.clock",
        "doctor.store.known",
        "doctor.organ.in_force",
        "doctor.organ.desks",
    ]


async def test_a_credential_that_it_does_not_know_is_a_fault(house: House, tmp_path: Path) -> None:
    """Nor does one that is good for something else let a bot in."""
    (tmp_path / "other.token").write_text("other")
    assert found(await reached(settings_of(house, intake_credential=tmp_path / "other.token"))) == [
        "doctor.store.not_known"
    ]


async def test_pins_of_another_organ_do_not_believe_its_roster(house: House) -> None:
    """As the bot would not."""
    assert found(await reached(settings_of(house, organ_pins=(b"p" * 32,)))) == ["doctor.organ.refused"]


async def test_a_case_store_that_is_away_is_one_fault(house: House, tmp_path: Path) -> None:
    """Whether nobody listens or the credential cannot even be read."""
    assert found(await reached(settings_of(house, backend_url=f"unix:{tmp_path}/none"))) == ["doctor.store.silent"]
    assert found(await reached(settings_of(house, intake_credential=tmp_path / "none"))) == ["doctor.store.silent"]


@pytest.mark.parametrize(
    ("ahead", "level"), [(0, Level.OK), (60, Level.WARNING), (-60, Level.WARNING), (3600, Level.FAULT)]
)
async def test_a_stranger_in_its_place_and_a_clock_that_is_off_are_named(
    tmp_path: Path, ahead: int, level: Level
) -> None:
    """Something else answers with 503 to all, at another time of day."""

    async def answer(_: web.Request) -> web.Response:
        date = format_datetime(datetime.now(UTC) + timedelta(seconds=ahead), usegmt=True)
        return web.Response(status=503, body=b'{"parts": {"database": "not reachable"}}', headers={"Date": date})

    stranger = web.Application()
    stranger.router.add_get("/{path:.*}", answer)
    async with on_loopback(stranger) as url:
        looked = await reached(a_bot(tmp_path, url))
    assert [finding.level for finding in looked if finding.key == "doctor.store.clock"] == [level]
    assert {"doctor.store.unwell", "doctor.store.other_version"} <= set(found(looked))


async def test_a_web_server_is_not_taken_for_a_case_store(tmp_path: Path) -> None:
    """Whatever it says."""
    async with on_loopback(web.Application()) as url:
        assert "doctor.store.foreign" in found(await reached(a_bot(tmp_path, url)))


async def test_a_database_file_is_looked_at_and_left_alone(tmp_path: Path) -> None:
    """Not made, well, foreign: and looking makes no file."""
    settings = BackendSettings(database_url=fresh_file(tmp_path))
    assert found(await database(settings), Level.WARNING) == ["doctor.database.not_made"]
    assert left_in(tmp_path) == []
    store = await open_store(settings.database_url)
    assert found(await database(settings), Level.OK) == ["doctor.database.well"]
    await store.close()
    (tmp_path / "cases.db").write_bytes(b"no database of ours, and long enough to be looked at" * 40)
    assert found(await database(settings)) == ["doctor.database.not_reachable"]


@pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing())
async def test_a_database_server_is_looked_at_and_left_alone(tmp_path: Path) -> None:
    """Fresh, brought up to date by a case store, and away; a password in its address is warned of."""
    with postgres.cluster() as server:
        address = await fresh_database(server)
        settings = BackendSettings(database_url=address, erasure_url=erasure_beside(address))
        assert found(await database(settings), Level.WARNING) == ["doctor.database.not_migrated"]
        await (await open_store(address)).close()
        assert found(await database(settings), Level.OK) == ["doctor.database.well"]
    assert found(await database(settings)) == ["doctor.database.not_reachable"]
    away = f"postgresql+asyncpg://a:{SECRET}@/cases?host={tmp_path}"
    with_password = BackendSettings(database_url=away, erasure_url=erasure_beside(away))
    looked = await database(with_password)
    assert found(looked, Level.WARNING) == ["doctor.database.password"]
    assert SECRET not in repr(looked)


@pytest.mark.skipif(bool(redis.missing()), reason=redis.missing())
def test_a_redis_that_forgets_is_a_fault(tmp_path: Path) -> None:
    """One that keeps nothing on disk is named with what to set; one that is safe is fine, one that is away a fault."""

    def look(server: redis.Server) -> list[Finding]:
        return asyncio.run(talks(read_settings(store_url=server.url, data=tmp_path)))

    with redis.running() as safe:
        assert found(look(safe), Level.OK) == ["doctor.talks.on_redis"]
    assert found(look(safe)) == ["doctor.talks.silent"]
    with redis.running("--appendonly", "no") as forgetful:
        (finding,) = look(forgetful)
    assert finding.key == "doctor.talks.unfit"
    assert "appendonly yes" in finding.params["why"]


async def test_talks_in_a_file_want_a_folder_of_their_own(tmp_path: Path) -> None:
    """Missing, private, and open to others."""
    folder = tmp_path / "var"
    assert found(await talks(read_settings(data=folder)), Level.WARNING) == ["doctor.talks.no_folder"]
    folder.mkdir(mode=0o700)
    assert found(await talks(read_settings(data=folder)), Level.OK) == ["doctor.talks.in_file"]
    folder.chmod(0o755)
    assert found(await talks(read_settings(data=folder))) == ["doctor.talks.open"]


async def test_chat_services_are_asked_whether_they_know_us(tmp_path: Path) -> None:
    """Known, refused, away and without a token; and the token is in nothing that is found."""
    (tmp_path / "token").write_text(f"{SECRET}\n")
    seen: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(request.path + request.headers.get("Authorization", ""))
        return web.json_response({"ok": request.path.startswith("/known")})

    service = web.Application()
    service.router.add_post("/{path:.*}", answer)
    both = {"telegram_token": tmp_path / "token", "slack_token": tmp_path / "token"}
    async with on_loopback(service) as url:
        for path, level in (("known", Level.OK), ("other", Level.FAULT)):
            apis = {"telegram_api": f"{url}/{path}", "slack_api": f"{url}/{path}/"}
            looked = await chats(read_settings(**both, **apis))
            assert [finding.level for finding in looked] == [level, level]
            assert SECRET not in repr(looked)
    assert seen[:2] == [f"/known/bot{SECRET}/getMe", f"/known/auth.testBearer {SECRET}"]
    looked = await chats(read_settings(**both, telegram_api=url, slack_api=url))
    assert found(looked) == ["doctor.chats.silent"] * 2
    assert SECRET not in repr(looked)
    assert found(await chats(read_settings(telegram_token=tmp_path / "none"))) == ["doctor.chats.no_token"]
    assert await chats(read_settings()) == []


async def test_the_child_that_looks_at_files_is_started_for_a_look() -> None:
    """Walled in where the kernel can; what is found is no fault either way."""
    (finding,) = await machine.screening(read_settings())
    assert finding.level is not Level.FAULT


async def test_the_command_says_it_in_both_languages_and_for_programs(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 0 without a fault, 1 with one; quietly it prints faults alone; no secret is printed."""
    for name, value in (
        ("ORGAN", house.card.organ),
        ("ORGAN_PINS", " ".join(map(as_text, house.card.pins))),
        ("BACKEND_URL", house.store),
        ("INTAKE_CREDENTIAL", str(house.demo.places.intake)),
        ("DATA", str(house.folder / "var")),
        ("KEYS", str(house.folder / "keys")),
        ("DATABASE_URL", f"sqlite:///{house.folder / 'cases.db'}"),
        ("CREDENTIALS_FILE", str(house.demo.places.credentials)),
    ):
        monkeypatch.setenv(f"MADOGUCHI_{name}", value)

    async def doctor(*words: str) -> tuple[int, str]:
        done = await asyncio.to_thread(CliRunner().invoke, app, ["doctor", *words])
        return done.exit_code, done.stdout

    status, said = await doctor("--lang", "en")
    assert status == 0, said
    assert "Faults: 0." in said
    assert "誤り: 0 件" in (await doctor("--lang", "ja"))[1]
    assert await doctor("--quiet") == (0, "")
    monkeypatch.setenv("MADOGUCHI_ORGAN_THRESHOLD", "2")
    status, said = await doctor("--json", "--only", "bot")
    report = json.loads(said)
    assert (status, report["faults"]) == (1, 2)
    assert {line["side"] for line in report["findings"]} == {"machine", "bot"}
    assert house.demo.places.intake.read_text() not in said
    monkeypatch.setenv("MADOGUCHI_PORT", "seaside")
    status, said = await doctor("--quiet", "--lang", "en", "--only", "bot")
    assert status == 1
    assert said.startswith("── Bot ──\nFAULT\tMADOGUCHI_PORT")
    assert (await doctor("--only", "moon"))[0] == 2
