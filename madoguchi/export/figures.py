"""`madoguchi export figures|survey|materials`: what others may have of an organ's operation.

Figures leave as they were published. Exact counts leave at the executive's word alone, and the case store records it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
import typer

from backend.contract.figures import PublishedHalf
from bot.channels.web.public.sheets import as_csv, as_json
from bot.channels.web.public.words import load_words
from bot.ports.publishing import HalfYear
from madoguchi import private_files
from madoguchi.day import today
from madoguchi.export.commands import Exporter, app, put
from madoguchi.export.yearly import Sources, as_table, yearly
from madoguchi.figures_client import FiguresClient, open_figures
from madoguchi.staff.client import open_desk
from madoguchi.staff.keyfile import StaffKey
from madoguchi.staff.opening import Chair
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError

__all__ = ["app", "figures", "materials", "survey"]

_T = TypeVar("_T")
_To = Annotated[Path | None, typer.Option(help="File to write; else it is printed.")]
_Exact = Annotated[bool, typer.Option("--unrounded", help="Exact counts of what is over, for the executive; recorded.")]


class Form(StrEnum):
    """How figures are written."""

    JSON = "json"
    CSV = "csv"


@app.command()
def figures(
    ctx: typer.Context,
    *,
    half: Annotated[str, typer.Option(help="One half-year, by its first month: 2026-04. Else all.")] = "",
    form: Annotated[Form, typer.Option("--format", help="json or csv.")] = Form.JSON,
    unrounded: _Exact = False,
    to: _To = None,
) -> None:
    """Write published figures."""
    exporter: Exporter = ctx.obj
    if unrounded:
        if not half:
            raise NotDoneError("export.which_half")
        put(exporter.teller, _fetched(exporter, lambda client: client.exact(half)), to)
        return
    published = _fetched(exporter, lambda client: client.published())
    chosen = [_shown(each) for each in published.halves if half in {"", each.half}]
    if not chosen:
        raise NotDoneError("export.no_figures")
    text = as_csv(chosen, load_words()[exporter.teller.words.language]) if form is Form.CSV else as_json(chosen)
    _write(exporter.teller, text, to)


@app.command()
def survey(
    ctx: typer.Context,
    *,
    year: Annotated[int, typer.Option(help="The year in which the fiscal year began.")],
    to: Annotated[Path, typer.Option(help="Folder for the two files, JSON and CSV.")],
    unrounded: _Exact = False,
) -> None:
    """Write the yearly survey of operation, for the supervising agency."""
    exporter: Exporter = ctx.obj
    key = exporter.opened()
    sources = asyncio.run(_sources(exporter, key))
    found = yearly(sources, year, today())
    if found is None:
        raise NotDoneError("export.no_figures")
    if unrounded:
        halves = [half.half for half in found.halves]
        found = msgspec.structs.replace(found, exact=tuple(asyncio.run(_exact(exporter, key, halves))))
    private_files.private_folder(to)
    put(exporter.teller, found, to / f"survey-{year}.json")
    _write(exporter.teller, as_table(found), to / f"survey-{year}.csv")


@app.command()
def materials(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help="One case; else all that you may hand on.")] = "",
    *,
    to: _To = None,
) -> None:
    """Write materials on cases: stages and what was owed, by weeks. No content, no identity, no free words."""
    exporter: Exporter = ctx.obj
    found = _fetched(exporter, lambda client: client.materials())
    asked = number.strip().upper()
    chosen = tuple(case for case in found.cases if asked in {"", case.case_number})
    if asked and not chosen:
        raise NotDoneError("store.no_such_case")
    put(exporter.teller, msgspec.structs.replace(found, cases=chosen), to)


def _fetched(exporter: Exporter, ask: Callable[[FiguresClient], Awaitable[_T]]) -> _T:
    key = exporter.opened()

    async def fetch() -> _T:
        async with open_figures(exporter.store or key.store, key.credential) as client:
            return await ask(client)

    return asyncio.run(fetch())


async def _sources(exporter: Exporter, key: StaffKey) -> Sources:
    address = exporter.store or key.store
    async with open_desk(address, key.credential) as desk, open_figures(address, key.credential) as client:
        roster = await Chair(exporter.key, key, desk).roster()
        begins = (await desk.in_force()).policy.year_begins
        return Sources(roster, await client.published(), await client.book(), begins)


async def _exact(exporter: Exporter, key: StaffKey, halves: list[str]) -> list[msgspec.Struct]:
    async with open_figures(exporter.store or key.store, key.credential) as client:
        return [await client.exact(half) for half in halves]


def _shown(half: PublishedHalf) -> HalfYear:
    return msgspec.convert(msgspec.to_builtins(half), HalfYear)


def _write(teller: Teller, text: bytes, to: Path | None) -> None:
    if to is None:
        typer.echo(text.decode("utf-8-sig"), nl=False)
    else:
        private_files.write(to, text)
        teller.say("export.written", "good", file=to)
