"""Many organs on one store (O-38): whoever belongs to one can neither read, change nor name a row of another.

Walks the published description of the API, so that a route which is added is walked as well.
"""

import base64
import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from backend.contract import Office, Publication, Receipt
from backend.profiles import profile
from tests.support.backend_server import Answer, Client, Server, served, settings
from tests.support.reports import from_reporter, from_staff, locator, publication, submission, told
from tests.support.secrecy import declare
from tests.support.walker import Walker

#: So many turns are enough for each choice of the longest enumeration that a request begins with.
VARIANTS = 6
#: Words that stand in the first organ's rows and nowhere else.
#: All but the administrator, who reads nothing.
OFFICES = set(Office) - {Office.ADMINISTRATOR}
#: What the clock does for every organ, whoever asks for something meanwhile.
BY_THE_CLOCK = {"checkpoints", "tips", "figures_begun"}
CANARIES = ("mailbox-of-the-ministry", "for reporter s1", "from reporter r1", "card after r1")


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """A store with two organs, each with staff, and a full case in the first."""
    async with served(settings(tmp_path)) as running:
        first = in_every_office(publication())
        second = in_every_office(publication(tokens={"sato": "other sato", "suzuki": "other suzuki"}))
        assert (await running.client("ministry publisher").ask("PUT", "/roster", first)).status == 204
        assert (await running.client("agency publisher").ask("PUT", "/roster", second)).status == 204
        yield running


def in_every_office(published: Publication) -> Publication:
    """The same roster: Sato is the executive and whatever else sees cases, Suzuki the auditor, who is nothing else."""
    audits = {"suzuki": (Office.AUDITOR,)}
    people = tuple(replace(one, offices=audits.get(one.staff_id, tuple(OFFICES))) for one in published.people)
    return replace(published, people=people, executive="sato")


async def filled(server: Server) -> str:
    """Give the first organ a case with letters of both sides, a file and an announcement; its number."""
    bot, sato = server.client("ministry intake"), server.client("token of sato")
    assert (await bot.ask("PUT", "/files/f1", b"a sealed file")).status in {200, 201, 204}
    sent = submission(file_ids=("f1",), overseer="sato")
    number = (await bot.ask("POST", "/submissions", sent)).record(Receipt).case_number
    await bot.ask("POST", "/inbox/told", told("mailbox-of-the-ministry"))
    await declare(sato, number)
    assert (await sato.ask("POST", f"/cases/{number}/letters", from_staff())).status == 204
    await bot.ask("POST", "/inbox/letters", from_reporter(card_version=2))
    return number


def rows_of(database: Path, organ: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that an organ has in the database."""
    with sqlite3.connect(database) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {table: [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')] for table in tables}
        return {
            table: sorted(connection.execute(f'SELECT * FROM "{table}" WHERE organ = ?', (organ,)).fetchall(), key=repr)  # noqa: S608 - names of our own tables
            for table in tables
            if "organ" in columns[table] and table not in BY_THE_CLOCK
        }


def walker(document: dict[str, Any], number: str) -> Walker:
    """A walker that names what the first organ has."""
    b64 = dict.fromkeys(("locator", "new_locator"), base64.b64encode(locator("first")).decode())
    known = {
        **b64,
        "number": number,
        "case_number": number,
        "other": number,
        "file_id": "f1",
        "file_ids": ["f1"],
        "submission_id": "first",
        "message_id": "s1",
        "credential_hash": base64.b64encode(bytes(32)).decode(),
        "policy": msgspec.to_builtins(profile()),
        "organ": "ministry",
        "holder": "sato",
        "question": "clear",
        "half": "2026-04",
        "confirmed": number,
        "archive": "archive",
        "signer": base64.b64encode(bytes(32)).decode(),
        "signature": base64.b64encode(bytes(64)).decode(),
    }
    return Walker(document, known)


async def answers(number: str, client: Client) -> AsyncIterator[tuple[str, Answer]]:
    """Ask everything there is to ask, about what the first organ has."""
    document = json.loads((await client.ask("GET", "/openapi.json")).body)
    walk = walker(document, number)
    # The roster comes last: another one may end what the credential is good for.
    operations = sorted(walk.operations(), key=lambda one: one[1].endswith("/roster"))
    for method, template, operation in operations:
        for variant in range(VARIANTS):
            body = walk.body(operation, variant)
            sent = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
            yield f"{method} {template}", await client.ask_at(method, walk.path(template, operation), sent)


@pytest.mark.parametrize("token", ["other sato", "other suzuki", "agency intake", "agency publisher"])
async def test_o_38_nobody_of_one_organ_reaches_a_row_of_another(server: Server, tmp_path: Path, token: str) -> None:
    """O-38: with the right ids of another organ's case, every route gives nothing of it and changes nothing of it."""
    number = await filled(server)
    before = rows_of(tmp_path / "var/cases.db", "ministry")
    assert all(before[table] for table in ("cases", "letters", "files", "grants", "duties", "outbox"))
    async for operation, answer in answers(number, server.client(token)):
        shown = answer.body.decode(errors="replace")
        assert answer.status != 500, operation
        assert number not in shown, operation
        for canary in CANARIES:
            assert canary not in shown, operation
            assert base64.b64encode(canary.encode()).decode() not in shown, operation
    assert rows_of(tmp_path / "var/cases.db", "ministry") == before


async def test_o_38_the_walk_really_asks_for_something(server: Server) -> None:
    """O-38: the same requests by the organ's own people are understood, so that silence above means something."""
    number = await filled(server)
    understood: set[str] = set()
    for token in ("token of sato", "token of suzuki", "ministry intake", "ministry publisher"):
        async for operation, answer in answers(number, server.client(token)):
            if answer.status not in {400, 401, 403}:
                understood.add(operation)
    document = json.loads((await server.client(None).ask("GET", "/openapi.json")).body)
    walked = {f"{method} {template}" for method, template, _ in walker(document, number).operations()}
    assert walked - understood == set()
