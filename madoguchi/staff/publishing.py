"""Figures, released information, findings and improvements, awareness sessions, and the survey.

None of it opens a case, and nothing that is recorded here is about one.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from backend.contract.figures import Respondent, Score
from backend.contract.improving import Audience, FiguresBook, Improvement, Improving, Session
from backend.contract.releases import DraftRelease
from backend.contract.surveys import AnswerAsStaff, OfferSurvey
from bot.channels.web.public.words import PublicWords, load_words
from bot.ports.publishing import Figure
from madoguchi.day import today
from madoguchi.figures_client import FiguresClient, open_figures
from madoguchi.foreign import quoted
from madoguchi.staff.opening import Chair
from madoguchi.staff.seat import Seat, Yes, app, at_desk, confirm
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError

_Id = Annotated[str, typer.Argument(help="A short id of your choice: small letters, digits, dashes.")]
_On = Annotated[str, typer.Option(help="The day, as 2026-11-22; else today.")]
_Score = Annotated[int, typer.Option(min=1, max=5, help="From 1 (not at all) to 5 (fully).")]


@app.command()
def figures(ctx: typer.Context) -> None:
    """Show the newest figures, drafts, findings, improvements and awareness sessions."""

    async def act(client: FiguresClient, teller: Teller) -> None:
        book = await client.book()
        if not book.halves:
            teller.say("figures.none")
        for line in _figures(book, load_words()[teller.words.language]):
            teller.show(line)
        for line in _recorded(book, teller):
            teller.show(line)

    _ask(ctx.obj, act)


@app.command("publish-figures")
def publish_figures(ctx: typer.Context) -> None:
    """Publish the half-years that are over, as executive; the clock does it as well."""

    async def act(client: FiguresClient, teller: Teller) -> None:
        await client.publish()
        teller.say("figures.published", "good")

    _ask(ctx.obj, act)


@app.command("draft-release")
def draft_release(
    ctx: typer.Context,
    release_id: _Id,
    *,
    title_ja: Annotated[str, typer.Option(help="Title in Japanese.")],
    title_en: Annotated[str, typer.Option(help="Title in English.")],
    text_ja: Annotated[Path, typer.Option(help="File with the Japanese text.")],
    text_en: Annotated[Path, typer.Option(help="File with the English text.")],
) -> None:
    """Draft information for the public page; nobody sees it before the executive has approved it."""
    text = {"ja": _read(text_ja), "en": _read(text_en)}
    draft = DraftRelease(release_id=release_id, title={"ja": title_ja, "en": title_en}, text=text)

    async def act(client: FiguresClient, teller: Teller) -> None:
        await client.draft(draft)
        teller.say("figures.drafted", "good", id=release_id)

    _ask(ctx.obj, act)


@app.command("approve-release")
def approve_release(ctx: typer.Context, release_id: _Id, *, yes: Yes = False) -> None:
    """Read a draft and release it to the public, as executive."""

    async def act(client: FiguresClient, teller: Teller) -> None:
        found = [release for release in (await client.book()).releases if release.release_id == release_id]
        if not found:
            raise NotDoneError("figures.no_draft", id=release_id)
        for language in sorted(found[0].title):
            teller.show(f"[{language}] {found[0].title[language]}", "title")
            for line in quoted(found[0].text.get(language, "")):
                teller.show(line)
        teller.say("figures.leaves")
        confirm(teller, yes=yes)
        await client.approve(found[0])
        teller.say("figures.released", "good", id=release_id)

    _ask(ctx.obj, act)


@app.command()
def improve(
    ctx: typer.Context,
    improvement_id: _Id,
    words: Annotated[str, typer.Argument(help="What was found, or decided. Nothing about a case.")],
    *,
    finding: Annotated[bool, typer.Option("--finding", help="It is a finding; else what was decided.")] = False,
    on: _On = "",
) -> None:
    """Record a finding on the mechanism, or an improvement that was decided."""
    kind = Improving.FINDING if finding else Improving.IMPROVEMENT
    _record(ctx.obj, Improvement(improvement_id=improvement_id, kind=kind, on=_day(on), words=words))


@app.command()
def awareness(
    ctx: typer.Context,
    session_id: _Id,
    *,
    audience: Annotated[Audience, typer.Option(help="For whom it was held.")],
    attended: Annotated[int, typer.Option(min=0, help="How many came.")],
    on: _On = "",
) -> None:
    """Record an awareness session that was held."""
    _record(ctx.obj, Session(session_id=session_id, on=_day(on), audience=audience, attended=attended))


@app.command()
def survey(ctx: typer.Context, *, clear: _Score, safe: _Score, taken_seriously: _Score, would_again: _Score) -> None:
    """Answer the survey on the mechanism, once in half a year; answers are counted, not kept with your name."""
    given = {"clear": clear, "safe": safe, "taken_seriously": taken_seriously, "would_again": would_again}
    answers = AnswerAsStaff(scores=tuple(Score(question=question, score=score) for question, score in given.items()))

    async def act(client: FiguresClient, teller: Teller) -> None:
        await client.answer(answers)
        teller.say("figures.answered", "good")

    _ask(ctx.obj, act)


@app.command("survey-codes")
def survey_codes(
    ctx: typer.Context,
    *,
    count: Annotated[int, typer.Option(min=1, max=100, help="How many.")] = 1,
    respondent: Annotated[Respondent, typer.Option("--for", help="Whom they are for.")] = Respondent.THIRD,
) -> None:
    """Make codes with which people who have no key answer the survey on the public page, once each."""

    async def act(client: FiguresClient, teller: Teller) -> None:
        for code in await client.offer(OfferSurvey(respondent=respondent, count=count)):
            teller.show(code)

    _ask(ctx.obj, act)


def _record(seat: Seat, made: Improvement | Session) -> None:
    async def act(client: FiguresClient, teller: Teller) -> None:
        await client.record(made)
        teller.say("figures.recorded", "good")

    _ask(seat, act)


def _ask(seat: Seat, act: Callable[[FiguresClient, Teller], Awaitable[None]]) -> None:
    async def at(chair: Chair, teller: Teller) -> None:
        async with open_figures(seat.store or chair.key.store, chair.key.credential) as client:
            await act(client, teller)

    at_desk(seat, at)


def _figures(book: FiguresBook, words: PublicWords) -> list[str]:
    if not book.halves:
        return []
    newest = book.halves[-1]
    told = [Figure(each.series.value, each.code, each.least, each.most) for each in newest.figures]
    return [newest.half, *(f"  {words.item(each.series, each.code)}\t{words.range(each)}" for each in told)]


def _recorded(book: FiguresBook, teller: Teller) -> list[str]:
    words = teller.words
    return [
        *(
            words("figures.release_line", id=r.release_id, title=words.name(r.title), on=r.approved_on or "–")
            for r in book.releases
        ),
        *(f"{made.on}\t{words(f'figures.{made.kind}')}\t{made.words}" for made in book.improvements),
        *(
            words("figures.session_line", on=s.on, audience=words(f"figures.audience.{s.audience}"), count=s.attended)
            for s in book.sessions
        ),
        *(words("figures.exact_line", on=r.on, who=r.staff_id, half=r.half) for r in book.readings),
    ]


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise NotDoneError("figures.no_file", file=file) from unreadable


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed) if typed else today()
    except ValueError as foreign:
        raise NotDoneError("figures.no_day", day=typed) from foreign
