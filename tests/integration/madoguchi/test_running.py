"""Starting and stopping the service within this process, as its main program."""

import asyncio
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from madoguchi.cli import app
from madoguchi.organ.card import as_text, read_card
from madoguchi.run import run, run_backend, run_bot, run_scheduler
from tests.support.postgres import cluster, missing
from tests.support.stores import erasure_beside, fresh_database

#: Nothing of the machine's own settings may reach these tests.
PORTS = {"MADOGUCHI_PORT": "0", "MADOGUCHI_BACKEND_PORT": "0"}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, an English terminal, ports that are free."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("MADOGUCHI_", "LC_"))]:
        monkeypatch.delenv(name)
    for name, value in {**PORTS, "LANG": "en_GB.UTF-8", "MADOGUCHI_CREDENTIALS_FILE": ""}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("MADOGUCHI_CREDENTIALS_FILE")
    return tmp_path


def stopped_once(listens: Path, *, by: signal.Signals) -> threading.Thread:
    """Send a signal to this process as soon as somebody listens on a socket."""

    def wait_and_stop() -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and not answers(listens):
            time.sleep(0.05)
        os.kill(os.getpid(), by)

    thread = threading.Thread(target=wait_and_stop, daemon=True)
    thread.start()
    return thread


def stopped_when_heeded(by: signal.Signals) -> None:
    """Send a signal to this process as soon as it listens to signals, which is before anything is started."""
    # A service that could not start leaves a handler behind.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_stop_when_heeded, args=(by,), daemon=True).start()


def _stop_when_heeded(by: signal.Signals) -> None:
    while signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        time.sleep(0.001)
    os.kill(os.getpid(), by)


def answers(path: Path) -> bool:
    """Whether somebody listens on a Unix socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def served(start: Callable[[], None], listens: Path, by: signal.Signals = signal.SIGTERM) -> None:
    """Run a service until it listens, then stop it."""
    thread = stopped_once(listens, by=by)
    start()
    thread.join()


def refused(start: Callable[[], None], capsys: pytest.CaptureFixture[str]) -> str:
    """What a service says that cannot start."""
    with pytest.raises(typer.Exit) as left:
        start()
    assert left.value.exit_code == 1
    return capsys.readouterr().err


def test_the_demo_starts_twice_and_both_sides_start_alone(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On SIGINT and SIGTERM everything stops and no socket is left behind."""
    served(lambda: run(demo=True), place / "var/talk.sock", signal.SIGINT)
    first = capsys.readouterr().out
    assert "Reports:     http://127.0.0.1:" in first
    assert "staff --key keys/demo/sato.key" in first
    assert list(place.glob("var/*.sock")) == []
    served(lambda: run(demo=True), place / "var/talk.sock")
    served(run_backend, place / "var/backend.sock")
    assert "Case store:" in capsys.readouterr().out


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_comes_while_starting_is_not_lost(place: Path, by: signal.Signals) -> None:
    """It starts whole, then stops whole: no socket is left behind, and nothing is cut off half-way."""
    stopped_when_heeded(by)
    run(demo=True)
    assert list(place.glob("var/*.sock")) == []


def test_an_organ_that_has_a_roster_is_run_together_or_apart(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With settings instead of `--demo`; the chat starts even while the case store is away."""
    served(lambda: run(demo=True), place / "var/talk.sock")
    card = read_card(place / "keys/demo/organ/organ.json")
    monkeypatch.setenv("MADOGUCHI_ORGAN_PINS", " ".join(map(as_text, card.pins)))
    monkeypatch.setenv("MADOGUCHI_INTAKE_CREDENTIAL", "keys/demo/intake.token")
    served(lambda: run(demo=False), place / "var/talk.sock")
    served(run_bot, place / "var/talk.sock")
    assert capsys.readouterr().out.count("Reports:") == 3


def test_without_an_organ_it_says_how_to_make_one(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is made and nothing listens."""
    assert "organ init" in refused(lambda: run(demo=False), capsys)
    assert list(place.iterdir()) == []


def test_faulty_settings_are_all_named(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line each, for either side."""
    monkeypatch.setenv("MADOGUCHI_PORT", "seaside")
    monkeypatch.setenv("MADOGUCHI_MAX_FILE_MIB", "0")
    said = refused(lambda: run(demo=True), capsys)
    assert "MADOGUCHI_PORT" in said
    assert "MADOGUCHI_MAX_FILE_MIB" in said
    assert "MADOGUCHI_CREDENTIALS_FILE" in refused(run_backend, capsys)
    assert list(place.iterdir()) == []


def test_a_port_that_is_taken_or_forbidden_is_named_with_its_setting(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was started before it is stopped again."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("MADOGUCHI_PORT", port)
        said = refused(lambda: run(demo=True), capsys)
    assert (f"Port {port}" in said, "MADOGUCHI_PORT" in said) == (True, True)
    monkeypatch.setenv("MADOGUCHI_PORT", "0")
    monkeypatch.setenv("MADOGUCHI_HOST", "203.0.113.1")
    assert "Cannot listen on 203.0.113.1" in refused(lambda: run(demo=True), capsys)
    assert list(place.glob("var/*.sock")) == []


def test_a_database_that_cannot_be_opened_is_one_sentence(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The address of the database is not printed."""
    (place / "folder.db").mkdir()
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", f"sqlite:///{place / 'folder.db'}")
    said = refused(lambda: run(demo=True), capsys)
    assert "cannot be reached or opened" in said
    assert "folder.db" not in said


def test_a_clock_apart_is_refused_beside_a_file(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A case store in a file has one process and the clock in it; two would write into the file side by side."""
    credentials = place / "credentials.json"
    credentials.write_text('{"organs": {}}')
    monkeypatch.setenv("MADOGUCHI_CREDENTIALS_FILE", str(credentials))
    assert "has its own clock" in refused(run_scheduler, capsys)
    assert list(place.glob("**/cases.db")) == []
    monkeypatch.setenv("MADOGUCHI_SCHEDULER", "apart")
    assert "MADOGUCHI_SCHEDULER" in refused(run_backend, capsys)


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_a_clock_apart_runs_until_it_is_stopped(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It listens nowhere; beside a database server it says that it runs, and ends when asked."""
    credentials = place / "credentials.json"
    credentials.write_text('{"organs": {}}')
    monkeypatch.setenv("MADOGUCHI_CREDENTIALS_FILE", str(credentials))
    with cluster() as server:
        cases = asyncio.run(fresh_database(server))
        monkeypatch.setenv("MADOGUCHI_DATABASE_URL", cases)
        monkeypatch.setenv("MADOGUCHI_ERASURE_URL", erasure_beside(cases))
        stopped_when_heeded(signal.SIGTERM)
        run_scheduler()
    assert "The clock of the case stores runs." in capsys.readouterr().out


def test_help_tells_what_there_is() -> None:
    """The groups pass their own help on."""
    told = CliRunner().invoke(app, ["--help"]).stdout
    assert [name for name in ("run", "bot", "backend", "scheduler", "talk", "staff", "organ") if name not in told] == []
    assert "inbox" in CliRunner().invoke(app, ["staff", "--help"]).stdout
    assert "recover" in CliRunner().invoke(app, ["organ", "--help"]).stdout


def test_talking_to_nobody_is_one_sentence(place: Path) -> None:
    """In both languages, for whoever reads it has not chosen one yet."""
    done = CliRunner().invoke(app, ["talk", "--socket", str(place / "none.sock")], input="x\n")
    assert done.exit_code == 1
    assert "madoguchi run" in done.stdout + done.stderr
