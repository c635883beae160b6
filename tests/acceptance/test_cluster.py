"""The split deployment of `compose.yaml`: a report goes its whole way through the proxy while every part is killed.

What runs here as plain processes is what a container engine would run: the same file says which parts there are, with
which settings and secrets. A part that is killed is started again over what it left on the disk.
"""

import asyncio
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.support import postgres
from tests.support.cluster import Cluster, running, staff_words
from tests.support.cluster_parts import free_port, start_of
from tests.support.repository import ROOT
from tests.support.web_reporter import File, Page, WebReporter

STORY = "The same crane is rented twice, and only one stands there."
QUESTION = "Thank you. Since when?"
REPLY = "Since the spring."
FILE = File("cranes.txt", b"crane 17, crane 18")
ANSWERS = {"story": STORY, "desk": "naibu"}
PARTS = ("redis", "bot", "postgres", "erasure", "backend", "scheduler", "proxy")
NUMBER = re.compile(r"\b\d{4}-[0-9A-Z]{6}\b")
MISSING = postgres.missing() or next(
    (
        f"{program} is not installed (apt-get install {package})"
        for program, package in (("redis-server", "redis-server"), ("nginx", "nginx"), ("openssl", "openssl"))
        if not shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    ),
    "",
)

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """All parts, with a demo organ."""
    doors = {("proxy", 8443): free_port(), ("proxy", 8444): free_port()}
    with running(tmp_path_factory.mktemp("cluster"), {}, doors) as started:
        yield started


class Visitor(WebReporter):
    """A reporter who looks again when the page says that something is down just now."""

    def __init__(self, cluster: Cluster) -> None:
        super().__init__(cluster.url, certificate=cluster.certificate)

    async def steadily(self, does: Callable[[], Awaitable[Page]]) -> Page:
        """Do it until it is answered."""
        until = time.monotonic() + 30
        while (page := await does()).status >= 500:
            assert time.monotonic() < until, page.text
            await asyncio.sleep(0.1)
        return page


def staff(cluster: Cluster, *words: str) -> str:
    """Act as the desk, through the proxy, and return what is shown."""
    environment = {**os.environ, "SSL_CERT_FILE": str(cluster.certificate), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    command = [*staff_words(cluster, "sato"), *words]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def kill(cluster: Cluster, *names: str) -> None:
    """Kill parts at once, and start them again."""
    for name in names:
        cluster.parts[name].kill()
    for name in cluster.parts:
        if name in names:
            cluster.parts[name].start()


async def test_a_report_goes_its_whole_way_while_each_part_is_killed(cluster: Cluster, tmp_path: Path) -> None:
    """Drafted, handed over with a file, read, answered, read with the token, replied to: one case, and all of it."""
    person = Visitor(cluster)
    await person.walk(ANSWERS, until="files")
    kill(cluster, "redis")
    await person.steadily(person.look)
    await person.walk(ANSWERS, files=[FILE])
    kill(cluster, "bot")
    await person.steadily(person.look)
    kill(cluster, "postgres")
    await person.choose("hand_over")
    await eventually_a_token(person)
    token = person.token
    kill(cluster, "bot", "redis")
    page = await person.steadily(person.look)
    assert page.token == token
    await person.choose("saved")
    await person.choose("no")

    kill(cluster, "backend")
    (number,) = set(NUMBER.findall(staff(cluster, "inbox")))
    staff(cluster, "rules", "--acknowledge")
    assert STORY in staff(cluster, "open", number, "--no-conflict")
    staff(cluster, "save", number, "--to", str(tmp_path / "files"))
    assert [file.read_bytes() for file in (tmp_path / "files").iterdir()] == [FILE.data]
    kill(cluster, "scheduler", "postgres", "erasure")
    staff(cluster, "answer", number, QUESTION)

    kill(cluster, "proxy")
    again = Visitor(cluster)
    await again.steadily(again.look)
    page = await again.come_back(token)
    assert QUESTION in page.text
    assert STORY not in page.text
    await again.choose("reply")
    await again.send({"reply": REPLY}, ("then", "done"))
    kill(cluster, *PARTS)
    assert REPLY in staff(cluster, "open", number)
    assert NUMBER.findall(staff(cluster, "inbox")).count(number) == 1


async def eventually_a_token(person: Visitor) -> None:
    """Look until a token is shown."""
    until = time.monotonic() + 30
    while not person.token:
        assert time.monotonic() < until, person.page.text
        await person.steadily(person.look)
        await asyncio.sleep(0.1)


async def test_the_proxy_shows_pages_and_api_and_nothing_of_the_inside(cluster: Cluster) -> None:
    """Figures and health stay inside, plain HTTP leads to TLS, and the API is behind another door than the pages."""
    trusts = ssl.create_default_context(cafile=cluster.certificate)
    plain = cluster.ground.port("proxy", 8088)

    async def status(url: str) -> int:
        async with aiohttp.ClientSession() as http, http.get(url, ssl=trusts, allow_redirects=False) as answer:
            return answer.status

    assert await status(f"{cluster.url}about") == 200
    assert await status(f"{cluster.url}healthz") == 404
    assert await status(f"{cluster.url}metrics") == 404
    assert await status(f"{cluster.url}api/v1/openapi.json") == 404
    assert await status(f"{cluster.staff_url}/api/v1/openapi.json") == 200
    assert await status(f"{cluster.staff_url}/metrics") == 404
    assert await status(f"http://127.0.0.1:{plain}/") == 308


@pytest.mark.parametrize("side", ["bot", "backend"])
def test_the_doctor_finds_no_fault_in_it(cluster: Cluster, side: str) -> None:
    """Looked over with the very settings and secrets that its parts run with."""
    start = start_of(cluster.parts[side].service, cluster.ground)
    command = [sys.executable, "-m", "madoguchi", "doctor", "--only", side, "--json"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **start.environment}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=60)
    said = json.loads(done.stdout)
    assert [line["says"] for line in said["findings"] if line["level"] == "fault"] == []
    assert done.returncode == 0
    assert {line["key"] for line in said["findings"]} >= (
        {"doctor.talks.on_redis", "doctor.store.known", "doctor.organ.in_force"}
        if side == "bot"
        else {"doctor.database.well"}
    )


def test_nothing_of_a_report_or_a_reporter_lies_in_clear_in_any_file(cluster: Cluster) -> None:
    """Neither words nor addresses: in no database, log, temporary folder or anything else that the parts leave."""
    hidden = [STORY.encode(), REPLY.encode(), QUESTION.encode(), FILE.data, FILE.name.encode()]
    files = [path for path in cluster.folder.rglob("*") if path.is_file()]
    assert len(files) > 100
    assert [str(path) for path in files for words in hidden if words in path.read_bytes()] == []
    logs = [part.log for part in cluster.parts.values()]
    assert [path.name for path in logs if b"GET /" in path.read_bytes()] == []
