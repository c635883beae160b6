"""Attacks over HTTP: by strangers, from other roles and other organs, and with nonsense."""

import re
from pathlib import Path

import msgspec
import pytest

from backend.contract import Fault, Inbox, Lease, Leased, Locate, Role, StaffInbox
from backend.web.app import ROUTES
from backend.web.routes import Route
from tests.support.backend_server import Client, Server, served, settings
from tests.support.reports import from_staff, locator, move, publication, submission, told

TOKENS = {Role.INTAKE: "ministry intake", Role.STAFF: "token of sato", Role.PUBLISHER: "ministry publisher"}


def filled_in(route: Route, number: str) -> str:
    """A route's path, with ids that exist."""
    ids = {"number": number, "file_id": "f1", "half": "2026-04", "release_id": "r1"}
    return re.sub(r"\{(\w+)\}", lambda place: ids.get(place[1], place[0]), route.path)


def named(route: Route) -> str:
    """How a route is called in a test's id."""
    return f"{route.method} {route.path}"


@pytest.mark.parametrize("route", ROUTES, ids=named)
async def test_a_role_cannot_use_anothers_routes(server: Server, number: str, route: Route) -> None:
    """Every route that is not a role's own answers 403 before it even reads what was sent."""
    for role in set(Role) - route.roles:
        answer = await server.client(TOKENS[role]).ask(route.method, filled_in(route, number), b"{")
        assert (answer.status, answer.fault) == (403, Fault.NOT_ALLOWED)


@pytest.mark.parametrize("route", ROUTES, ids=named)
@pytest.mark.parametrize("token", [None, "", "wrong", "x" * 4000], ids=["none", "empty", "wrong", "endless"])
async def test_a_stranger_gets_nowhere(server: Server, number: str, route: Route, token: str | None) -> None:
    """Without a credential that is known, every route answers 401 and nothing else."""
    answer = await server.client(token).ask(route.method, filled_in(route, number), b"{")
    assert (answer.status, answer.fault) == (401, Fault.NOT_ALLOWED)


async def test_a_hash_out_of_the_database_is_no_token(server: Server) -> None:
    """Whoever has read the store's credentials cannot log in with them."""
    for hashed in publication().people:
        assert (await server.client(hashed.credential_hash.hex()).ask("GET", "/cases")).status == 401


async def test_another_organs_bot_reaches_nothing(server: Server, number: str) -> None:
    """The right locator, the right ids, the wrong organ: not found, not changed, not handed out."""
    await server.client("ministry intake").ask("POST", "/inbox/told", told("mailbox-1"))
    await server.client("token of sato").ask("POST", f"/cases/{number}/letters", from_staff())
    stranger = server.client("agency intake")
    assert (await stranger.ask("POST", "/inbox", Locate(locator=locator("first")))).status == 404
    assert (await stranger.ask("POST", "/inbox/told", told(None, 2))).status == 404
    assert (await stranger.ask("POST", "/outbox/lease", Lease())).record(Leased).pushes == ()
    assert (await stranger.ask("GET", "/roster")).status == 404
    own = await server.client("ministry intake").ask("POST", "/outbox/lease", Lease())
    assert len(own.record(Leased).pushes) == 1


async def test_another_organs_staff_reach_nothing(server: Server, number: str) -> None:
    """A namesake in another organ has no case, whatever number they ask for."""
    await server.client("agency publisher").ask("PUT", "/roster", publication(tokens={"sato": "namesake"}))
    namesake = server.client("namesake")
    assert (await namesake.ask("GET", "/cases")).record(StaffInbox).cases == ()
    for method, path, sent in (
        ("POST", f"/cases/{number}/open", None),
        ("POST", f"/cases/{number}/letters", from_staff()),
        ("POST", f"/cases/{number}/moves", move()),
        ("GET", f"/cases/{number}/files/f1", None),
    ):
        assert (await namesake.ask(method, path, sent)).status == 404


async def test_a_colleague_without_a_grant_cannot_tell_a_case_from_none(server: Server, number: str) -> None:
    """A case one has no grant in and a case that does not exist give the same answer to the byte."""
    suzuki = server.client("token of suzuki")
    real, made_up = [await suzuki.ask("POST", f"/cases/{each}/open") for each in (number, "2026-000000")]
    assert (real.status, real.body) == (made_up.status, made_up.body) == (404, b'{"fault":"not_found"}')


