"""What whoever oversees is shown, and what they record: where cases stand, checks, absences, what the organ lacks."""

from datetime import date

import pytest
from msgspec.structs import replace

from backend import commands
from backend.commands import watching
from backend.contract import AcknowledgeRules, AlertKind, Concern, Fault, Move, Obligation, Office, Stage
from backend.contract.assigning import Need
from backend.contract.oversight import Absence, CheckResult, DeclareAbsence, LogHeads, Overview, RecordCheck
from backend.domain.case import Refused
from backend.ports import CaseStore
from backend.profiles import profile
from backend.queries.oversight import log_heads, overview
from backend.queries.responsibility import standing
from tests.support.overseen import AT, DAY, ORGAN, PEOPLE, acts, away, case_of, do, founded, move, organ, reported
from tests.support.reports import TODAY, circumstances, from_reporter, from_staff, submission
from tests.support.reports import move as a_move


async def seen(store: CaseStore, who: str = "tanaka", today: date = TODAY) -> Overview:
    """What somebody oversees."""
    found = await store.read(ORGAN, lambda work: overview(work, today, who))
    assert isinstance(found, Overview), found
    return found


async def check(
    store: CaseStore, number: str, check_id: str = "c1", who: str = "tanaka", **more: object
) -> Refused | None:
    """Record a check."""
    given = {"check_id": check_id, "result": CheckResult.IN_ORDER} | more
    sent = RecordCheck(**given)  # type: ignore[arg-type]
    return await do(store, lambda work: watching.record_check(work, AT, who, number, sent))


async def investigated(store: CaseStore, *holders: str) -> str:
    """A case under investigation."""
    await founded(store)
    number = await reported(store, "first", *holders)
    await move(store, number, a_move(Move.ACCEPT))
    started = a_move(Move.INVESTIGATE, from_stage=Stage.ACCEPTED, letter=from_staff("l2", 1), on=TODAY + DAY)
    await move(store, number, started)
    return number


async def test_o01_the_overview_shows_where_a_case_stands_and_what_anybody_owes_next(store: CaseStore) -> None:
    """The desk's obligations and the executive's own, what falls due first on top."""
    number = await investigated(store)
    later = await reported(store, "later")
    shown = await seen(store)
    assert [line.case_number for line in shown.cases] == sorted((number, later), key=lambda each: each == number)
    lines = {line.case_number: line for line in shown.cases}
    assert (lines[later].owes, lines[later].owed_by) == (Obligation.DECIDE_ACCEPTANCE, Office.STAFF)
    assert (lines[number].stage, lines[number].owed_by) == (Stage.INVESTIGATING, Office.EXECUTIVE)
    assert shown.counts.open == 2
    assert shown.counts.overdue == 0
    overdue = await seen(store, today=TODAY + 20 * DAY)
    assert overdue.counts.overdue == 1


async def test_o08_a_case_that_excludes_the_executive_is_the_deputys(store: CaseStore) -> None:
    """No line, no count, no alert of it is the executive's; one that is kept from both is nobody's."""
    await founded(store)
    number = await reported(store, "first", overseer="ito", stand_in=None)
    nobodys = await reported(store, "second", overseer=None, stand_in=None)
    await do(store, lambda work: commands.write_as_reporter(work, AT, from_reporter(concern=Concern.SEARCH)))
    assert (await seen(store)).counts.open == 0
    assert (await seen(store)).alerts == ()
    deputys = await seen(store, "ito")
    assert [line.case_number for line in deputys.cases] == [number]
    assert [alert.what for alert in deputys.alerts] == [AlertKind.CONCERN]
    assert nobodys not in str(deputys)
    await away(store, "tanaka")
    await away(store, "ito")
    assert (await seen(store)).counts.open == 0


async def test_o04_of_outside_counsels_cases_it_is_known_that_they_exist(store: CaseStore) -> None:
    """No stage, no date, no obligation; and no act of an overseer's reaches them."""
    await founded(store)
    number = await reported(store, "first", "suzuki", desk="counsel")
    shown = await seen(store)
    assert (shown.cases, [(line.case_number, line.desk) for line in shown.external]) == ((), [(number, "counsel")])
    assert shown.counts.external == 1
    assert await check(store, number) == Refused(Fault.NOT_FOUND)


