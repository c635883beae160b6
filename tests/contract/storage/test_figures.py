"""Figures are counted once, published once, and stay as they were published; so does what stands beside them."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from msgspec.structs import replace

from backend import commands, queries
from backend.contract import Fault, Move, Office, Publication, Stage
from backend.contract.figures import Count, Counted, Figure, Respondent, Score, Series
from backend.contract.improving import Audience, FiguresBook, Improvement, Improving, Session
from backend.contract.materials import Materials
from backend.contract.releases import ApproveRelease, DraftRelease, Published, Release
from backend.contract.surveys import AnswerAsReporter, AnswerAsStaff, AnswerByCode, OfferSurvey, SurveyCodes
from backend.domain.case import Case, Refused
from backend.ports import CaseStore, Circumstances, Work
from backend.scheduler import publish_figures
from tests.support.reports import circumstances, locator, move, publication, submission

T = TypeVar("T")

ORGAN = "ministry"
#: Half-years of a fiscal year that begins in April.
SUMMER, WINTER = "2026-04", "2026-10"
IN_SUMMER, AFTER_SUMMER = date(2026, 7, 1), date(2026, 10, 2)
SCORES = (Score(question="clear", score=4), Score(question="safe", score=5))
DRAFT = DraftRelease(release_id="r1", title={"ja": "公表", "en": "Notice"}, text={"ja": "本文", "en": "Text"})


def organ() -> Publication:
    """An organ with a member for each office."""
    people = publication(tokens={who: f"token of {who}" for who in ("sato", "mori", "ito", "ono", "kato")}).people
    offices = {
        "sato": Office.STAFF,
        "mori": Office.EXECUTIVE,
        "ito": Office.DEPUTY,
        "ono": Office.AUDITOR,
        "kato": Office.ADMINISTRATOR,
    }
    return replace(
        publication(),
        people=tuple(replace(person, offices=(offices[person.staff_id],)) for person in people),
        executive="mori",
        deputy="ito",
    )


@pytest.fixture
async def published(store: CaseStore) -> CaseStore:
    """The store of an organ that has begun in summer."""
    await store.write(ORGAN, lambda work: commands.publish_roster(work, on(IN_SUMMER), organ()))
    await store.write(ORGAN, lambda work: commands.publish_due(work, on(IN_SUMMER)))
    return store


def on(day: date) -> Circumstances:
    """What a command may know on a day."""
    return circumstances(today=day)


async def handed_over(store: CaseStore, name: str, day: date = IN_SUMMER, overseer: str | None = "mori") -> Case:
    """A case that has come in."""

    def act(work: Work) -> Case:
        commands.submit(work, on(day), submission(name, overseer=overseer))
        case = work.cases.submitted_as(name)
        assert case is not None
        return case

    return await store.write(ORGAN, act)


async def moved(store: CaseStore, case: Case, kind: Move, **given: str) -> None:
    """Count a move, on the last day of summer; the case itself is another room's matter."""
    sent = move(kind, from_stage=Stage.RECEIVED, **given)
    after = replace(case, stage=Stage.REVIEWED)
    await store.write(ORGAN, lambda work: commands.count_move(work, on(date(2026, 9, 30)), after, sent))


async def shown(store: CaseStore, organ_id: str = ORGAN) -> Published:
    """What the public may know."""
    return await store.read(organ_id, lambda work: queries.published(work, AFTER_SUMMER))


async def do(store: CaseStore, act: Callable[[Work], T]) -> T:
    """Run a command."""
    return await store.write(ORGAN, act)


def figure(seen: Published, code: str, series: Series = Series.STAGE) -> Figure:
    """A figure of the first half-year that was published."""
    return next(each for each in seen.halves[0].figures if (each.series, each.code) == (series, code))


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


async def test_a_release_is_drafted_by_one_and_approved_by_another(published: CaseStore) -> None:
    """What is approved is what was read; it is public from then on, and is not changed behind anyone's back."""
    at = on(AFTER_SUMMER)
    await do(published, lambda work: commands.draft_release(work, at, "sato", DRAFT))
    changed = await do(
        published, lambda work: commands.draft_release(work, at, "sato", replace(DRAFT, title={"en": "Better"}))
    )
    assert isinstance(changed, Release)
    assert (await shown(published)).released == ()

    async def approve(who: str, version: int) -> Release | Refused:
        sent = ApproveRelease(version=version)
        return await do(published, lambda work: commands.approve_release(work, at, who, "r1", sent))

    assert await approve("sato", 2) == Refused(Fault.NOT_ALLOWED)
    assert await approve("mori", 1) == Refused(Fault.CHANGED_MEANWHILE)
    approved = await approve("mori", 2)
    assert approved == await approve("mori", 2)
    assert [(each.on, each.title) for each in (await shown(published)).released] == [(AFTER_SUMMER, {"en": "Better"})]
    again = await do(published, lambda work: commands.draft_release(work, at, "sato", DRAFT))
    assert again == Refused(Fault.CHANGED_MEANWHILE)


async def test_nobody_approves_what_they_drafted(published: CaseStore) -> None:
    """Four eyes, the executive's own drafts too; and only the executive's two of them."""
    at = on(AFTER_SUMMER)
    await do(published, lambda work: commands.draft_release(work, at, "mori", DRAFT))
    own = await do(published, lambda work: commands.approve_release(work, at, "mori", "r1", ApproveRelease(version=1)))
    assert own == Refused(Fault.NOT_ALLOWED)
    auditor = await do(published, lambda work: commands.draft_release(work, at, "ono", DRAFT))
    assert auditor == Refused(Fault.NOT_ALLOWED)
    missing = await do(
        published, lambda work: commands.approve_release(work, at, "mori", "r2", ApproveRelease(version=1))
    )
    assert missing == Refused(Fault.NOT_FOUND)


