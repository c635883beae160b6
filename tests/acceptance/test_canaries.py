"""Words nobody else would type, put into everything that a reporter gives, and looked for in every byte that is left.

Databases with their logs and shared memory, all that the programs print, figures, temporary folders: in UTF-8, UTF-16,
hex and base64. Only those who may read the report ever find them, and they open it with keys that are not there.
"""

import asyncio
import base64
import binascii
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import aiohttp
import pytest

from bot.conversation.form import read_form
from bot.conversation.forms import REPORT, form_sources
from tests.support.desk_staff import Staff, words_of
from tests.support.remains import files_below, found_in
from tests.support.repository import ROOT
from tests.support.system import System
from tests.support.terminal_reporter import TerminalReporter
from tests.support.web_reporter import File, WebReporter

#: Words for every question that takes words, each to be told from the others.
ANSWERS = {
    question.id: f"canary-{question.id}-zanzibar-{number}"
    for number, (_, question) in enumerate(read_form(form_sources()[REPORT]).questions())
    if question.worded
}
#: Those that are asked on the way the reporters go: under their name, question by question.
ASKED = sorted(set(ANSWERS) - {"story", "earlier"})
ANSWER = "canary-answer-of-the-desk-quetzal"
REPLY = "canary-reply-of-the-reporter-okapi"
FILE = File("canary-name-of-a-file-kakapo.txt", b"canary-content-of-a-file-axolotl")
HEADERS = {
    "User-Agent": "canary-agent-numbat",
    "X-Forwarded-For": "canary-forwarded-wombat",
    "Referer": "https://canary-referer-dugong.example/",
}
EVENT_ID = "canary-event-id-tapir"
ADDRESS = "canary-address-of-a-terminal-ocelot"


class Program(NamedTuple):
    """A running `madoguchi run --demo`: where it lives, and what it prints."""

    folder: Path
    printed: bytearray
    url: str
    store_url: str

    @property
    def socket(self) -> Path:
        """Where its terminal listens."""
        return self.folder / "var/talk.sock"


@asynccontextmanager
async def program(folder: Path) -> AsyncIterator[Program]:
    """Start the real command with a temporary folder of its own, and stop it as an operator does."""
    temporary = folder / "tmp"
    temporary.mkdir()
    settings = {"MADOGUCHI_PORT": "0", "MADOGUCHI_BACKEND_PORT": "0", "MADOGUCHI_ANNOUNCE_WITHIN": "0"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "madoguchi", "run", "--demo", "--lang", "en",
        cwd=folder,
        env={**os.environ, **settings, "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    printed = bytearray()
    reading = asyncio.create_task(_read(process, printed))
    try:
        addresses = await _addresses(printed, process)
        yield Program(folder, printed, *addresses)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()
        await reading


async def _read(process: asyncio.subprocess.Process, printed: bytearray) -> None:
    assert process.stdout is not None
    while piece := await process.stdout.read(4096):
        printed += piece


async def _addresses(printed: bytearray, process: asyncio.subprocess.Process) -> tuple[str, str]:
    """The addresses of the page and of the case store, read off what the program prints."""
    for _ in range(600):
        found = re.findall(r"http://127\.0\.0\.1:\d+/\S*", printed.decode(errors="replace"))
        if len(found) >= 2:
            return found[0], found[1]
        assert process.returncode is None, printed.decode(errors="replace")
        await asyncio.sleep(0.05)
    raise AssertionError(printed.decode(errors="replace"))


async def figures(program: Program) -> dict[str, bytes]:
    """The figures that both sides publish about themselves."""
    store = program.store_url.partition("/api")[0]
    read = {}
    async with aiohttp.ClientSession() as http:
        for address in (f"{program.url}metrics", f"{store}/metrics", f"{program.url}healthz", f"{store}/healthz"):
            async with http.get(address) as answer:
                read[address] = await answer.read()
    return read


async def a_whole_case(program: Program, person: TerminalReporter | WebReporter, staff_id: str) -> str:
    """Report under a name, be answered, read the answer, reply; return the token."""
    answers = {**ANSWERS, "anonymity": "named", "way": "questions", "desk": {"sato": "naibu"}.get(staff_id, "gaibu")}
    if isinstance(person, WebReporter):
        token = await person.report(answers, [FILE])
    else:
        await person.walk(answers, until="files")
        await person.attach(*FILE)
        token = await person.report(answers)
    staff = Staff(System(program.folder), staff_id)
    (number,) = await staff.numbers()
    read = words_of(await staff.open(number))
    assert [question for question in ASKED if ANSWERS[question] not in read] == []
    await staff.answer(number, ANSWER)
    await person.come_back(token)
    return token


async def everything_left(program: Program) -> dict[str, bytes]:
    """Every byte that the programs have left or given out, except for the keys."""
    left = {name: content for name, content in files_below(program.folder).items() if not name.startswith("keys/")}
    return {**left, **await figures(program), "what it printed": bytes(program.printed)}


@pytest.mark.timeout(240)
async def test_nothing_that_a_reporter_gives_is_found_in_anything_that_is_left(tmp_path: Path) -> None:
    """Words, names, files, tokens, addresses, ids and headers, through both channels, up to an answer that was read."""
    async with program(tmp_path) as running:
        web = WebReporter(running.url, HEADERS)
        terminal = TerminalReporter(running.socket)
        terminal.address = ADDRESS
        tokens = [await a_whole_case(running, web, "sato"), await a_whole_case(running, terminal, "suzuki")]
        await web.choose("told_on")
        await terminal.say(REPLY, EVENT_ID)
        await terminal.say("/done")
        canaries = {
            **ANSWERS,
            **HEADERS,
            **{f"token {number}": token for number, token in enumerate(tokens)},
            **{f"bare token {number}": token.replace("-", "") for number, token in enumerate(tokens)},
            **{f"cookie {name}": value for name, value in web.cookies.items()},
            "answer": ANSWER,
            "reply": REPLY,
            "file": FILE.data.decode(),
            "file name": FILE.name,
            "event id": EVENT_ID,
            "address": ADDRESS,
        }
        while_it_runs = await everything_left(running)
        assert {"var/bot.db", "var/bot.db-wal", "var/cases.db"} <= set(while_it_runs)
        assert found_in(while_it_runs, canaries) == []
        printed = running.printed
    after_it_stopped = {**files_below(tmp_path / "var"), **files_below(tmp_path / "tmp"), "printed": bytes(printed)}
    assert found_in(after_it_stopped, canaries) == []


SPELLINGS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "base64": base64.b64encode,
    "base64url": base64.urlsafe_b64encode,
    "hex": binascii.hexlify,
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_search_finds_a_canary_however_it_lies_there(encoding: str, spelling: str, tmp_path: Path) -> None:
    """Planted at every alignment among other bytes: a search that finds nothing must be able to find something."""
    for lead in range(4):
        planted = SPELLINGS[spelling](bytes(range(lead)) + "canary-カナリア-linnet".encode(encoding) + b"\xff\xfe")
        (tmp_path / "file").write_bytes(b"before" + planted + b"after")
        assert found_in(files_below(tmp_path), {"planted": "canary-カナリア-linnet"}) != []
