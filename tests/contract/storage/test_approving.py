"""Acts that need approval wait, leave once somebody approved them, and come back where they do not fit any more."""

import asyncio

import pytest
from msgspec.structs import replace

from backend import commands
from backend.commands import approving
from backend.contract import CaseLine, Declare, Fault, Stage
from backend.contract.proposals import Approve, OpenedProposal, Outcome, Proposal, ReturnReason
from backend.domain.case import Refused
from backend.domain.chain import broken_at, genesis
from backend.ports import CaseStore, Work
from backend.profiles import profile
from backend.queries.responsibility import responsibilities, standing
from tests.support.overseen import (
    AT,
    DAY,
    ORGAN,
    acts,
    approve,
    away,
    case_of,
    declining,
    do,
    founded,
    move,
    reported,
)
from tests.support.proposed import answers, give_back, outcome_of, proposed, withdraw
from tests.support.reports import TODAY, circumstances, from_reporter, from_staff

LATER = circumstances(today=TODAY + DAY)


async def test_what_needs_approval_leaves_once_it_is_approved(store: CaseStore) -> None:
    """The letter joins on the day of approval, under its writer's name; the log names both, and holds together."""
    number = await proposed(store)
    assert await answers(store, number) == 0
    assert outcome_of(await approve(store, number, at=LATER)) is Outcome.APPROVED
    case = await case_of(store, number)
    assert (case.stage, case.waiting, case.letters) == (Stage.NOT_ACCEPTED, False, 1)
    assert await answers(store, number) == 1
    assert (await acts(store, number))[1:] == [("sato", "proposed"), ("tanaka", "approved"), ("sato", "decline")]
    log = await store.read(ORGAN, lambda work: work.materials.log(number))
    assert broken_at(log, genesis(ORGAN, case.submission_id), case.log_head) is None
    assert log[-1].on == TODAY + DAY
    duties = await store.read(ORGAN, lambda work: work.duties.of(number))
    assert {duty.ended_on for duty in duties if duty.ended_on} == {TODAY + DAY}


async def test_the_content_of_a_proposal_is_gone_once_it_waits_no_more(store: CaseStore) -> None:
    """A letter that did not leave is kept nowhere; that it was proposed is."""
    number = await proposed(store)
    await give_back(store, number)
    assert await store.read(ORGAN, lambda work: work.proposals.content(number, "p1")) is None
    assert [one.outcome for one in await store.read(ORGAN, lambda work: work.proposals.of(number))] == [
        Outcome.RETURNED
    ]


async def test_staff_write_nothing_while_something_waits_and_the_reporter_may(store: CaseStore) -> None:
    """The letter that waits is the next of the thread; nobody is kept from writing in."""
    number = await proposed(store)
    written = await do(store, lambda work: commands.write_as_staff(work, AT, "sato", number, from_staff("s1", 0)))
    assert written == Refused(Fault.WAITING)
    assert await move(store, number, declining("p2")) == Refused(Fault.WAITING)
    assert await do(store, lambda work: commands.write_as_reporter(work, AT, from_reporter())) is None


async def test_a_proposal_over_which_the_reporter_wrote_comes_back(store: CaseStore) -> None:
    """Nobody is declined over words that were not read: nothing leaves, and the proposer hears why."""
    number = await proposed(store)
    assert await do(store, lambda work: commands.write_as_reporter(work, AT, from_reporter())) is None
    decided = await approve(store, number)
    assert isinstance(decided, Proposal)
    assert (decided.outcome, decided.fault) == (Outcome.STALE, Fault.CHANGED_MEANWHILE)
    case = await case_of(store, number)
    assert (case.stage, case.waiting) == (Stage.RECEIVED, False)
    assert await answers(store, number) == 0
    mine = await store.read(ORGAN, lambda work: responsibilities(work, TODAY, "sato"))
    assert [one.proposal_id for one in mine.returned] == ["p1"]
    again = await move(store, number, declining("p2", seen=1))
    assert isinstance(again, CaseLine)
    assert again.waiting
    mine = await store.read(ORGAN, lambda work: responsibilities(work, TODAY, "sato"))
    assert mine.returned == ()


async def test_a_proposal_whose_writer_lost_their_key_comes_back(store: CaseStore) -> None:
    """Somebody who may not read the case any more does not speak in it any more."""
    number = await proposed(store)
    await do(store, lambda work: work.grants.drop_grants(number, "sato"))
    decided = await approve(store, number)
    assert isinstance(decided, Proposal)
    assert (decided.outcome, decided.fault) == (Outcome.STALE, Fault.NOT_ALLOWED)


