"""The measurements: each takes the product and what it is compared with in turns, and says aloud what it saw."""

import asyncio
import time
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from tests.bench.crowd import Crowd, Pace
from tests.bench.reports import Desk, lost, syncs_per_second
from tests.bench.servers import Server

ROUNDS = 3
CONVERSATIONS = 64
#: Seconds of one stretch of talking, of writing to the disk, and of talking before anything counts.
STRETCH, SYNCING, WARM_UP = 4.0, 0.5, 1.0
SUBMITTERS = 16
#: Reports that each submitter hands over in one round.
EACH = 12
PARALLEL = (1, 8, 64, 256)


class Talked(NamedTuple):
    """The talk and the plain handler, one after the other."""

    ours: Pace
    theirs: Pace

    @property
    def ratio(self) -> float:
        """How much of the handler's pace the talk keeps."""
        return self.ours.per_second / self.theirs.per_second


class HandedOver(NamedTuple):
    """Whole reports and raw writes to the same disk, both a second."""

    reports: float
    writes: float

    @property
    def ratio(self) -> float:
        """Whole reports in the time of one raw write."""
        return self.reports / self.writes


async def compare_talk(ours: Server, theirs: Server) -> list[Talked]:
    """Let the same crowd talk to both servers in turns."""
    talk, handler = await Crowd.of(ours, CONVERSATIONS), await Crowd.of(theirs, CONVERSATIONS)
    for crowd in (handler, talk):
        await crowd.talk(WARM_UP)
    rounds = []
    for _ in range(ROUNDS):
        rounds.append(Talked(theirs=await handler.talk(STRETCH), ours=await talk.talk(STRETCH)))
        _say_pace("handler", rounds[-1].theirs)
        _say_pace("talk", rounds[-1].ours)
    return rounds


async def compare_reports(server: Server, folder: Path) -> tuple[list[HandedOver], list[str]]:
    """Hand over finished drafts, with raw writes to the disk before and after; return the tokens too."""
    desk = await Desk.of(server, SUBMITTERS)
    rounds, tokens = [], []
    for _ in range(ROUNDS):
        drafts = await desk.drafts(EACH)
        before = await asyncio.to_thread(syncs_per_second, folder, SYNCING)
        began = time.perf_counter()
        tokens += await desk.hand_over(drafts)
        reports = len(drafts) / (time.perf_counter() - began)
        after = await asyncio.to_thread(syncs_per_second, folder, SYNCING)
        rounds.append(HandedOver(reports, mean((before, after))))
        print(f"  {rounds[-1].reports:7.0f} reports/s {rounds[-1].writes:7.0f} writes/s")
    desk.close()
    return rounds, tokens


async def report_together(server: Server) -> list[str]:
    """Make whole reports, more and more of them at once; return their tokens."""
    tokens: list[str] = []
    for parallel in PARALLEL:
        desk = await Desk.of(server, parallel)
        began = time.perf_counter()
        tokens += await desk.hand_over(await desk.drafts(1))
        print(f"  {parallel:3} at once: {time.perf_counter() - began:6.2f} s from the first word to the last token")
        desk.close()
    return tokens


async def count_lost(server: Server, database: Path, tokens: list[str]) -> int:
    """Come back with every token and compare with what the case store holds."""
    desk = await Desk.of(server, SUBMITTERS)
    screens = await desk.screens([token for token in tokens if token])
    desk.close()
    return await asyncio.to_thread(lost, database, tokens, screens)


def _say_pace(name: str, pace: Pace) -> None:
    print(
        f"  {name:8}{pace.per_second:7.0f} messages/s, {pace.micros:5.0f} µs of its processor time each; "
        f"busy: server {pace.server / pace.seconds:4.0%}, client {pace.client / pace.seconds:4.0%}"
    )
