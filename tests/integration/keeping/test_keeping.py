"""Where talks are kept follows from the settings, and a place that is not fit stops the start with a sentence."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bootstrap import SystemChance
from bot.config import BotSettings, SettingsFaultyError, read_settings
from bot.keeping import keeping
from bot.ports.storing import Changes
from tests.support import redis
from tests.support.session_stores import row

KEY = bytes(range(32))
PASSWORD = "open sesame"


@pytest.fixture
def server() -> Iterator[redis.Server]:
    """A server that asks for a password."""
    if redis.missing():
        pytest.skip(redis.missing())
    with redis.running(*redis.SAFE, "--requirepass", PASSWORD) as running:
        yield running


def settings(folder: Path, url: str, password: str = PASSWORD) -> BotSettings:
    """The settings of a bot that keeps its talks at this address."""
    (folder / "password").write_text(password + "\n")
    return read_settings(store_url=url, store_password=folder / "password", data=folder)


async def test_without_an_address_talks_lie_in_a_file(tmp_path: Path) -> None:
    """Nothing else need run."""
    async with keeping(settings(tmp_path, ""), KEY, SystemChance()) as kept:
        await kept.store.commit(Changes(put=(row(),)))
        assert kept.is_up()
    assert (tmp_path / "bot.db").exists()


async def test_two_bots_share_talks_and_turns(server: redis.Server, tmp_path: Path) -> None:
    """What one wrote the other reads, and where one works the other waits; no address is told to the server."""
    chosen = settings(tmp_path, server.url)
    async with (
        keeping(chosen, KEY, SystemChance()) as one,
        keeping(chosen, KEY, SystemChance()) as other,
    ):
        async with one.locks.hold("web", "canary-address"):
            await one.store.commit(Changes(put=(row(),)))
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05), other.locks.hold("web", "canary-address"):
                    pass
            keys = server.say("--pass", PASSWORD, "--no-auth-warning", "KEYS", "*")
            assert "lock:" in keys
            assert "canary-address" not in keys
            assert b"canary-address".hex() not in keys
        assert await other.store.load([b"one"]) == row()
        assert one.is_up()
    assert not (tmp_path / "bot.db").exists()


async def test_a_server_that_refuses_stops_the_start(server: redis.Server, tmp_path: Path) -> None:
    """The operator reads which setting is at fault; the password stands nowhere."""
    with pytest.raises(SettingsFaultyError) as refused:
        async with keeping(settings(tmp_path, server.url, "wrong-canary"), KEY, SystemChance()):
            pass
    (fault,) = refused.value.faults
    assert fault.startswith("MADOGUCHI_STORE_URL: the server does not let this bot in")
    assert "canary" not in fault


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://host", "must begin with one of redis, redis+sentinel, rediss, unix"),
        ("redis://:canary@host", "must not hold a password"),
        ("unix:///redis.sock?password=canary", "must not hold a password"),
    ],
)
def test_an_address_holds_no_secret(url: str, told: str) -> None:
    """Settings are shown and copied around; secrets have files of their own."""
    with pytest.raises(SettingsFaultyError) as refused:
        read_settings(store_url=url)
    assert told in str(refused.value)
    assert "canary" not in str(refused.value)
