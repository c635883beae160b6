"""The talk and the hand-over as they come: everything in one process, stores in files."""

from pathlib import Path
from statistics import median

from tests.bench.measures import (
    CONVERSATIONS,
    SUBMITTERS,
    HandedOver,
    Talked,
    compare_reports,
    compare_talk,
    count_lost,
    report_together,
)
from tests.bench.script import SCRIPT, rehearse
from tests.bench.servers import plain, product
from tests.bench.wire import Connection

TALK = """\
The talk: {steps} answers to a summary, {conversations} reporters at once, every step stored before its answer, {where};
against an aiohttp handler that reads and writes the same JSON ({size} bytes an answer) and stores nothing:"""
_REPORTS = """\
The hand-over: sealed in the bot, committed in the case store, token shown, {submitters} at once;
against writing 4 KiB and fdatasync, over and over, in the same folder:"""

Figures = dict[str, float]


async def measure(folder: Path) -> Figures:
    """Measure talk, hand-over and losses on one running product."""
    with product(folder) as ours:
        bodies, token = await rehearse(await Connection.to(ours.socket))
        say_what("in a file", bodies)
        with plain(folder, bodies) as theirs:
            talked = await compare_talk(ours, theirs)
        print(_REPORTS.format(submitters=SUBMITTERS))
        handed_over, tokens = await compare_reports(ours, folder)
        print("Whole reports, from the first word to the token:")
        tokens = [token, *tokens, *await report_together(ours)]
        missing = await count_lost(ours, folder / "cases.db", tokens)
        print(f"{len(tokens)} reports were handed over; {missing} of them are missing, doubled or do not open.")
        print(f"Chat and case store, in one process, held {ours.peak_mib():.0f} MiB at most.")
        rest = {"lost": missing, "peak_mib": round(ours.peak_mib(), 1), "reports": len(tokens), "steps": len(SCRIPT)}
        return _talk_figures(talked) | _report_figures(handed_over) | rest


def say_what(where: str, bodies: dict[str, bytes]) -> None:
    """Say what is compared with what."""
    size = sum(map(len, bodies.values())) // len(bodies)
    print(TALK.format(steps=len(SCRIPT), conversations=CONVERSATIONS, where=where, size=size))


def ratio_of(rounds: list[Talked]) -> float:
    """Return how much of the plain handler's pace the talk keeps, in the middle round."""
    return round(median(talked.ratio for talked in rounds), 3)


def _talk_figures(rounds: list[Talked]) -> Figures:
    return {
        "talk_sqlite": ratio_of(rounds),
        "messages_per_second": round(median(talked.ours.per_second for talked in rounds)),
        "baseline_per_second": round(median(talked.theirs.per_second for talked in rounds)),
        "message_cpu_micros": round(median(talked.ours.micros for talked in rounds)),
        "baseline_cpu_micros": round(median(talked.theirs.micros for talked in rounds)),
    }


def _report_figures(rounds: list[HandedOver]) -> Figures:
    return {
        "report_whole": round(median(handed.ratio for handed in rounds), 3),
        "reports_per_second": round(median(handed.reports for handed in rounds)),
        "fdatasync_per_second": round(median(handed.writes for handed in rounds)),
    }
