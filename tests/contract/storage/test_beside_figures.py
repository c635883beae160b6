"""What stands beside the figures: releases, surveys, improvements, awareness sessions, materials."""

import asyncio

import pytest
from msgspec.structs import replace

from backend import commands, queries
from backend.contract import Fault, Move
from backend.contract.figures import Respondent, Score
from backend.contract.improving import Audience, FiguresBook, Improvement, Improving, Session
from backend.contract.materials import Materials
from backend.contract.releases import ApproveRelease, Release
from backend.contract.surveys import AnswerAsReporter, AnswerAsStaff, AnswerByCode, OfferSurvey, SurveyCodes
from backend.domain.case import Refused, recorded
from backend.domain.chain import Act
from backend.ports import CaseStore, Work
from tests.support.counted import (
    AFTER_SUMMER,
    DRAFT,
    IN_SUMMER,
    ORGAN,
    SCORES,
    SUMMER,
    do,
    handed_over,
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


async def test_materials_do_not_tell_that_two_cases_belong_together(published: CaseStore) -> None:
    """The other one may be kept from whoever reads of this one; that they were linked is no step in its course."""
    case = await handed_over(published, "first")

    def act(work: Work) -> None:
        for kind in (Act.LINKED, Move.JOIN, Act.ASSIGNED):
            kept = next(each for each in work.materials.cases(None) if each.number == case.number)
            after, entry = recorded(kept, kind, "sato", IN_SUMMER, b"the other")
            work.cases.add_entry(case.number, entry)
            work.cases.save(after)

    await do(published, act)
    found = await published.read(ORGAN, lambda work: queries.materials(work, "mori"))
    assert isinstance(found, Materials)
    assert [step.act for step in found.cases[0].steps] == ["received", "assigned"]
