"""The child's one turn, played in this process: what it reads, says and does at the end. Its walls are tried for real
in the integration tests.
"""

import os
from collections.abc import Callable, Iterator

import msgspec
import pytest

from bot.screening import child
from bot.screening.kinds import Kind
from bot.screening.pipes import PREFIX
from bot.screening.wire import Ready, Request, Verdict, message
from tests.support.people_files import plain


class GoneError(Exception):
    """The process would have ended here."""


@pytest.fixture
def pipes(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, int]]:
    """The bot's ends of the two pipes; the child does not lock this process in, nor end it."""

    def gone(code: int) -> None:
        raise GoneError(code)

    (asked, ask), (answered, answer) = os.pipe(), os.pipe()
    monkeypatch.setattr("bot.screening.pipes._IN", asked)
    monkeypatch.setattr("bot.screening.pipes._OUT", answer)
    monkeypatch.setattr(child, "confine", lambda: "filtered")
    monkeypatch.setattr("os._exit", gone)
    yield ask, answered
    for end in (asked, answered, answer):
        os.close(end)


def heard(end: int) -> tuple[bytes, bytes]:
    """One message from a pipe."""
    head, body = PREFIX.unpack(os.read(end, PREFIX.size))
    return os.read(end, head), os.read(end, body) if body else b""


def ended(deed: Callable[[], None]) -> int:
    """With what code it would have ended."""
    with pytest.raises(GoneError) as gone:
        deed()
    return int(gone.value.args[0])


def test_it_is_ready_answers_one_file_and_ends(pipes: tuple[int, int]) -> None:
    """First the walls, then the verdict with the cleaned file, and no second turn."""
    ask, answered = pipes
    data = plain(Kind.GIF, 8)
    os.write(ask, b"".join(message(Request("a.gif", ""), data + b"hidden")))
    os.close(ask)
    assert ended(child.main) == 0
    assert msgspec.json.decode(heard(answered)[0], type=Ready) == Ready("filtered")
    head, body = heard(answered)
    assert (msgspec.json.decode(head, type=Verdict), body) == (Verdict("cleaned", Kind.GIF, ("trailing",)), data)


def test_it_ends_when_nobody_asks_any_more(pipes: tuple[int, int]) -> None:
    """The bot is gone, so is the child."""
    os.close(pipes[0])
    assert ended(child.main) == 1
