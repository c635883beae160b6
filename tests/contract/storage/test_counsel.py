"""Outside counsel hears of grave concerns beside the overseer: the number of the case, and nothing that opens it."""

import pytest
from msgspec.structs import replace

from backend import commands, queries
from backend.batches import release_some
from backend.contract import AlertKind, CaseKind, Concern, Declare, Fault, StaffInbox, Submission
from backend.domain.case import Refused
from backend.ports import CaseStore
from tests.support.reports import TODAY, circumstances, from_reporter, publication, submission

ORGAN = "ministry"
AT = circumstances()


@pytest.fixture(autouse=True)
async def roster(store: CaseStore) -> None:
    """Two members, an executive, and two lawyers of a firm."""
    members = ("sato", "suzuki", "kanri", "bengo", "horitsu")
    published = publication(tokens={who: f"token of {who}" for who in members})
    await store.write(ORGAN, lambda work: commands.publish_roster(work, AT, published))


async def handed_over(store: CaseStore, sent: Submission, *, holds: bool = False) -> str:
    """A case is made."""
    at = replace(AT, holds=holds)
    outcome = await store.write(ORGAN, lambda work: commands.submit(work, at, sent))
    assert isinstance(outcome, tuple)
    return outcome[0].case_number


async def inbox(store: CaseStore, who: str) -> StaffInbox:
    """What somebody sees first."""
    return await store.read(ORGAN, lambda work: queries.staff_inbox(work, who))


def report(kind: CaseKind = CaseKind.REPORT, counsel: tuple[str, ...] = ("bengo", "horitsu")) -> Submission:
    """A report with an overseer and counsel."""
    return submission(kind=kind, overseer="kanri", counsel=counsel)


@pytest.mark.parametrize("concern", sorted(set(Concern) - {Concern.FEEDBACK}))
async def test_overseer_and_counsel_hear_of_a_grave_concern(store: CaseStore, concern: Concern) -> None:
    """All of them, once, on its day; and no case is theirs by it."""
    number = await handed_over(store, report())
    sent = from_reporter(concern=concern)
    assert await store.write(ORGAN, lambda work: commands.write_as_reporter(work, AT, sent)) is None
    for who in ("kanri", "bengo", "horitsu"):
        seen = await inbox(store, who)
        assert [(each.case_number, each.what, each.on) for each in seen.alerts] == [(number, AlertKind.CONCERN, TODAY)]
        assert seen.cases == ()
    assert (await inbox(store, "suzuki")).alerts == ()


async def test_who_was_alerted_opens_nothing(store: CaseStore) -> None:
    """An alert is no grant."""
    number = await handed_over(store, report(CaseKind.RELIEF))
    assert await store.write(ORGAN, lambda work: commands.open_case(work, AT, "bengo", number)) == Refused(
        Fault.NOT_FOUND
    )


async def test_a_concern_without_a_case_is_told_like_one_on_a_case(store: CaseStore) -> None:
    """It begins what is owed for it, and the same people hear of it when staff do."""
    await handed_over(store, report(CaseKind.RELIEF), holds=True)
    assert (await inbox(store, "bengo")).alerts == ()
    await store.write(ORGAN, release_some)
    for who in ("kanri", "bengo"):
        assert [each.what for each in (await inbox(store, who)).alerts] == [AlertKind.CONCERN]


async def test_counsel_hears_where_executive_and_deputy_are_kept_out(store: CaseStore) -> None:
    """With no overseer at all, somebody outside hears."""
    await handed_over(store, submission(kind=CaseKind.RELIEF, overseer=None, counsel=("bengo",)))
    assert [each.what for each in (await inbox(store, "bengo")).alerts] == [AlertKind.CONCERN]
    assert (await inbox(store, "kanri")).alerts == ()


async def test_who_is_kept_out_is_told_nothing(store: CaseStore) -> None:
    """Whom the bot does not name hears of nothing, whatever comes later."""
    await handed_over(store, report(CaseKind.RELIEF, counsel=("bengo",)))
    sent = from_reporter(concern=Concern.SEARCH)
    await store.write(ORGAN, lambda work: commands.write_as_reporter(work, AT, sent))
    assert (await inbox(store, "horitsu")).alerts == ()


async def test_feedback_is_told_to_nobody_beside_the_desk(store: CaseStore) -> None:
    """On a case and without one."""
    await handed_over(store, report(CaseKind.FEEDBACK))
    sent = from_reporter(concern=Concern.FEEDBACK)
    await store.write(ORGAN, lambda work: commands.write_as_reporter(work, AT, sent))
    for who in ("kanri", "bengo"):
        assert (await inbox(store, who)).alerts == ()


async def test_counsel_with_a_conflict_hears_no_more(store: CaseStore) -> None:
    """Who knows only the number can say so; what was told goes, and nothing more comes."""
    number = await handed_over(store, report(CaseKind.RELIEF))
    declared = await store.write(
        ORGAN, lambda work: commands.declare(work, AT, "bengo", number, Declare(conflicted=True))
    )
    assert declared is None
    sent = from_reporter(concern=Concern.LEAK)
    await store.write(ORGAN, lambda work: commands.write_as_reporter(work, AT, sent))
    assert (await inbox(store, "bengo")).alerts == ()
    assert [each.what for each in (await inbox(store, "horitsu")).alerts] == [AlertKind.CONCERN]
