"""A case store over HTTP, with one organ's roster published."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract import Receipt
from tests.support.backend_server import Client, Server, served, settings
from tests.support.reports import publication, submission
from tests.support.secrecy import declare


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """A store that is being served, where sato and suzuki are staff of the ministry."""
    async with served(settings(tmp_path)) as running:
        published = await running.client("ministry publisher").ask("PUT", "/roster", publication())
        assert published.status == 204
        yield running


@pytest.fixture
def bot(server: Server) -> Client:
    """The ministry's bot."""
    return server.client("ministry intake")


@pytest.fixture
def sato(server: Server) -> Client:
    """A staff member who holds grants."""
    return server.client("token of sato")


@pytest.fixture
async def number(bot: Client, sato: Client) -> str:
    """The number of a case that is granted to sato, who has declared no conflict."""
    answer = await bot.ask("POST", "/submissions", submission())
    assert answer.status == 201
    number = answer.record(Receipt).case_number
    await declare(sato, number)
    return number