async def test_a_proposal_whose_code_the_organ_gave_up_comes_back(store: CaseStore) -> None:
    """It is judged by what the organ has set on the day of approval."""
    number = await proposed(store)
    lists = tuple(replace(each, codes=("not_in_scope",)) for each in profile().lists)
    await founded(store, serial=2, policy=replace(profile(), lists=lists))
    decided = await approve(store, number)
    assert isinstance(decided, Proposal)
    assert (decided.outcome, decided.fault) == (Outcome.STALE, Fault.REASON_NEEDED)


async def test_a_returned_proposal_lets_the_desk_go_on(store: CaseStore) -> None:
    """The case waits no more, the log says that it was returned, and the proposer sees for what reason."""
    number = await proposed(store)
    decided = await give_back(store, number)
    assert isinstance(decided, Proposal)
    assert (decided.outcome, decided.returned_for) == (Outcome.RETURNED, ReturnReason.WORDING)
    assert (await acts(store, number))[-1] == ("tanaka", "returned")
    shown = await store.read(ORGAN, lambda work: standing(work, TODAY, "sato", number))
    assert not isinstance(shown, Refused)
    assert shown.proposals == (decided,)
    written = await do(store, lambda work: commands.write_as_staff(work, AT, "sato", number, from_staff("s1", 0)))
    assert written is None


async def test_a_proposer_takes_back_what_waits_and_nobody_else_does(store: CaseStore) -> None:
    """Not even a colleague with a key; afterwards there is nothing to approve."""
    await founded(store)
    number = await reported(store, "first", "sato", "kato")
    await move(store, number, declining())
    assert await withdraw(store, number, "kato") == Refused(Fault.NOT_ALLOWED)
    assert outcome_of(await withdraw(store, number)) is Outcome.WITHDRAWN
    assert await approve(store, number) == Refused(Fault.CHANGED_MEANWHILE)
    assert (await case_of(store, number)).waiting is False
    assert (await acts(store, number))[-1] == ("sato", "withdrawn")


async def test_what_nobody_can_decide_about_any_more_is_taken_back_by_whoever_reads_the_case(store: CaseStore) -> None:
    """The overseer has a conflict and nobody stands in; the proposer has lost their key. The desk goes on."""
    await founded(store)
    number = await reported(store, "first", "sato", "kato", stand_in=None)
    await move(store, number, declining())
    assert await withdraw(store, number, "kato") == Refused(Fault.NOT_ALLOWED)
    gone = Declare(conflicted=True)
    for who in ("tanaka", "sato"):
        declared = await do(store, lambda work, who=who: commands.declare(work, AT, who, number, gone))  # type: ignore[misc]
        assert declared is None
    assert await do(store, lambda work: commands.write_as_staff(work, AT, "kato", number, from_staff("s1"))) == Refused(
        Fault.WAITING
    )
    assert outcome_of(await withdraw(store, number, "kato")) is Outcome.WITHDRAWN
    assert await do(store, lambda work: commands.write_as_staff(work, AT, "kato", number, from_staff("s1"))) is None


async def test_of_approving_and_withdrawing_at_once_one_counts(store: CaseStore) -> None:
    """Whoever comes first decides; the other one is told that something has changed."""
    number = await proposed(store)
    approved, withdrawn = await asyncio.gather(approve(store, number), withdraw(store, number))
    assert sorted(isinstance(each, Refused) for each in (approved, withdrawn)) == [False, True]
    assert Refused(Fault.CHANGED_MEANWHILE) in (approved, withdrawn)
    assert await answers(store, number) == (0 if isinstance(approved, Refused) else 1)


async def test_of_two_approvers_at_once_one_wins(store: CaseStore) -> None:
    """One letter leaves, and the log has one approval; the other approver is told."""
    number = await proposed(store)
    await away(store, "tanaka")
    both = await asyncio.gather(approve(store, number, who="tanaka"), approve(store, number, who="ito"))
    assert sorted(isinstance(each, Refused) for each in both) == [False, True]
    assert Refused(Fault.CHANGED_MEANWHILE) in both
    assert await answers(store, number) == 1
    assert [act for _, act in await acts(store, number)].count("approved") == 1


@pytest.mark.parametrize("decide", [approve, give_back])
async def test_a_decision_that_is_repeated_changes_nothing(store: CaseStore, decide: object) -> None:
    """Whoever is unsure whether it arrived sends it again, and hears the same."""
    number = await proposed(store)
    first = await decide(store, number)  # type: ignore[operator]
    log = await acts(store, number)
    assert await decide(store, number) == first  # type: ignore[operator]
    assert await acts(store, number) == log


