"""First light: from an empty folder to a report, its answer, and the reporter reading it; run as people run it."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, STDOUT

import pytest

ROOT = Path(__file__).resolve().parents[2]
MADOGUCHI = (sys.executable, "-m", "madoguchi")

STORY = "7月に同じ請求書が二度支払われました。"
QUESTION = "気づいたのはいつごろですか。"
TOKEN = re.compile(r"^[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}$", re.MULTILINE)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Place:
    """A folder with nothing in it, and the command started there by somebody with a Japanese terminal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("MADOGUCHI_", "LC_"))},
            "PYTHONPATH": str(ROOT),
            "LANG": "ja_JP.UTF-8",
            "PYTHONUTF8": "1",
            "MADOGUCHI_PORT": str(free_port()),
            "MADOGUCHI_BACKEND_PORT": str(free_port()),
        }

    @contextmanager
    def service(self) -> Iterator["subprocess.Popen[str]"]:
        """Run `madoguchi run --demo` until the block is left, however it is left."""
        command = [*MADOGUCHI, "run", "--demo"]
        with subprocess.Popen(
            command, cwd=self.folder, env=self.environment, stdout=PIPE, stderr=STDOUT, text=True
        ) as running:
            try:
                yield running
            finally:
                running.kill()

    def type(self, *words: str, lines: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a command with lines on its stdin, and wait for it."""
        return subprocess.run(
            [*MADOGUCHI, *words],
            cwd=self.folder,
            env=self.environment,
            input=lines,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def talk(self, *lines: str) -> str:
        """Play lines as a reporter, and return what was on the screen."""
        done = self.type("talk", lines="".join(f"{line}\n" for line in lines))
        assert done.returncode == 0, done.stderr
        return done.stdout

    def staff(self, *words: str, who: str = "sato", lines: str = "") -> "subprocess.CompletedProcess[str]":
        """Act as somebody at the desk."""
        key = ("--key", f"keys/demo/{who}.key", "--passphrase-file", f"keys/demo/{who}.passphrase")
        return self.type("staff", *key, *words, lines=lines)

    def seen_by(self, who: str, *words: str, lines: str = "") -> str:
        """What somebody at the desk sees, when all goes well."""
        done = self.staff(*words, who=who, lines=lines)
        assert done.returncode == 0, done.stderr
        return done.stdout


def spoken(service: "subprocess.Popen[str]", last: str, seconds: float = 30) -> str:
    """What the service prints, up to the line that holds `last`."""
    assert service.stdout is not None
    until, lines = time.monotonic() + seconds, []
    for line in service.stdout:
        lines.append(line)
        if last in line:
            return "".join(lines)
        assert time.monotonic() < until, lines
    raise AssertionError(f"it ended and had only said: {''.join(lines)}")


def offered_lines(said: str) -> list[str]:
    """The lines of a report that the demo offers to paste."""
    (offered,) = [line for line in said.splitlines() if line.strip().startswith("printf '7")]
    return offered.split("'")[1].split("\\n")[:-1]


def stop(service: "subprocess.Popen[str]") -> int:
    """Stop the service the way Ctrl-C does, and return how it ended."""
    service.send_signal(2)
    return service.wait(timeout=15)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Place, str]]:
    """A running demo in a folder that was empty before, and what it said at start."""
    place = Place(tmp_path_factory.mktemp("first"))
    with place.service() as service:
        yield place, spoken(service, "本物の通報を入れないでください")


@pytest.fixture(scope="module")
def reported(started: tuple[Place, str]) -> tuple[Place, str, str]:
    """A report made by the very lines that the demo offers: the token, and the number of its case."""
    place, said = started
    screen = place.talk(*offered_lines(said))
    (token,) = TOKEN.findall(screen)
    (number,) = [line.split("\t")[0] for line in place.seen_by("sato", "inbox").splitlines()]
    return place, token, number


def test_the_demo_says_how_to_try_it(started: tuple[Place, str]) -> None:
    """Addresses, and commands ready to paste."""
    place, said = started
    assert f"http://127.0.0.1:{place.environment['MADOGUCHI_PORT']}/" in said
    for words in ("talk", "inbox", "open NUMBER", "answer NUMBER", "accept NUMBER", "keys/demo"):
        assert words in said


def test_a_report_reaches_the_desk_and_nobody_else(reported: tuple[Place, str, str]) -> None:
    """Sato finds the story under its question; counsel at the other desk has no case at all."""
    place, _, number = reported
    place.seen_by("sato", "rules", "--acknowledge")
    case = place.seen_by("sato", "open", number, "--no-conflict")
    assert "何があったか" in case
    assert f"  │ {STORY}" in case
    assert place.seen_by("suzuki", "inbox").strip() == "案件はありません。"
    assert place.staff("open", number, who="suzuki").returncode == 1


def test_an_answer_reaches_the_reporter_by_the_token_alone(reported: tuple[Place, str, str]) -> None:
    """Accepted, asked, read and answered back, and the reply stands in the desk's thread."""
    place, token, number = reported
    place.seen_by("sato", "open", number, "--no-conflict")
    assert "完了しました" in place.seen_by("sato", "accept", number)
    place.seen_by("sato", "declare", number, "--no-conflict")
    assert QUESTION in place.seen_by("sato", "answer", number, lines=f"{QUESTION}\n")
    inbox = place.talk(token)
    assert QUESTION in inbox
    assert "受理" in inbox
    assert STORY not in inbox
    assert "受理" in place.seen_by("sato", "inbox")


def test_a_token_with_a_slip_opens_nothing(reported: tuple[Place, str, str]) -> None:
    """And says so without looking anything up."""
    place, token, _ = reported
    slipped = ("2" if token[0] != "2" else "3") + token[1:]
    assert "案件番号" not in place.talk(slipped)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("open", "2026-000000"), "あなたの案件に、その番号はありません"),
        (("decline", "2026-000000"), "--reason"),
        (("answer", "2026-000000", "  "), "本文が空です"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(started: tuple[Place, str], words: tuple[str, ...], sentence: str) -> None:
    """On stderr, with status 1 and without a traceback."""
    done = started[0].staff(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_one_in_the_same_place_says_that_the_port_is_taken(started: tuple[Place, str]) -> None:
    """Names the port and the setting, and leaves the first one alone."""
    place, _ = started
    done = place.type("run", "--demo")
    assert done.returncode == 1
    assert place.environment["MADOGUCHI_BACKEND_PORT"] in done.stderr
    assert "MADOGUCHI_BACKEND_PORT" in done.stderr
    assert place.staff("inbox").returncode == 0


def test_keys_and_data_belong_to_their_owner_alone(reported: tuple[Place, str, str]) -> None:
    """No file below keys/ or var/ can be read by anyone else, and no folder looked into."""
    folder = reported[0].folder
    paths = [each for top in ("keys", "var") for each in (folder / top, *(folder / top).rglob("*"))]
    assert [str(path) for path in paths if path.stat().st_mode & 0o077] == []


def test_no_word_of_the_report_lies_in_clear_on_the_disk(reported: tuple[Place, str, str]) -> None:
    """Neither the story nor the token, in no database and no log beside it."""
    place, token, _ = reported
    hidden = [STORY.encode(), STORY.encode("utf-16-le"), token.encode(), token.replace("-", "").encode()]
    files = [file for file in (place.folder / "var").rglob("*") if file.is_file()]
    assert len(files) >= 2
    assert [file.name for file in files for words in hidden if words in file.read_bytes()] == []


def test_it_stops_when_asked_and_starts_again_with_everything_in_place(tmp_path: Path) -> None:
    """Nothing is left in its way, and the token still opens its case."""
    place = Place(tmp_path)
    with place.service() as service:
        said = spoken(service, "本物の通報を入れないでください")
        token = TOKEN.findall(place.talk(*offered_lines(said)))[0]
        assert stop(service) == 0
    assert list((tmp_path / "var").glob("*.sock")) == []
    assert place.type("talk", lines="x\n").returncode == 1
    with place.service() as service:
        spoken(service, "本物の通報を入れないでください")
        assert "案件番号" in place.talk(token)
        assert stop(service) == 0
