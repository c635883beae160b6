"""Files that only mat2 can clean: through the real child of the system's Python, and without one."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.ports.scrubbing import Scrubbed
from bot.screening import mat2
from bot.screening.kinds import Kind
from bot.screening.lent import MEDIA_TYPES
from bot.screening.mat2 import Mat2
from bot.screening.scrubber import Bounds, ScreeningScrubber
from tests.support.packages import BODY, WORDS, docx, odt, packed, unpacked
from tests.support.people_files import photo

#: What code in the child tries once it is locked in; the answers come back on the pipe.
TRIES = """
import json, os, shutil, socket, subprocess, sys
sys.path.append(sys.argv[1])
from bot.screening.confinement import confine_to
folder, key, bot = sys.argv[3], sys.argv[2], os.getppid()
walls = confine_to(folder)
def tried(deed):
    try:
        return repr(deed())
    except BaseException as error:
        return type(error).__name__
answers = {
    "walls": walls,
    "environment": sorted(os.environ),
    "own file": tried(lambda: open(folder + "/a", "w").write("a") and open(folder + "/a").read()),
    "key": tried(lambda: open(key, "rb").read()),
    "passwords": tried(lambda: open("/etc/passwd").read()),
    "listing": tried(lambda: os.listdir(os.path.dirname(key))),
    "memory of others": tried(lambda: open(f"/proc/{bot}/mem", "rb")),
    "rights": tried(lambda: os.chmod(key, 0)),
    "owner": tried(lambda: os.chown(key, 1, 1)),
    "times": tried(lambda: os.utime(key)),
    "size": tried(lambda: os.truncate(key, 0)),
    "delete": tried(lambda: os.unlink(key)),
    "move": tried(lambda: os.rename(key, folder + "/key")),
    "link": tried(lambda: os.link(key, folder + "/key")),
    "symbolic link": tried(lambda: os.symlink(key, folder + "/key")),
    "network": tried(lambda: socket.socket()),
    "unix socket": tried(lambda: socket.socket(socket.AF_UNIX)),
    "program": tried(lambda: subprocess.run(["/bin/true"])),
    "exec": tried(lambda: os.execv("/bin/true", ["true"])),
    "fork": tried(os.fork),
    "signal": tried(lambda: os.kill(bot, 0)),
}
os.write(1, json.dumps(answers).encode())
os._exit(0)
"""
REFUSED = (
    *("key", "passwords", "listing", "memory of others", "rights", "owner", "times", "size", "delete", "move", "link"),
    *("symbolic link", "network", "unix socket", "program", "exec", "fork", "signal"),
)


MEMORY = Path("/dev/shm")  # noqa: S108 - as the bot does


def leftovers() -> list[Path]:
    """What this process has left in memory."""
    return list(MEMORY.glob(f"madoguchi-screening-{os.getpid()}-*"))


def has_mat2() -> bool:
    """Whether the system's Python has libmat2."""
    command = [mat2.PYTHON, "-I", "-c", "import libmat2"]
    return Path(mat2.PYTHON).exists() and subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def _mat2() -> None:
    """Skip without mat2, with a reason."""
    if not has_mat2():
        pytest.skip("mat2 is not installed (Debian: apt-get install mat2): Office files are kept as they came")