async def test_a_proposal_that_is_repeated_waits_once(store: CaseStore) -> None:
    """The same act again is answered with the case as it waits; once it came back, it is not taken up again."""
    number = await proposed(store)
    again = await move(store, number, declining())
    assert isinstance(again, CaseLine)
    assert again.waiting
    assert [act for _, act in await acts(store, number)].count("proposed") == 1
    await give_back(store, number)
    assert await move(store, number, declining()) == Refused(Fault.CHANGED_MEANWHILE)


async def test_a_move_that_may_not_be_made_is_refused_before_it_waits(store: CaseStore) -> None:
    """Nobody is asked to approve what the table does not know."""
    await founded(store)
    number = await reported(store)
    assert await move(store, number, declining(reason="because")) == Refused(Fault.REASON_NEEDED)
    assert (await case_of(store, number)).waiting is False


async def test_whoever_oversees_reads_what_they_approve_and_the_log_says_so(store: CaseStore) -> None:
    """They have no key to the case: the copy is sealed to them, and to nobody else who asks."""
    number = await proposed(store)
    opened = await do(store, lambda work: approving.read_proposal(work, AT, "tanaka", number))
    assert isinstance(opened, OpenedProposal)
    assert opened.copy is not None
    assert opened.copy.ciphertext == b"copy for tanaka"
    assert (await acts(store, number))[-1] == ("tanaka", "proposal_read")
    for who in ("ito", "sato", "mori", "ando"):
        refused = await do(store, lambda work, who=who: approving.read_proposal(work, AT, who, number))  # type: ignore[misc]
        assert refused == Refused(Fault.NOT_FOUND), who
        assert await approve(store, number, who=who) == Refused(Fault.NOT_FOUND), who


async def test_the_deputy_approves_while_the_executive_is_away(store: CaseStore) -> None:
    """Before and after, and where the case is kept from the deputy, there is nothing for them."""
    number = await proposed(store)
    assert await approve(store, number, who="ito") == Refused(Fault.NOT_FOUND)
    await away(store, "tanaka", TODAY, TODAY + 2 * DAY)
    after = circumstances(today=TODAY + 3 * DAY)
    assert await approve(store, number, who="ito", at=after) == Refused(Fault.NOT_FOUND)
    kept = await reported(store, "kept", stand_in=None)
    await move(store, kept, declining("p2"))
    assert await approve(store, kept, "p2", who="ito") == Refused(Fault.NOT_FOUND)
    opened = await do(store, lambda work: approving.read_proposal(work, AT, "ito", number))
    assert isinstance(opened, OpenedProposal)
    assert opened.copy is not None
    assert opened.copy.ciphertext == b"copy for ito"
    decided = await approve(store, number, who="ito")
    assert isinstance(decided, Proposal)
    assert (decided.outcome, decided.decided_by) == (Outcome.APPROVED, "ito")


async def test_nobody_approves_what_they_proposed(store: CaseStore) -> None:
    """A deputy who handles a case and stands in for the executive needs the executive."""
    await founded(store)
    number = await reported(store, "first", "ito")
    line = await move(store, number, declining(), who="ito")
    assert isinstance(line, CaseLine)
    assert line.waiting
    await away(store, "tanaka")
    assert await approve(store, number, who="ito") == Refused(Fault.NOT_ALLOWED)
    assert outcome_of(await approve(store, number)) is Outcome.APPROVED


@pytest.mark.parametrize(
    ("more", "who"),
    [
        ({"overseer": None, "stand_in": None}, "sato"),
        ({"desk": "counsel"}, "suzuki"),
        ({}, "tanaka"),
    ],
    ids=["nobody-may-oversee", "outside-counsel", "the-overseer-moves"],
)
async def test_where_nobody_else_could_approve_nothing_waits(
    store: CaseStore, more: dict[str, object], who: str
) -> None:
    """A case that is kept from both, one of outside counsel's, and what the overseer does leave at once."""
    await founded(store)
    number = await reported(store, "first", who, **more)
    line = await move(store, number, declining(), who=who)
    assert isinstance(line, CaseLine)
    assert (line.stage, line.waiting) == (Stage.NOT_ACCEPTED, False)


async def test_a_crash_in_the_middle_of_an_approval_leaves_it_waiting(store: CaseStore) -> None:
    """Approval, letter, log and stage are one transaction."""
    number = await proposed(store)

    def dying(work: Work) -> Refused:
        approving.approve(work, AT, "tanaka", number, Approve(proposal_id="p1"))
        return Refused(Fault.BUSY)

    await do(store, dying)
    assert (await case_of(store, number)).waiting
    assert await answers(store, number) == 0
    assert outcome_of(await approve(store, number)) is Outcome.APPROVED
