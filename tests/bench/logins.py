"""Coming back with a token: what it costs, and whether the time of the answer tells a token that opens from one that
does not.

Hits and misses are asked in random order, at two doors: a form posted to the web page, whose answer leads on and has
one length, so that whoever watches from outside has the clock and nothing else; and the case store's own API, which
only a bot can ask. A terminal's answer is the screen itself and differs in length already.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import SystemRandom
from typing import NamedTuple

import msgspec

from backend.contract import API_VERSION, Locate
from bot.anonymity.references import new_token, read_token
from bot.anonymity.token_keys import keys_of
from tests.bench.crowd import Crowd
from tests.bench.likeness import RARE, Likeness, compare
from tests.bench.reports import Desk
from tests.bench.servers import Server, product
from tests.bench.wire import Connection, head

#: Reports that are handed over, so that there is something to come back to.
REPORTS = 256
#: Questions of each kind at each door, after so many that do not count.
EACH, WARM_UP = 600, 40
#: Seconds from one question to the next where answers wait for a beat. No part of a beat (a quarter of a second), so
#: that an answer under way never meets a question.
_GAP = 0.0235
_WAITING = 16
#: Logins at once, while their cost is taken; and seconds of the talk that it is compared with.
_AT_ONCE, _TALKING = 64, 3.0
_COSTED = 1024

Figures = dict[str, float]


class Door(NamedTuple):
    """A place at which tokens are shown."""

    name: str
    place: Path | int
    #: The bytes that show a token there, as somebody who was never there before.
    shows: Callable[[str], bytes]
    #: Statuses of a hit and of a miss.
    takes: frozenset[bytes]
    #: Seconds between two questions; none where each waits for the answer to the one before.
    gap: float


class Timed(NamedTuple):
    """Seconds that each kind took at a door."""

    hits: list[float]
    misses: list[float]

    @property
    def likeness(self) -> Likeness:
        """How alike both are."""
        return compare(self.hits, self.misses)


async def measure(folder: Path) -> Figures:
    """Hand over reports on a fresh product, then come back to them, and to none."""
    with product(folder) as ours:
        desk = await Desk.of(ours, _WAITING)
        tokens = await desk.hand_over(await desk.drafts(REPORTS // _WAITING))
        desk.close()
        figures = await _costs(ours, tokens)
        print(_HEAD.format(each=EACH))
        for door in _doors(ours, folder):
            likeness = (await knock(door, tokens)).likeness
            _say(door, likeness)
            figures |= _likeness_figures(door, likeness)
    return figures


async def knock(door: Door, tokens: Sequence[str]) -> Timed:
    """Show tokens that open and tokens that never were, in random order."""
    connections = [await Connection.to(door.place, door.takes) for _ in range(_WAITING if door.gap else 1)]
    timed = Timed([], [])
    await _ask(door, connections, [(door.shows(token), []) for token in _drawn(tokens, WARM_UP)])
    questions = [(door.shows(token), timed.hits) for token in _drawn(tokens, EACH)]
    questions += [(door.shows(new_token().text), timed.misses) for _ in range(EACH)]
    SystemRandom().shuffle(questions)
    await _ask(door, connections, questions)
    for connection in connections:
        connection.close()
    return timed


def _doors(server: Server, folder: Path) -> tuple[Door, ...]:
    bearer = (folder / "keys/demo/intake.token").read_text().strip()

    def at_the_store(token: str) -> bytes:
        body = msgspec.json.encode(Locate(locator=keys_of(read_token(token)).locator))
        headers = f"Authorization: Bearer {bearer}\r\nContent-Type: application/json"
        return head(f"/api/v{API_VERSION}/inbox", headers, body) + body

    return (
        Door("page", server.port, _on_the_page, frozenset({b"303"}), _GAP),
        Door("store", folder / "backend.sock", at_the_store, frozenset({b"200", b"404"}), 0),
    )


def _on_the_page(token: str) -> bytes:
    body = f"words={token}&nonce={SystemRandom().getrandbits(128):032x}".encode()
    cookie = f"Cookie: madoguchi={SystemRandom().getrandbits(172):043x}"
    return head("/", f"{cookie}\r\nContent-Type: application/x-www-form-urlencoded", body) + body


def _drawn(tokens: Sequence[str], count: int) -> list[str]:
    return SystemRandom().choices(tokens, k=count)


async def _ask(door: Door, connections: Iterable[Connection], questions: Sequence[tuple[bytes, list[float]]]) -> None:
    """Ask one question after the other, at a steady pace where the door has one; note how long each answer took."""
    idle: asyncio.Queue[Connection] = asyncio.Queue()
    for connection in connections:
        idle.put_nowait(connection)
    began = time.perf_counter()
    async with asyncio.TaskGroup() as asking:
        for number, (request, times) in enumerate(questions):
            connection = await idle.get()
            await asyncio.sleep(max(0.0, began + number * door.gap - time.perf_counter()))
            asking.create_task(_time(connection, request, times, idle))


async def _time(connection: Connection, request: bytes, times: list[float], idle: "asyncio.Queue[Connection]") -> None:
    asked = time.perf_counter()
    await connection.ask(request)
    times.append(connection.answered - asked)
    idle.put_nowait(connection)


async def _costs(server: Server, tokens: Sequence[str]) -> Figures:
    """Take the processor time of a login and of a miss, beside an ordinary answer's."""
    crowd = await Crowd.of(server, _AT_ONCE)
    await crowd.talk(1.0)
    answer = (await crowd.talk(_TALKING)).micros
    hit = await _cost(server, _drawn(tokens, _COSTED))
    miss = await _cost(server, [new_token().text for _ in range(_COSTED)])
    print(_COST.format(hit=hit, miss=miss, answer=answer, ratio=hit / answer))
    return {"token_login": round(hit / answer, 2), "login_cpu_micros": round(hit), "miss_cpu_micros": round(miss)}


async def _cost(server: Server, tokens: list[str]) -> float:
    desk = await Desk.of(server, _AT_ONCE)
    began = server.cpu_seconds()
    await desk.screens(tokens)
    spent = server.cpu_seconds() - began
    desk.close()
    return spent / len(tokens) * 1e6


def _say(door: Door, likeness: Likeness) -> None:
    verdict = "differ" if likeness.p < RARE else "could be one"
    print(
        f"  {door.name:6}{verdict}: p = {likeness.p:.2g}; a hit takes longer {likeness.odds:.0%} of times, by "
        f"{likeness.difference * 1e6:+.0f} µs in the middle; noise {likeness.noise * 1e6:.0f} µs; "
        f"{likeness.visible * 1e6:.0f} µs would have been seen"
    )


def _likeness_figures(door: Door, likeness: Likeness) -> Figures:
    return {
        f"token_{door.name}_p": float(f"{likeness.p:.2g}"),
        f"token_{door.name}_difference_micros": round(likeness.difference * 1e6),
        f"token_{door.name}_noise_micros": round(likeness.noise * 1e6),
        f"token_{door.name}_visible_micros": round(likeness.visible * 1e6),
    }


_COST = """\
Coming back: {hit:.0f} µs of the processor for a token that opens, chat and case store together, {miss:.0f} µs for one
that does not, {answer:.0f} µs for an ordinary answer of the talk: coming back costs as much as {ratio:.1f} of them."""
_HEAD = """\
Whether the time of an answer tells a token that opens from one that does not, {each} of each in random order, at the
page, which anyone may watch, and at the case store's own API, where only a bot can ask and a hit's answer is longer:"""
