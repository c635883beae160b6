"""What stays unseen: a reporter's acts to investigators, counsel's cases to executives, linked cases to each other."""

from datetime import timedelta

from msgspec.structs import replace

from backend import commands, queries
from backend.commands import linking
from backend.contract import CaseLog, Compartment, Concern, Fault, Obligation, Office, RemoveGrants, SealedGrant
from backend.contract.links import LinkCases, LinkKind
from backend.contract.materials import Materials
from backend.domain.case import Refused
from backend.domain.chain import Act, fingerprint
from backend.ports import CaseStore
from backend.queries.checkpoints import log_of_case
from backend.queries.oversight import log_heads
from tests.support.handling import make_rounds
from tests.support.overseen import AT, ORGAN, do, founded, organ, reported
from tests.support.reports import TODAY, from_reporter
from tests.support.secrecy import at_ease

GONE = Refused(Fault.NOT_FOUND)


async def investigated(store: CaseStore) -> str:
    """A case whose reporter has complained, and of which suzuki has the masked version alone."""
    await founded(store)
    number = await reported(store)
    masked = SealedGrant(holder="suzuki", compartment=Compartment.MASKED, ciphertext=b"masked")
    await do(store, lambda work: work.grants.add_grants(number, (masked,)))
    await at_ease(store, number, "suzuki")
    bad = from_reporter(concern=Concern.RETALIATION)
    assert await do(store, lambda work: commands.write_as_reporter(work, AT, bad)) is None
    return number


async def test_o17_to_investigators_nothing_tells_when_a_reporter_wrote(store: CaseStore) -> None:
    """O-17: neither a line's letters, nor what is owed for a complaint, nor a log, nor a reminder."""
    number = await investigated(store)
    case = await do(store, lambda work: commands.open_case(work, AT, "suzuki", number))
    assert not isinstance(case, Refused)
    assert (case.seen, case.line.letters, case.line.awaits_answer) == (0, 0, False)
    assert Obligation.RELIEVE not in {duty.obligation for duty in case.duties} | {case.line.owes}
    for who, letters in (("sato", 1), ("suzuki", 0)):
        inbox = await store.read(ORGAN, lambda work, who=who: queries.staff_inbox(work, who))  # type: ignore[misc]
        assert [line.letters for line in inbox.cases] == [letters]
    assert isinstance(await store.read(ORGAN, lambda work: log_of_case(work, TODAY, "sato", number)), CaseLog)
    assert await store.read(ORGAN, lambda work: log_of_case(work, TODAY, "suzuki", number)) == GONE
    await make_rounds(store, TODAY + timedelta(days=60))
    for who, has_any in (("sato", True), ("suzuki", False)):
        inbox = await store.read(ORGAN, lambda work, who=who: queries.staff_inbox(work, who))  # type: ignore[misc]
        assert bool(inbox.reminders) is has_any


async def test_o04_of_outside_counsels_cases_an_executive_hands_nothing_on_and_takes_no_key(store: CaseStore) -> None:
    """O-04: their course is in no materials but the auditor's, and their keys are counsel's to give and to take."""
    await founded(store)
    number = await reported(store, "first", "suzuki", "kato", desk="counsel")
    for who, many in (("tanaka", 0), ("mori", 1)):
        found = await store.read(ORGAN, lambda work, who=who: queries.materials(work, who))  # type: ignore[misc]
        assert isinstance(found, Materials)
        assert len(found.cases) == many
    taken = RemoveGrants(holder="kato")
    assert await do(store, lambda work: commands.remove_grants(work, AT, "tanaka", number, taken)) == GONE
    assert "kato" in {each.holder for each in await store.read(ORGAN, lambda work: work.keys.holdings(number))}


async def test_the_log_of_a_case_does_not_let_its_linked_case_be_tried_out(store: CaseStore) -> None:
    """Numbers are few enough to try them all: an entry commits to what only readers of the other case know too."""
    await founded(store)
    one, other = await reported(store), await reported(store, "second", overseer="ito", stand_in=None)
    sent = LinkCases(other=other, kind=LinkKind.SAME_MATTER)
    assert await do(store, lambda work: linking.link_cases(work, AT, "sato", one, sent)) is None
    log = await store.read(ORGAN, lambda work: log_of_case(work, TODAY, "tanaka", one))
    assert isinstance(log, CaseLog)
    (entry,) = (entry for entry in log.entries if entry.act == Act.LINKED)
    said = (other.encode(), LinkKind.SAME_MATTER.encode())
    assert entry.content_hash != fingerprint(*said)
    assert entry.content_hash == fingerprint(*said, b"second")


async def test_o08_an_executive_who_audits_reads_no_log_that_is_kept_from_them(store: CaseStore) -> None:
    """O-08: of the two offices the one counts that may be kept out of cases; what auditors read is shut."""
    people = tuple(
        replace(one, offices=(*one.offices, Office.AUDITOR)) if one.staff_id == "tanaka" else one
        for one in organ().people
    )
    await founded(store, people=people)
    number = await reported(store, overseer="ito", stand_in=None)
    assert await store.read(ORGAN, lambda work: log_of_case(work, TODAY, "tanaka", number)) == GONE
    assert await store.read(ORGAN, lambda work: log_heads(work, "tanaka")) == Refused(Fault.NOT_ALLOWED)
    found = await store.read(ORGAN, lambda work: queries.materials(work, "tanaka"))
    assert isinstance(found, Materials)
    assert found.cases == ()
