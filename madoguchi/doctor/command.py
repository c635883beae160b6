"""`madoguchi doctor`: prints what was found, worst news as plainly as good ones, for people or as JSON for programs."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import msgspec
import typer

from madoguchi.doctor.examining import Looked, Side, examine_all
from madoguchi.doctor.findings import Level
from madoguchi.telling import Teller

_SIDES: dict[str, tuple[Side, ...]] = {"": ("backend", "bot"), "bot": ("bot",), "backend": ("backend",)}
_TONES = {Level.OK: "good", Level.WARNING: "plain", Level.FAULT: "warning"}


class Line(msgspec.Struct, frozen=True):
    """One finding as programs read it; `key` stays the same, `says` is for people."""

    level: Level
    side: str
    check: str
    key: str
    says: str


class Report(msgspec.Struct, frozen=True):
    """All findings."""

    faults: int
    warnings: int
    findings: list[Line]


def doctor(only: str, language: str, *, as_json: bool, quiet: bool) -> int:
    """Look, print, and return the exit status: 1 when there is a fault. `quiet` prints faults alone."""
    if only not in _SIDES:
        raise typer.BadParameter("bot / backend", param_hint="--only")
    teller = Teller(language)
    report = _report(asyncio.run(examine_all(_SIDES[only])), teller)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(report), indent=2).decode())
    else:
        _show(teller, report, quiet=quiet)
    return 1 if report.faults else 0


def _report(found: Sequence[Looked], teller: Teller) -> Report:
    lines = [
        Line(each.finding.level, each.side, each.check, each.finding.key, each.finding.told(teller.words))
        for each in found
    ]
    counts = Counter(line.level for line in lines)
    return Report(counts[Level.FAULT], counts[Level.WARNING], lines)


def _show(teller: Teller, report: Report, *, quiet: bool) -> None:
    told = (line for line in report.findings if line.level is Level.FAULT or not quiet)
    for side, lines in groupby(told, key=lambda line: line.side):
        teller.say(f"doctor.side.{side}", "title")
        for line in lines:
            level = teller.words(f"doctor.level.{line.level}")
            teller.show(f"{level}\t{line.says}", _TONES[line.level])
    if not quiet:
        teller.say("doctor.sum", "title", faults=report.faults, warnings=report.warnings)