async def test_a_code_answers_the_survey_once(published: CaseStore) -> None:
    """Of several who bring the same code at once, one is counted."""
    at = on(IN_SUMMER)
    offered = await do(
        published,
        lambda work: commands.offer_survey(work, at, "mori", OfferSurvey(respondent=Respondent.THIRD, count=3)),
    )
    assert isinstance(offered, SurveyCodes)
    assert len(set(offered.codes)) == 3
    answer = AnswerByCode(code=offered.codes[0].upper(), scores=SCORES)
    outcomes = await asyncio.gather(
        *(do(published, lambda work: commands.answer_by_code(work, at, answer)) for _ in range(4))
    )
    assert sorted(map(str, outcomes)) == sorted(map(str, [None, *[Refused(Fault.NOT_FOUND)] * 3]))
    scores = await published.read(ORGAN, lambda work: work.surveys.scores(SUMMER))
    assert scores == {(Respondent.THIRD, "clear"): {4: 1}, (Respondent.THIRD, "safe"): {5: 1}}


async def test_staff_answer_once_in_half_a_year_and_reporters_once_a_case(published: CaseStore) -> None:
    """A repeat is no fault and is not counted; a reporter is asked after the end, and a question must be known."""
    at = on(IN_SUMMER)
    case = await handed_over(published, "first")
    as_reporter = AnswerAsReporter(locator=locator("first"), scores=SCORES)
    early = await do(published, lambda work: commands.answer_as_reporter(work, at, as_reporter))
    assert early == Refused(Fault.NOT_YET)
    await do(published, lambda work: work.cases.save(replace(case, ended_on=IN_SUMMER)))
    for _ in range(2):
        assert await do(published, lambda work: commands.answer_as_reporter(work, at, as_reporter)) is None
        assert (
            await do(published, lambda work: commands.answer_as_staff(work, at, "sato", AnswerAsStaff(scores=SCORES)))
            is None
        )
    strange = AnswerAsStaff(scores=(Score(question="shoe_size", score=3),))
    assert await do(published, lambda work: commands.answer_as_staff(work, at, "mori", strange)) == Refused(
        Fault.UNREADABLE
    )
    unknown = AnswerAsReporter(locator=locator("nobody"), scores=SCORES)
    assert await do(published, lambda work: commands.answer_as_reporter(work, at, unknown)) == Refused(Fault.NOT_FOUND)
    scores = await published.read(ORGAN, lambda work: work.surveys.scores(SUMMER))
    assert {who: counts for (who, question), counts in scores.items() if question == "clear"} == {
        Respondent.REPORTER: {4: 1},
        Respondent.STAFF: {4: 1},
    }


async def test_improvements_and_awareness_sessions_are_kept_and_may_be_corrected(published: CaseStore) -> None:
    """The same id again takes the place of the first; a session of the future is none yet."""
    at = on(IN_SUMMER)
    found = Improvement(improvement_id="i1", kind=Improving.FINDING, on=IN_SUMMER, words="Notices came late.")
    held = Session(session_id="s1", on=IN_SUMMER, audience=Audience.SUPERVISORS, attended=30)
    for attended in (30, 32):
        sent = replace(held, attended=attended)
        assert await do(published, lambda work, sent=sent: commands.record_session(work, at, "sato", sent)) is None  # type: ignore[misc]
    assert await do(published, lambda work: commands.record_improvement(work, at, "sato", found)) is None
    assert await do(published, lambda work: commands.record_improvement(work, at, "ono", found)) == Refused(
        Fault.NOT_ALLOWED
    )
    early = replace(held, session_id="s2", on=AFTER_SUMMER)
    assert await do(published, lambda work: commands.record_session(work, at, "sato", early)) == Refused(Fault.NOT_YET)
    book = await published.read(ORGAN, lambda work: queries.figures_book(work, "sato"))
    assert isinstance(book, FiguresBook)
    assert book.improvements == (found,)
    assert [session.attended for session in book.sessions] == [32]


async def test_materials_go_to_whoever_oversees_a_case_and_to_auditors(published: CaseStore) -> None:
    """A case that is kept from the executive is not among theirs; of others there are weeks and words of acts."""
    for name, overseer in (("first", "mori"), ("second", None)):
        await handed_over(published, name, overseer=overseer)
    seen = {}
    for who in ("mori", "ono"):
        found = await published.read(ORGAN, lambda work, who=who: queries.materials(work, who))  # type: ignore[misc]
        assert isinstance(found, Materials)
        seen[who] = found.cases
    assert (len(seen["mori"]), len(seen["ono"])) == (1, 2)
    assert seen["mori"][0].received == "2026-W27"
    assert [(step.act, step.week) for step in seen["mori"][0].steps] == [("received", "2026-W27")]
    assert {duty.due[:4] for duty in seen["mori"][0].duties} == {"2026"}
    assert await published.read(ORGAN, lambda work: queries.materials(work, "sato")) == Refused(Fault.NOT_ALLOWED)


async def test_one_organs_figures_are_not_another_s(published: CaseStore) -> None:
    """Whatever an organ counts, publishes and records, the other sees none of it."""
    await handed_over(published, "first")
    await do(published, lambda work: commands.draft_release(work, on(IN_SUMMER), "sato", DRAFT))
    await do(published, lambda work: commands.publish_due(work, on(AFTER_SUMMER)))
    other = await shown(published, "agency")
    assert (other.halves, other.released) == ((), ())
    assert await published.read("agency", lambda work: work.materials.cases(None)) == []
