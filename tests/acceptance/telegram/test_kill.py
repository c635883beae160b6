"""A process that is killed while it shows a token, and started again: one report, the token once unless asked for."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.desk_staff import Staff
from tests.support.repository import ROOT
from tests.support.system import System
from tests.support.telegram_faults import FaultyNetwork, faulty_network
from tests.support.telegram_peer import TOKEN, fresh_peer, needs_telegram_peer
from tests.support.telegram_person import TelegramPerson
from tests.support.telegram_report import to_the_summary, tokens_in

pytestmark = needs_telegram_peer


@asynccontextmanager
async def program(folder: Path, network: FaultyNetwork) -> AsyncIterator[asyncio.subprocess.Process]:
    """The real command with its demo organ, on Telegram; killed in the end if it still runs."""
    (folder / "telegram.token").write_text(TOKEN)
    settings = {
        "MADOGUCHI_PORT": "0",
        "MADOGUCHI_BACKEND_PORT": "0",
        "MADOGUCHI_TELEGRAM_TOKEN": str(folder / "telegram.token"),
        "MADOGUCHI_TELEGRAM_API": network.url,
        "PYTHONPATH": str(ROOT),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "madoguchi", "run", "--demo",
        cwd=folder, env={**os.environ, **settings},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()


async def test_a_kill_while_a_token_is_on_its_way_shows_it_once(tmp_path: Path, telegram_url: str) -> None:
    """Telegram brings again what it was not told is taken; the report is there once, and the person is asked."""
    async with fresh_peer(telegram_url) as peer, faulty_network(peer) as network:
        person = TelegramPerson(peer, language="en")
        async with program(tmp_path, network):
            await peer.until(lambda seen: "deleteWebhook" in seen["calls"], seconds=30)
            await to_the_summary(person)
            network.fail("sendMessage", "slow", words="spoiler")
            await person.tap("Hand it over")
            await person.until(lambda _chat: "slow" in network.happened, "the token on its way")
        async with program(tmp_path, network):
            await person.reads("Your token may already be on your screen", seconds=20)
            assert len(tokens_in((await peer.seen())["texts"])) <= 1
            await person.tap("Show it again")
            await person.until(lambda chat: bool(tokens_in([each.text for each in chat[-2:]])), "the token")
            assert len(await Staff(System(tmp_path)).numbers()) == 1