async def test_unknown_and_forgotten_tokens_get_one_answer(bot: Client, number: str) -> None:
    """A locator that leads nowhere is answered alike every time."""
    answers = [await bot.ask("POST", "/inbox", Locate(locator=locator(name))) for name in ("nobody", "no one")]
    assert {(answer.status, answer.body) for answer in answers} == {(404, b'{"fault":"not_found"}')}
    assert (await bot.ask("POST", "/inbox", Locate(locator=locator("first")))).record(Inbox).case_number == number


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"locator":"not base64"}',
        b'{"locator":""}',
        msgspec.json.encode(Locate(locator=b"too short")),
        b'{"locator":"%s","more":1}' % (b"A" * 43 + b"="),
    ],
    ids=range(9),
)
async def test_nonsense_is_unreadable_and_nothing_worse(bot: Client, body: bytes) -> None:
    """Broken JSON, missing and unknown fields, wrong lengths: 400."""
    answer = await bot.ask("POST", "/inbox", body)
    assert (answer.status, answer.fault) == (400, Fault.UNREADABLE)


async def test_a_misshapen_report_is_unreadable(bot: Client) -> None:
    """A report that nobody could ever open is not taken as if it were one."""
    answer = await bot.ask("POST", "/submissions", submission(grants=()))
    assert (answer.status, answer.fault) == (400, Fault.UNREADABLE)


async def test_too_much_is_refused_before_it_is_kept(bot: Client) -> None:
    """A file beyond the limit and a request beyond any report are refused as too large."""
    file = await bot.ask("PUT", "/files/f1", b"x" * (2**20 + 1))
    assert (file.status, file.fault) == (413, Fault.TOO_LARGE)
    request = await bot.ask("POST", "/submissions", b"x" * (16 * 2**20 + 1))
    assert (request.status, request.fault) == (413, Fault.TOO_LARGE)
    assert (await bot.ask("PUT", "/files/f1", b"x" * 2**20)).status == 204


async def test_an_empty_file_is_unreadable(bot: Client) -> None:
    """Nothing that was sealed is empty."""
    assert (await bot.ask("PUT", "/files/f1", b"")).fault is Fault.UNREADABLE


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/nowhere"),
        ("GET", "/api/v2/cases"),
        ("DELETE", "/api/v1/cases"),
        ("GET", "/"),
        ("PUT", "/api/v1/files/UPPER"),
        ("PUT", "/api/v1/files/..%2Fetc"),
        ("PUT", "/api/v1/files/" + "x" * 65),
    ],
)
async def test_what_is_not_there_is_a_refusal_like_any_other(bot: Client, method: str, path: str) -> None:
    """Wrong paths and wrong methods are answered in the API's own words."""
    answer = await bot.ask_at(method, path, b"x" if method == "PUT" else None)
    assert (answer.status, answer.fault) == (404, Fault.NOT_FOUND)


async def test_a_case_number_of_another_shape_is_not_looked_up(server: Server) -> None:
    """Lower case, quotes and dots are no part of a number."""
    sato = server.client("token of sato")
    for number in ("2026-7k3qf9", "2026-7K3QF'", "2026-7K3QF9..", "%00"):
        assert (await sato.ask("POST", f"/cases/{number}/open")).status == 404


async def test_answers_are_kept_by_no_cache(bot: Client, number: str) -> None:
    """What a proxy in between keeps could be read there later."""
    answer = await bot.ask("POST", "/inbox", Locate(locator=locator("first")))
    assert answer.headers["Cache-Control"] == "no-store"
    assert (await bot.ask("GET", f"/cases/{number}")).headers["Cache-Control"] == "no-store"


async def test_a_token_that_is_no_text_is_a_wrong_token(server: Server) -> None:
    """Bytes that are no UTF-8 are refused like any other stranger's."""
    request = b"GET /api/v1/cases HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer \xff\xfe\r\n\r\n"
    answer = await server.shout(request)
    assert answer.startswith(b"HTTP/1.1 401 ")


async def test_who_hangs_up_in_the_middle_leaves_neither_file_nor_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half a file is no file, and a broken line is no mistake of ours."""
    (tmp_path / "own").mkdir()
    async with served(settings(tmp_path / "own")) as server:
        head = b"PUT /api/v1/files/f1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ministry intake\r\n"
        await server.shout(head + b"Content-Length: 1000\r\n\r\nonly so much", hang_up=True)
        bot = server.client("ministry intake")
        missing = await bot.ask("POST", "/submissions", submission(file_ids=("f1",)))
    assert missing.fault is Fault.FILE_MISSING
    assert capsys.readouterr().err == ""


async def test_what_is_no_http_at_all_is_not_logged_with_an_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """The server's own log would name who sent it; it is silent."""
    (tmp_path / "own").mkdir()
    async with served(settings(tmp_path / "own")) as server:
        await server.shout(b"\x16\x03\x01 canary\r\n\r\n")
    assert "canary" not in capsys.readouterr().err + caplog.text
    assert "127.0.0.1" not in caplog.text