async def test_what_staff_do_not_see_yet_nobody_oversees(store: CaseStore) -> None:
    """A report that waits for the next batch is in no overview, and in no list of logs."""
    await founded(store)
    held = replace(AT, holds=True)
    await do(store, lambda work: commands.submit(work, held, submission("held", overseer="tanaka", stand_in="ito")))
    assert (await seen(store)).counts.open == 0
    heads = await store.read(ORGAN, lambda work: log_heads(work, "mori"))
    assert isinstance(heads, LogHeads)
    assert heads.heads == ()


async def test_a_closed_case_is_shown_while_somebody_owes_something_on_it(store: CaseStore) -> None:
    """Check-ins go out by themselves, and whether a case is destroyed is no question before its day."""
    await founded(store, policy=profile())
    number = await reported(store)
    await move(store, number, a_move(Move.ACCEPT))
    settled = a_move(Move.NOT_INVESTIGATE, "already_settled", from_stage=Stage.ACCEPTED, letter=from_staff("l2", 1))
    await move(store, number, settled)
    closed = a_move(Move.CLOSE, from_stage=Stage.NOT_INVESTIGATED, letter=from_staff("l3", 2), category="law")
    await move(store, number, closed)
    assert (await seen(store)).counts.open == 0
    concern = from_reporter(concern=Concern.RETALIATION)
    assert await do(store, lambda work: commands.write_as_reporter(work, AT, concern)) is None
    assert [line.owes for line in (await seen(store)).cases] == [Obligation.RELIEVE]
    asked = (await seen(store, today=TODAY.replace(year=TODAY.year + 5) + DAY)).cases
    assert [line.owes for line in asked] == [Obligation.RELIEVE]


async def test_the_deputy_sees_what_the_executive_sees_while_they_are_away(store: CaseStore) -> None:
    """Only while they are, and no case that is kept from the deputy."""
    await founded(store)
    number = await reported(store)
    await reported(store, "kept", stand_in=None)
    assert (await seen(store, "ito")).counts.open == 0
    await away(store, "tanaka", TODAY, TODAY + 2 * DAY)
    assert [line.case_number for line in (await seen(store, "ito")).cases] == [number]
    assert (await seen(store, "ito", TODAY + 3 * DAY)).counts.open == 0
    assert (await seen(store)).counts.open == 2


async def test_an_absence_may_be_moved_and_never_made_up_afterwards(store: CaseStore) -> None:
    """Who comes back early says so; what is over stays as it was, for it says who could act."""
    await founded(store)
    for begins, ends in ((TODAY - DAY, TODAY), (TODAY, TODAY - DAY), (TODAY - 9 * DAY, TODAY - 5 * DAY)):
        assert await away(store, "tanaka", begins, ends) == Refused(Fault.DATE_NEEDED)
    assert await away(store, "tanaka", TODAY, TODAY + 5 * DAY) is None
    sent = DeclareAbsence(begins=TODAY, ends=TODAY + DAY)
    later = circumstances(today=TODAY + 2 * DAY)
    assert await do(store, lambda work: watching.declare_absence(work, later, "tanaka", sent)) is None
    shown = await store.read(ORGAN, lambda work: work.absences.of("tanaka"))
    assert list(shown) == [Absence(staff_id="tanaka", begins=TODAY, ends=TODAY + DAY)]
    much = circumstances(today=TODAY + 5 * DAY)
    again = DeclareAbsence(begins=TODAY, ends=TODAY + 3 * DAY)
    assert await do(store, lambda work: watching.declare_absence(work, much, "tanaka", again)) == Refused(
        Fault.DATE_NEEDED
    )


async def test_o06_gaps_are_shown_to_whoever_oversees(store: CaseStore) -> None:
    """Departments without a responsible person, training that ran out or soon does, rules that were not read."""
    people = tuple(
        replace(one, trained_until={"sato": TODAY + 10 * DAY, "kato": TODAY - DAY}.get(one.staff_id, one.trained_until))
        for one in organ().people
    )
    await founded(store, people=people, rules=replace(organ().rules, version=2))
    await do(store, lambda work: commands.acknowledge_rules(work, AT, "sato", AcknowledgeRules(version=2)))
    found = (await seen(store)).gaps
    assert found.departments == ("works",)
    assert [(gap.staff_id, gap.until) for gap in found.training] == [
        ("sato", TODAY + 10 * DAY),
        ("kato", TODAY - DAY),
    ]
    assert set(found.rules_unread) == set(PEOPLE) - {"sato", "mori", "ando"}


