"""Figures are counted once, published once, and stay as they were published; so does what stands beside them."""

import asyncio
from datetime import date

import pytest
from msgspec.structs import replace

from backend import commands, queries
from backend.contract import Fault, Move
from backend.contract.figures import Count, Counted, Figure, Series
from backend.contract.improving import FiguresBook
from backend.contract.surveys import AnswerAsReporter
from backend.domain.case import Refused
from backend.ports import CaseStore
from backend.scheduler import publish_figures
from tests.support.counted import (
    AFTER_SUMMER,
    DRAFT,
    IN_SUMMER,
    ORGAN,
    SCORES,
    SUMMER,
    WINTER,
    do,
    figure,
    handed_over,
    moved,
    on,
    organ,
    shown,
)
from tests.support.reports import locator


@pytest.fixture
async def published(store: CaseStore) -> CaseStore:
    """The store of an organ that has begun in summer."""
    await store.write(ORGAN, lambda work: commands.publish_roster(work, on(IN_SUMMER), organ()))
    await store.write(ORGAN, lambda work: commands.publish_due(work, on(IN_SUMMER)))
    return store


async def test_what_happens_at_once_is_counted_each_time(published: CaseStore) -> None:
    """Counters lose nothing to each other, and make their rows but once."""
    case = await handed_over(published, "first")
    await asyncio.gather(*(moved(published, case, Move.CLOSE, category="law") for _ in range(8)))
    await published.write(ORGAN, lambda work: commands.publish_due(work, on(AFTER_SUMMER)))
    seen = await shown(published)
    assert figure(seen, "closed") == Figure(series=Series.STAGE, code="closed", least=5, most=9)
    assert figure(seen, "law", Series.CATEGORY).least == 5
    assert [days.median for days in seen.halves[0].days] == [None, 90]


async def test_what_was_published_is_never_counted_anew(published: CaseStore) -> None:
    """A half-year is published once, by however many processes; what is added to it later changes nothing."""
    cases = [await handed_over(published, name) for name in ("a", "b", "c", "d", "e")]
    for case in cases:
        await moved(published, case, Move.CONCLUDE, reason="violation")
    done = await asyncio.gather(*(publish_figures(published, (ORGAN,), on(AFTER_SUMMER)) for _ in range(3)))
    assert sum(done) == 1
    before = await shown(published)
    assert figure(before, "received").least == 5
    assert figure(before, "violation", Series.OUTCOME).least == 5
    for case in cases * 2:
        await moved(published, case, Move.CONCLUDE, reason="violation")
    assert await publish_figures(published, (ORGAN,), on(AFTER_SUMMER)) == 0
    assert await shown(published) == before


async def test_nothing_is_published_before_the_half_year_has_settled(published: CaseStore) -> None:
    """Not on its last day, nor on the day after it, when the last day's acts may still be on their way."""
    for day in (date(2026, 9, 30), date(2026, 10, 1)):
        assert await publish_figures(published, (ORGAN,), on(day)) == 0
    assert (await shown(published)).halves == ()
    assert await publish_figures(published, (ORGAN,), on(AFTER_SUMMER)) == 1


async def test_after_a_long_downtime_all_half_years_are_published(published: CaseStore) -> None:
    """Each by itself, empty ones too: that nothing happened is not told either."""
    assert await publish_figures(published, (ORGAN,), on(date(2028, 1, 1))) == 3
    seen = await shown(published)
    assert [half.half for half in seen.halves] == [SUMMER, WINTER, "2027-04"]
    assert {(each.least, each.most) for half in seen.halves for each in half.figures} == {(0, 4)}


async def test_only_the_executive_publishes_by_hand_and_reads_exact_counts(published: CaseStore) -> None:
    """And that they did is kept for everyone who may see figures."""
    case = await handed_over(published, "first")
    await moved(published, case, Move.ACCEPT)
    at = on(AFTER_SUMMER)
    for who in ("sato", "ono", "kato", "nobody"):
        assert await do(published, lambda work, who=who: commands.publish_by_hand(work, at, who)) == Refused(  # type: ignore[misc]
            Fault.NOT_ALLOWED
        )
        refused = await do(published, lambda work, who=who: commands.exact_counts(work, at, who, SUMMER))  # type: ignore[misc]
        assert refused == Refused(Fault.NOT_ALLOWED)
    early = await do(published, lambda work: commands.exact_counts(work, on(IN_SUMMER), "mori", SUMMER))
    assert early == Refused(Fault.NOT_YET)
    assert await do(published, lambda work: commands.publish_by_hand(work, at, "mori")) is None
    counted = await do(published, lambda work: commands.exact_counts(work, at, "mori", SUMMER))
    assert isinstance(counted, Counted)
    assert counted.counts == (
        Count(series="stage", code="accepted", count=1),
        Count(series="stage", code="received", count=1),
    )
    assert await do(published, lambda work: commands.exact_counts(work, at, "mori", "2026-05")) == Refused(
        Fault.NOT_FOUND
    )
    book = await published.read(ORGAN, lambda work: queries.figures_book(work, "ono"))
    assert isinstance(book, FiguresBook)
    assert [(reading.staff_id, reading.half) for reading in book.readings] == [("mori", SUMMER)]
    administrator = await published.read(ORGAN, lambda work: queries.figures_book(work, "kato"))
    assert administrator == Refused(Fault.NOT_ALLOWED)


async def test_a_case_that_the_executive_is_kept_out_of_is_in_no_figure_of_theirs(published: CaseStore) -> None:
    """Neither in what is published nor in exact counts: one more than the executive knows would tell of it."""
    for name in ("a", "b", "c", "d"):
        await moved(published, await handed_over(published, name), Move.CLOSE, category="law")
    hidden = await handed_over(published, "hidden", overseer="ito")
    await moved(published, hidden, Move.CLOSE, category="law")
    await do(published, lambda work: work.cases.save(replace(hidden, ended_on=IN_SUMMER)))
    answers = AnswerAsReporter(locator=locator("hidden"), scores=SCORES)
    assert await do(published, lambda work: commands.answer_as_reporter(work, on(IN_SUMMER), answers)) is None
    await do(published, lambda work: commands.publish_due(work, on(AFTER_SUMMER)))
    seen = await shown(published)
    assert {(each.least, each.most) for each in seen.halves[0].figures} == {(0, 4)}
    assert {each.median for each in seen.halves[0].days} == {None}
    assert {each.least for each in seen.halves[0].ratings} == {0}
    exact, at = {}, on(AFTER_SUMMER)
    for who in ("mori", "ito"):
        counted = await do(published, lambda work, who=who: commands.exact_counts(work, at, who, SUMMER))  # type: ignore[misc]
        assert isinstance(counted, Counted)
        exact[who] = {(each.code, each.count) for each in counted.counts}
    assert exact == {
        "mori": {("received", 4), ("closed", 4), ("law", 4)},
        "ito": {("received", 1), ("closed", 1), ("law", 1)},
    }


async def test_one_organs_figures_are_not_another_s(published: CaseStore) -> None:
    """Whatever an organ counts, publishes and records, the other sees none of it."""
    await handed_over(published, "first")
    await do(published, lambda work: commands.draft_release(work, on(IN_SUMMER), "sato", DRAFT))
    await do(published, lambda work: commands.publish_due(work, on(AFTER_SUMMER)))
    other = await shown(published, "agency")
    assert (other.halves, other.released) == ((), ())
    assert await published.read("agency", lambda work: work.materials.cases(None)) == []
