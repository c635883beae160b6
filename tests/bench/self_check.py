"""How much of what would name a writer is shown to them, and how much else; and how long they wait for it.

Made-up texts only, by our own hand: the held-out ones were written when the rules were finished. Figures for real
reports may be lower, since nobody has such reports to measure on.
"""

import time
from pathlib import Path
from statistics import median

from bot.screening.self_check.checker import SudachiSelfCheck
from bot.screening.self_check.reading import SudachiReader
from tests.support.self_identification import LANGUAGES, PARTS, Sample, Score, only, samples, score

Figures = dict[str, float]
_REPEATS = 20
_LONGEST = 200_000


async def measure(_folder: Path) -> Figures:
    """Count over the corpus, by part and language; then time a usual report and the longest one."""
    texts, reader = samples(), SudachiReader()
    print(f"Looking for what would name the writer, in {len(texts)} made-up texts:")
    figures: Figures = {}
    for part in PARTS:
        for language in LANGUAGES:
            group = [each for each in texts if (each.part, each.language) == (part, language)]
            figures |= _said(f"{part}_{language}", group, score(group, reader))
        group = [each for each in texts if each.part == part]
        figures |= _said(part, group, score(group, reader))
        for name, by_circumstance in (("direct", False), ("circumstance", True)):
            counted = score(only(group, by_circumstance=by_circumstance), reader)
            print(f"    {name:12} {counted.found:3} of {counted.found + counted.missed:3} passages found")
            figures[f"self_check_recall_{part}_{name}"] = round(counted.recall, 3)
    figures |= _said("all", texts, score(texts, reader))
    return figures | await _timed(texts)


def _said(name: str, texts: list[Sample] | tuple[Sample, ...], counted: Score) -> Figures:
    found, missed, wrong = counted
    print(f"  {name:12} {len(texts):4} texts: {found:3} of {found + missed:3} passages found, {wrong} wrongly shown")
    return {
        f"self_check_recall_{name}": round(counted.recall, 3),
        f"self_check_precision_{name}": round(counted.precision, 3),
    }


async def _timed(texts: tuple[Sample, ...]) -> Figures:
    check = SudachiSelfCheck()
    usual = {"story": "\n".join(each.words for each in texts[:8])}
    began = time.perf_counter()
    await check.look(usual)
    first = time.perf_counter() - began
    times = []
    for _ in range(_REPEATS):
        began = time.perf_counter()
        await check.look(usual)
        times.append(time.perf_counter() - began)
    story = "\n".join(each.words for each in texts)
    began = time.perf_counter()
    await check.look({"story": (story * (_LONGEST // len(story) + 1))[:_LONGEST]})
    longest = time.perf_counter() - began
    check.close()
    print(
        f"  {len(usual['story'])} characters: {median(times) * 1e3:.1f} ms, {first * 1e3:.0f} ms the first time; "
        f"{_LONGEST:,} characters: {longest:.2f} s"
    )
    return {
        "self_check_millis": round(median(times) * 1e3, 1),
        "self_check_first_millis": round(first * 1e3),
        "self_check_longest_seconds": round(longest, 2),
    }