async def test_o18_a_check_is_recorded_and_the_next_one_owed(store: CaseStore) -> None:
    """On the day that the overseer names, or as the policy has it; a repeat is recorded once."""
    number = await investigated(store)
    before = await store.read(ORGAN, lambda work: work.duties.of(number))
    assert [d.duty_id for d in before if d.obligation is Obligation.CHECK_INVESTIGATION] == ["check_investigation-1"]
    assert await check(store, number, next_on=TODAY) == Refused(Fault.DATE_NEEDED)
    assert await check(store, number, next_on=TODAY + 7 * DAY) is None
    assert await check(store, number, next_on=TODAY + 7 * DAY) is None
    duties = [
        duty
        for duty in await store.read(ORGAN, lambda work: work.duties.of(number))
        if duty.obligation is Obligation.CHECK_INVESTIGATION
    ]
    assert [(d.ended_on, d.due_on) for d in duties if d.ended_on is None] == [(None, TODAY + 7 * DAY)]
    assert [(actor, act) for actor, act in await acts(store, number) if act == Move.RECORD_CHECK] == [
        ("tanaka", "record_check")
    ]
    shown = await store.read(ORGAN, lambda work: standing(work, TODAY, "sato", number))
    assert not isinstance(shown, Refused)
    assert [(one.result, one.by) for one in shown.checks] == [(CheckResult.IN_ORDER, "tanaka")]


async def test_checks_are_of_investigations_and_by_overseers(store: CaseStore) -> None:
    """Staff, auditors and a deputy who stands in for nobody find no such case; a fresh one is not investigated."""
    number = await investigated(store)
    for who in ("sato", "mori", "ando", "ito"):
        assert await check(store, number, who=who) == Refused(Fault.NOT_FOUND), who
    fresh = await reported(store, "fresh")
    assert await check(store, fresh) == Refused(Fault.NO_SUCH_MOVE)


async def test_words_come_with_a_check_from_an_overseer_who_holds_a_key(store: CaseStore) -> None:
    """They join the thread as a note; without a key, or as a letter to the reporter, they are refused."""
    number = await investigated(store, "sato", "tanaka")
    note = from_staff("n1", (await case_of(store, number)).letters, note=True)
    assert await check(store, number, letter=replace(note, for_reporter=b"hello")) == Refused(Fault.NOT_ALLOWED)
    assert await check(store, number, letter=note) is None
    assert (await acts(store, number))[-2:] == [("tanaka", "noted"), ("tanaka", "record_check")]
    await do(store, lambda work: work.grants.drop_grants(number, "tanaka"))
    refused = await check(store, number, "c2", letter=replace(note, message_id="n2", seen=3))
    assert refused == Refused(Fault.NOT_ALLOWED)


@pytest.mark.parametrize("who", ["sato", "mori", "ando", "nobody"])
async def test_nobody_else_has_an_overview(store: CaseStore, who: str) -> None:
    """Staff see the cases they hold keys to, the auditor logs and figures, the administrator nothing."""
    await founded(store)
    assert await store.read(ORGAN, lambda work: overview(work, TODAY, who)) == Refused(Fault.NOT_ALLOWED)


async def test_the_auditor_reads_how_far_every_log_goes(store: CaseStore) -> None:
    """Of all cases, kept from whomever; and how many alerts there are, of which kind."""
    await founded(store)
    number = await reported(store, "second", overseer=None, stand_in=None)
    await reported(store)
    await do(store, lambda work: commands.write_as_reporter(work, AT, from_reporter(concern=Concern.LEAK)))
    found = await store.read(ORGAN, lambda work: log_heads(work, "mori"))
    assert isinstance(found, LogHeads)
    assert number in {head.case_number for head in found.heads}
    assert (len(found.heads), found.alerts) == (2, {"concern": 1})
    for who in ("tanaka", "ito", "sato", "ando"):
        assert await store.read(ORGAN, lambda work, who=who: log_heads(work, who)) == Refused(Fault.NOT_ALLOWED)  # type: ignore[misc]


async def test_the_overview_says_what_a_case_needs(store: CaseStore) -> None:
    """Nobody responsible yet, and one key alone; a case whose overseer has left is still found by its desk."""
    await founded(store)
    await reported(store)
    assert (await seen(store)).cases[0].needs == (Need.OWNER, Need.SECOND_KEY)
