"""`madoguchi talk` against a running bot: by pipe, at a keyboard, and where no bot runs."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Iterator
from io import StringIO
from pathlib import Path

import pexpect
import pytest

from madoguchi.talk import talk
from tests.support.system import System, running

TOKEN = re.compile(r"^[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}$", re.MULTILINE)
STORY = "The dates on the receipts do not match."
#: Free text first, everything else passed over (more often than there are questions: the summary stays), handed over.
REPORT = ("English", STORY, *["/skip"] * 16, "1")
SAVED_NOT_TOLD = ("1", "2")
CLIENT = "import sys; from pathlib import Path; from madoguchi.talk import talk; sys.exit(talk(Path(sys.argv[1])))"


@pytest.fixture
async def system(tmp_path: Path) -> AsyncIterator[System]:
    """A whole installation."""
    async with running(tmp_path) as started:
        yield started


async def play(system: System, *lines: str) -> int:
    """Talk by pipe, beside the running bot."""
    return await asyncio.to_thread(talk, system.talk_socket, lines, wait_seconds=20)


async def test_a_report_by_pipe_reaches_its_token_and_the_token_its_inbox(
    system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each line is one answer, echoed; the token stands alone on its line, and opens the case in another talk."""
    assert await play(system, *REPORT, *SAVED_NOT_TOLD) == 0
    printed = capsys.readouterr().out
    assert f"> {STORY}" in printed
    (token,) = TOKEN.findall(printed)
    assert await play(system, "English", token) == 0
    inbox = capsys.readouterr().out
    assert "Internal desk" in inbox
    assert "You need not say who you are" in inbox
    assert STORY not in inbox


async def test_a_pipe_waits_for_the_token_while_the_desk_is_down(
    system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last line was read long ago; the client still prints what comes."""
    await system.stop_backend()
    playing = asyncio.create_task(play(system, *REPORT))
    await asyncio.sleep(2)
    await system.start_backend()
    assert await playing == 0
    assert len(TOKEN.findall(capsys.readouterr().out)) == 1


async def test_a_file_goes_along_by_its_path(
    system: System, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`/attach` sends it; a path that leads nowhere is said and nothing is lost."""
    receipt = tmp_path / "the receipt.txt"
    receipt.write_text("12,000 yen")
    assert await play(system, "English", STORY, f"/attach {receipt}", '/attach "/no/such file"', "/status") == 0
    printed = capsys.readouterr().out
    assert "the receipt.txt" in printed
    assert "cannot be read: /no/such file" in printed


async def test_bytes_that_are_no_text_still_arrive(system: System, capsys: pytest.CaptureFixture[str]) -> None:
    """A pipe may hold anything; the talk goes on."""
    assert await play(system, "English", "see \udcff here", "\n", "a\0b") == 0
    assert "> see" in capsys.readouterr().out


async def test_where_no_bot_runs_one_sentence_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In both languages, without a trace of the program's inside, and with status 1."""
    status = await asyncio.to_thread(talk, tmp_path / "nothing.sock", ("x",))
    captured = capsys.readouterr()
    assert status == 1
    assert "madoguchi run" in captured.err
    assert "The bot is not running" in captured.err
    assert "Traceback" not in captured.err


async def test_lines_come_from_standard_input(
    system: System, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `printf ... | madoguchi talk` gives them."""
    monkeypatch.setattr(sys, "stdin", StringIO("日本語\r\n\n/help\n"))
    assert await asyncio.to_thread(talk, system.talk_socket) == 0
    assert "> /help" in capsys.readouterr().out


async def test_a_bot_that_goes_away_meanwhile_is_said(
    system: System, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence in both languages; the person learns that without a token nothing is sure."""
    monkeypatch.setattr("madoguchi.talk._PAUSES", (0.01,))
    loop = asyncio.get_running_loop()

    def lines() -> Iterator[str]:
        yield "English"
        asyncio.run_coroutine_threadsafe(system.stop_bot(), loop).result()
        yield STORY

    assert await asyncio.to_thread(talk, system.talk_socket, lines()) == 1
    assert "The connection to the bot broke" in capsys.readouterr().err


async def test_a_bot_that_starts_anew_meanwhile_is_not_noticed(
    system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line is sent again under the same id, so that it counts once, and the draft goes on."""
    loop = asyncio.get_running_loop()

    def lines() -> Iterator[str]:
        yield "English"
        asyncio.run_coroutine_threadsafe(system.stop_bot(), loop).result()
        asyncio.run_coroutine_threadsafe(restart(), loop)
        yield STORY

    async def restart() -> None:
        await system.start_bot()

    assert await asyncio.to_thread(talk, system.talk_socket, lines()) == 0
    assert "What you wrote is kept as the draft" in capsys.readouterr().out


async def test_at_a_keyboard_a_line_that_is_not_taken_does_not_end_the_talk(system: System) -> None:
    """It is said that it may be missing and how to see; whoever types it again is where they were."""
    quick = CLIENT.replace("import ", "import madoguchi.talk; madoguchi.talk._PAUSES = (0.01,); import ", 1)
    child = pexpect.spawn(
        sys.executable, ["-c", quick, str(system.talk_socket)], encoding="utf-8", timeout=20, dimensions=(60, 100)
    )
    try:
        await asyncio.to_thread(child.expect, "Which language")
        child.sendline("English")
        await asyncio.to_thread(child.expect, "What would you like to do")
        await system.stop_bot()
        child.sendline(STORY)
        await asyncio.to_thread(child.expect, "It is not clear whether that line was taken")
        await system.start_bot()
        child.sendline(STORY)
        await asyncio.to_thread(child.expect, "kept as the draft")
    finally:
        child.close(force=True)


async def test_attack_a_letter_cannot_steer_the_terminal(system: System, capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences in what is shown are made visible, not obeyed."""
    await play(system, "English", "red \x1b[31m alert \x07", *["/skip"] * 16)
    shown = capsys.readouterr().out.replace("> red \x1b[31m alert \x07", "")
    assert "red \ufffd[31m alert" in shown
    assert "\x1b" not in shown


async def test_at_a_keyboard_a_person_talks_line_by_line(system: System) -> None:
    """A pseudo-terminal, Japanese input, and leaving by end of file."""
    child = pexpect.spawn(
        sys.executable, ["-c", CLIENT, str(system.talk_socket)], encoding="utf-8", timeout=20, dimensions=(60, 100)
    )
    try:
        await asyncio.to_thread(child.expect, "Which language")
        child.sendline("日本語")
        await asyncio.to_thread(child.expect, "どうされますか")
        child.sendline("")
        await asyncio.to_thread(child.expect, "どうされますか")
        # An end of file that comes before the prompt stands is taken by nobody: press again, as a person would.
        for _ in range(10):
            child.sendeof()
            if await asyncio.to_thread(child.expect, [pexpect.EOF, pexpect.TIMEOUT], 2) == 0:
                break
        child.close()
        assert child.exitstatus == 0
    finally:
        child.close(force=True)
