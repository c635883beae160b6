"""What staff write down counts from its arrival, once, and gives them no key by itself."""

from datetime import timedelta

import pytest

from backend import commands, queries
from backend.contract import CaseFile, CaseLine, Ending, Entry, Fault, Obligation, Receipt, StaffInbox
from backend.domain.case import Refused
from backend.ports import CaseStore
from tests.support.reports import TODAY, circumstances, publication, submission
from tests.support.secrecy import at_ease

ORGAN = "ministry"
AT = circumstances()
ARRIVED = TODAY - timedelta(days=12)


def entry(name: str = "by post", **more: object) -> Entry:
    """A letter that came twelve days ago, granted to sato."""
    given: dict[str, object] = {"submission": submission(name.replace(" ", "-")), "arrived_on": ARRIVED}
    return Entry(**(given | more))  # type: ignore[arg-type]


async def enters(store: CaseStore, sent: Entry, who: str = "suzuki") -> tuple[Receipt, bool] | Refused:
    """Somebody of the desk enters it."""
    return await store.write(ORGAN, lambda work: commands.enter(work, AT, who, sent))


async def opened(store: CaseStore, number: str, who: str = "sato") -> CaseFile | Refused:
    """Somebody of the desk opens it."""
    return await store.write(ORGAN, lambda work: commands.open_case(work, AT, who, number))


@pytest.fixture
async def number(store: CaseStore) -> str:
    """The number of a letter's case; suzuki entered it, and sato may read it."""
    await store.write(ORGAN, lambda work: commands.publish_roster(work, AT, publication()))
    outcome = await enters(store, entry())
    assert isinstance(outcome, tuple)
    await at_ease(store, outcome[0].case_number, "sato")
    return outcome[0].case_number


async def case_of(store: CaseStore, number: str) -> CaseFile:
    """The case as sato has it."""
    case = await opened(store, number)
    assert isinstance(case, CaseFile)
    return case


async def says_it_left(store: CaseStore, who: str, number: str) -> Refused | None:
    """Somebody says that the acknowledgement has left."""
    return await store.write(ORGAN, lambda work: commands.acknowledged(work, AT, who, number))


async def test_o14_the_clock_starts_at_arrival(store: CaseStore, number: str) -> None:
    """O-14: not when somebody found the time to enter it."""
    case = await case_of(store, number)
    assert case.line.received_on == ARRIVED
    acknowledge = next(duty for duty in case.duties if duty.obligation is Obligation.ACKNOWLEDGE)
    assert acknowledge.begun_on == ARRIVED
    assert acknowledge.due_on < TODAY
    assert case.line.owes is Obligation.ACKNOWLEDGE
    assert [(one.act, one.actor, one.on) for one in case.log][:1] == [("entered", "suzuki", TODAY)]


async def test_whoever_entered_it_without_a_grant_has_none_afterwards(store: CaseStore, number: str) -> None:
    """They see no such case."""
    assert await opened(store, number, "suzuki") == Refused(Fault.NOT_FOUND)
    inbox = await store.read(ORGAN, lambda work: queries.staff_inbox(work, "suzuki"))
    assert isinstance(inbox, StaffInbox)
    assert inbox.cases == ()


async def test_the_same_entry_again_is_the_same_case(store: CaseStore, number: str) -> None:
    """After an answer that never came."""
    again = await enters(store, entry())
    assert isinstance(again, tuple)
    assert (again[0].case_number, again[0].received_on, again[1]) == (number, ARRIVED, False)


async def test_o14_the_acknowledgement_is_owed_until_it_has_left(store: CaseStore, number: str) -> None:
    """O-14: said by whoever entered it, once; after that the decision on acceptance is owed next."""
    assert await says_it_left(store, "suzuki", number) is None
    assert await says_it_left(store, "suzuki", number) is None
    case = await case_of(store, number)
    (duty,) = [duty for duty in case.duties if duty.obligation is Obligation.ACKNOWLEDGE]
    assert (duty.ending, duty.ended_on) == (Ending.DONE, TODAY)
    assert case.line.owes is Obligation.DECIDE_ACCEPTANCE
    assert [one.act for one in case.log].count("acknowledge") == 1


async def test_nobody_says_it_for_another(store: CaseStore, number: str) -> None:
    """Nor for a report that came by a chat, nor for one that does not exist."""
    by_chat = await store.write(ORGAN, lambda work: commands.submit(work, AT, submission()))
    assert isinstance(by_chat, tuple)
    other = by_chat[0].case_number
    for who, which in (("sato", number), ("reporter", other), ("suzuki", other), ("suzuki", "2026-000000")):
        assert await says_it_left(store, who, which) == Refused(Fault.NOT_FOUND)


@pytest.mark.usefixtures("number")
async def test_o14_where_there_is_nowhere_to_send_it_the_reason_is_recorded(store: CaseStore) -> None:
    """O-14, O-13: with a code of the organ's exceptions, and with no other."""
    outcome = await enters(store, entry("in the box", unsaid="anonymous"))
    assert isinstance(outcome, tuple)
    await at_ease(store, outcome[0].case_number, "sato")
    case = await case_of(store, outcome[0].case_number)
    (duty,) = [duty for duty in case.duties if duty.obligation is Obligation.ACKNOWLEDGE]
    assert (duty.ending, duty.ended_on) == (Ending.UNSAID, TODAY)
    assert [one.act for one in case.log][:2] == ["entered", "acknowledge"]
    assert await enters(store, entry("lazy", unsaid="no time")) == Refused(Fault.NOT_UNSAID)


@pytest.mark.usefixtures("number")
async def test_a_day_to_come_is_refused(store: CaseStore) -> None:
    """Nothing arrives tomorrow."""
    assert await enters(store, entry("early", arrived_on=TODAY + timedelta(days=1))) == Refused(Fault.DATE_NEEDED)
    today = await enters(store, entry("today", arrived_on=TODAY))
    assert isinstance(today, tuple)


@pytest.mark.usefixtures("number")
async def test_an_entry_that_names_a_file_that_is_not_there_is_refused(store: CaseStore) -> None:
    """Nothing of it is kept."""
    missing = entry("scan", submission=submission("scan", file_ids=("f9",)))
    assert await enters(store, missing) == Refused(Fault.FILE_MISSING)
    inbox = await store.read(ORGAN, lambda work: queries.staff_inbox(work, "sato"))
    assert isinstance(inbox, StaffInbox)
    assert [isinstance(line, CaseLine) for line in inbox.cases] == [True]