@pytest.fixture
async def scrubber(_mat2: None) -> AsyncIterator[ScreeningScrubber]:
    """The scrubber as the bot has it, where mat2 is."""
    made = ScreeningScrubber()
    yield made
    await made.close()


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process that locked itself into a folder could still do."""
    key = tmp_path_factory.mktemp("keys") / "bot.key"
    key.write_bytes(b"k" * 32)
    folder = tmp_path_factory.mktemp("folder")
    command = [sys.executable, "-I", "-B", "-c", TRIES, str(Path(mat2.__file__).parents[2]), str(key), str(folder)]
    run = subprocess.run(command, env={}, cwd="/", check=True, capture_output=True, timeout=60)
    assert key.read_bytes() == b"k" * 32
    found: dict[str, Any] = json.loads(run.stdout)
    if found["walls"] != "filtered":
        pytest.skip("this kernel or container has no fence around folders; mat2 is not used then")
    return found


@pytest.mark.parametrize("deed", REFUSED)
def test_code_that_took_the_child_over_is_refused(answers: dict[str, Any], deed: str) -> None:
    """Beyond its own folder no file is read, made, moved or touched; no socket, no program: the kernel says no."""
    assert answers[deed] in ("PermissionError", "OSError")


def test_the_child_can_work_in_its_folder_and_knows_nothing(answers: dict[str, Any]) -> None:
    """The one thing that is left to it."""
    assert (answers["own file"], set(answers["environment"]) - {"LC_CTYPE"}) == ("'a'", set())


async def test_a_document_comes_back_clean_and_reads_as_it_read(scrubber: ScreeningScrubber) -> None:
    """Names, days and programs go; paragraphs and tables stand where they stood."""
    scrubbed = await scrubber.scrub("a.docx", "", docx(word_media_a__jpeg=photo(Kind.JPEG)))
    assert (scrubbed.cleaning, scrubbed.media_type) == ("rewritten", MEDIA_TYPES["docx"])
    assert scrubbed.removed == ("author", "time", "title", "software", "history", "other")
    parts = unpacked(scrubbed.data)
    everything = b"".join(parts.values())
    assert [told for told in (b"Hanako", b"Pixelcam", b"2026", b"rsid") if told in everything] == []
    at = [parts["word/document.xml"].index(words.encode()) for words in WORDS]
    assert at == sorted(at)


async def test_a_text_of_libreoffice_comes_back_clean(scrubber: ScreeningScrubber) -> None:
    """Its preview picture goes too, which shows the first page as it was before the last change."""
    scrubbed = await scrubber.scrub("a.odt", "", odt(Thumbnails_a__png="x"))
    assert (scrubbed.cleaning, scrubbed.removed) == ("rewritten", ("author", "time", "thumbnail"))
    assert (b"Hanako" in scrubbed.data, "meta.xml" in unpacked(scrubbed.data)) == (False, False)


async def test_what_stays_in_a_document_is_said(scrubber: ScreeningScrubber) -> None:
    """A part that nobody knows stays, and so may what it tells; the rest is cleaned all the same."""
    scrubbed = await scrubber.scrub("a.docx", "", docx(word_media_plan__emf="Hanako"))
    assert (scrubbed.cleaning, unpacked(scrubbed.data)["word/media/plan.emf"]) == ("part", b"Hanako")


async def test_a_document_whose_words_would_move_is_kept_as_it_came(scrubber: ScreeningScrubber) -> None:
    """With changes that are tracked mat2 puts words elsewhere: that would be evidence no more."""
    inserted = BODY.replace("<w:r><w:t>He", "<w:ins><w:r><w:t>First </w:t></w:r></w:ins><w:r><w:t>He")
    data = docx(inserted)
    assert await scrubber.scrub("a.docx", "", data) == Scrubbed(data, MEDIA_TYPES["docx"], "too_complex")


async def test_a_sound_comes_back_clean(scrubber: ScreeningScrubber) -> None:
    """What the recorder wrote goes, what is heard stays."""
    frames = (b"\xff\xfb\x90\x64" + bytes(413)) * 8
    sound = b"ID3\x03\0\0\0\0\0\x11TPE1\0\0\0\x07\0\0\0Hanako" + frames
    scrubbed = await scrubber.scrub("a.mp3", "", sound)
    assert (scrubbed.cleaning, scrubbed.removed, scrubbed.data.endswith(frames)) == ("cleaned", ("author",), True)
    assert b"Hanako" not in scrubbed.data
    assert (await scrubber.scrub("a.mp3", "", frames)).cleaning == "nothing_found"


async def test_a_document_under_another_name_is_cleaned_and_said(scrubber: ScreeningScrubber) -> None:
    """What it is counts, not what it is called; that something stays counts more."""
    scrubbed = await scrubber.scrub(
        "a.jpg", "image/jpeg", b"ID3\x03\0\0\0\0\0\x11TPE1\0\0\0\x07\0\0\0Hanako" + b"\0" * 9
    )
    assert (scrubbed.cleaning, scrubbed.media_type) == ("broken", MEDIA_TYPES["mp3"])
    assert (await scrubber.scrub("a.jpg", "", docx())).cleaning == "rewritten"


@pytest.mark.parametrize(
    ("name", "data", "cleaning"),
    [
        ("bomb.docx", docx(word_media_a__emf=bytes(64 << 20)), "too_complex"),
        ("deep.docx", docx("<w:p>" * 50_000 + "</w:p>" * 50_000), "too_complex"),
        ("unclosed.docx", docx("<w:p>"), "broken"),
        ("outside.docx", packed({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>", "../../x": "x"}), "part"),
        ("empty.odt", packed({"mimetype": MEDIA_TYPES["odt"]}), "rewritten"),
    ],
)
async def test_a_hostile_document_loses_nothing_and_ends(
    scrubber: ScreeningScrubber, name: str, data: bytes, cleaning: str
) -> None:
    """Bombs, towers of elements and paths that lead out end in the child, which leaves nothing behind."""
    scrubbed = await scrubber.scrub(name, "", data)
    assert scrubbed.cleaning in (cleaning, "failed", "too_complex", "broken")
    assert scrubbed.data
    assert leftovers() == []


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (("/nowhere/at/all",), "no_python"),
        ((sys.executable, "-I", "-c", "raise SystemExit(1)"), "no_start"),
        ((sys.executable, "-I", "-B", *mat2.PROGRAM[3:]), "absent"),
        (
            (
                sys.executable,
                "-I",
                "-c",
                "import os; os.write(1, b'\\0\\0\\0\\x13\\0\\0\\0\\0' + b'{\"walls\":\"limited\"}')",
            ),
            "limited",
        ),
    ],
)
async def test_without_mat2_a_document_is_kept_as_it_came(program: tuple[str, ...], reason: str) -> None:
    """Not installed, or not to be locked in: the person is told that it could not be cleaned, the operator once why."""
    scrubber = ScreeningScrubber(mat2=Mat2(program))
    data = docx()
    with capture_logs() as logs:
        both = [await scrubber.scrub("a.docx", "", data) for _ in range(2)]
    await scrubber.close()
    assert both == [Scrubbed(data, MEDIA_TYPES["docx"], "unknown_kind")] * 2
    assert [(each["event"], each["reason"]) for each in logs] == [("screening_without_mat2", reason)]


async def test_a_lent_child_gone_astray_loses_no_file() -> None:
    """It fails for this file, and the next one may fare better."""
    silent = Mat2((sys.executable, "-I", "-c", "import time; time.sleep(60)"))
    scrubber = ScreeningScrubber(Bounds(screening=1.5), mat2=silent)
    assert (await scrubber.scrub("a.docx", "", docx())).cleaning == "failed"
    await scrubber.close()


def test_nothing_is_written_where_it_could_reach_a_disk(tmp_path: Path) -> None:
    """A folder that does not lie in memory is not used."""
    assert asyncio.run(Mat2(memory=tmp_path).clean("docx", docx())) is None
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_bot_left_is_deleted_at_the_next_start() -> None:
    """The words of a file do not outlive the process that had them."""
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], check=True, capture_output=True)
    left, own = (MEMORY / f"madoguchi-screening-{pid}-x" for pid in (int(ended.stdout), os.getpid()))
    for folder in (left, own):
        folder.mkdir()
        (folder / "file.docx").write_bytes(b"words")
    Mat2().sweep()
    assert (left.exists(), leftovers()) == (False, [own])
    (own / "file.docx").unlink()
    own.rmdir()
