"""Who may go near a case, on both databases: training, rules, declarations; what a conflict takes away."""

import pytest
from msgspec.structs import replace

from backend import commands, queries
from backend.contract import (
    AcknowledgeRules,
    AlertKind,
    CaseFile,
    Compartment,
    Declare,
    Fault,
    HouseRules,
    Obligation,
    Phase,
    RenewKeys,
    Rules,
)
from backend.domain.case import Refused
from backend.domain.holdings import RECOVERY
from backend.ports import CaseStore
from tests.support.around_case import DENIED, FACTS, GONE, IDENTITY, MASKED, Desk, handed_over, key
from tests.support.overseen import AT, DAY, ORGAN, organ
from tests.support.reports import from_staff, move
from tests.support.secrecy import at_ease


@pytest.fixture
async def desk(store: CaseStore) -> Desk:
    """A case of sato and kato, who have declared."""
    desk = await handed_over(store, "sato", "kato")
    await at_ease(store, desk.number, "sato", "kato")
    return desk


async def test_o06_without_valid_training_no_case_opens(store: CaseStore) -> None:
    """O-06: nor is one written to or moved, nor a file fetched, from the day after the last that it counts for."""
    desk = await handed_over(store, "sato")
    await at_ease(store, desk.number, "sato")
    assert isinstance(await desk.open(), CaseFile)
    roster = organ(2)
    people = tuple(replace(one, trained_until=AT.today - DAY) for one in roster.people)
    await store.write(ORGAN, lambda work: commands.publish_roster(work, AT, replace(roster, people=people)))
    untrained = Refused(Fault.UNTRAINED)
    assert await desk.open() == untrained
    assert await desk.do(commands.write_as_staff, "sato", from_staff()) == untrained
    assert await desk.do(commands.move_case, "sato", move()) == untrained
    fetched = await desk.ask(lambda work: queries.file_of_case(work, AT.today, "sato", desk.number, "f1"))
    assert fetched == untrained


async def acknowledges(store: CaseStore, version: int) -> Refused | None:
    """Sato has read the rules of a version."""
    sent = AcknowledgeRules(version=version)
    return await store.write(ORGAN, lambda work: commands.acknowledge_rules(work, AT, "sato", sent))


@pytest.mark.parametrize("version", [1, 2])
async def test_o02_the_rules_as_they_are_now_come_first(store: CaseStore, version: int) -> None:
    """O-02: an older version that was acknowledged does not count, nor does one that there is not."""
    desk = await handed_over(store, "sato")
    await at_ease(store, desk.number, "sato")
    rules = Rules(version=version, text={"ja": "規程", "en": "Rules"})
    await store.write(ORGAN, lambda work: commands.publish_roster(work, AT, organ(2, rules=rules)))
    await store.write(ORGAN, lambda work: work.declarations.acknowledge("sato", version - 1, AT.today))
    assert await desk.open() == Refused(Fault.RULES_UNREAD)
    for other in (version - 1, version + 1):
        assert await acknowledges(store, other) == Refused(Fault.CHANGED_MEANWHILE)
    for _ in range(2):
        assert await acknowledges(store, version) is None
    assert isinstance(await desk.open(), CaseFile)
    shown = await desk.ask(lambda work: queries.house_rules(work, "sato"))
    assert shown == HouseRules(rules=rules, acknowledged=version)


async def test_o08_a_declaration_is_asked_for_in_every_phase(store: CaseStore) -> None:
    """O-08: one for receipt opens nothing once the report is accepted; one for a phase that is over is refused."""
    desk = await handed_over(store, "sato")
    assert await desk.open() == Refused(Fault.UNDECLARED)
    assert await desk.declare("sato") is None
    assert await desk.declare("sato") is None
    await desk.seen()
    assert not isinstance(await desk.do(commands.move_case, "sato", move()), Refused)
    assert await desk.open() == Refused(Fault.UNDECLARED)
    stale = Declare(conflicted=False, phase=Phase.RECEIPT)
    assert await desk.do(commands.declare, "sato", stale) == Refused(Fault.CHANGED_MEANWHILE)
    assert await desk.declare("sato") is None
    await desk.seen()
    assert [act for _, act in await desk.acts()].count("declared") == 2


async def test_o08_a_conflict_takes_all_keys_and_the_attempt_is_recorded(desk: Desk) -> None:
    """O-08: for the one who has it there is no such case any more; who oversees is told; a fresh key is owed."""
    await desk.leaves("kato")
    assert {holder for holder, _ in await desk.holders()} == {"sato"}
    assert await desk.open("kato") == GONE
    await desk.do(commands.record_attempt, "kato")
    await desk.do(commands.record_attempt, "kato")
    assert (await desk.acts())[-2:] == [("kato", "conflict"), ("kato", "attempted")]
    await desk.do(commands.record_attempt, "kato", at=replace(AT, today=AT.today + DAY))
    assert [act for _, act in await desk.acts()].count("attempted") == 2
    assert await desk.told("tanaka") == {AlertKind.CONFLICT}
    assert Obligation.RENEW_KEYS in await desk.owed()
    assert Obligation.REASSIGN not in await desk.owed()
    assert await desk.declare("kato", conflicted=True) is None
    assert await desk.declare("kato") == GONE


async def test_o08_no_key_is_ever_given_to_who_declared_a_conflict(desk: Desk) -> None:
    """O-08: not by a colleague, not by the recovery key, not with a fresh key, and not by a slip of our own."""
    await desk.leaves("kato")
    assert await desk.gives("sato", key("kato")) == DENIED
    renewal = RenewKeys(compartment=FACTS, grants=(key("sato", epoch=1), key("kato", epoch=1)), letter=from_staff("k1"))
    assert await desk.do(commands.renew_keys, "sato", renewal) == Refused(Fault.CHANGED_MEANWHILE)
    await desk.store.write(ORGAN, lambda work: work.grants.add_grants(desk.number, [key("kato"), key("suzuki")]))
    assert {holder for holder, _ in await desk.holders()} == {"sato", "suzuki"}


async def test_o08_the_last_one_leaves_the_keys_to_the_recovery_key(store: CaseStore) -> None:
    """O-08: no report is lost because nobody at its desk should read it; who oversees must hand it on."""
    desk = await handed_over(store, "sato")
    assert await desk.declare("sato", conflicted=True) == Refused(Fault.CHANGED_MEANWHILE)
    assert {holder for holder, _ in await desk.holders()} == {"sato"}
    await desk.leaves("sato")
    assert await desk.holders() == {(RECOVERY, each) for each in Compartment}
    assert await desk.told("tanaka") == {AlertKind.CONFLICT, AlertKind.NOBODY_LEFT}
    assert Obligation.REASSIGN in await desk.owed()
    assert await desk.gives(RECOVERY, key("kato"), key("kato", IDENTITY), key("kato", MASKED)) is None
    case = await desk.ask(lambda work: work.retention.case(desk.number))
    assert case is not None
    assert case.desk == "branch"
    assert {Obligation.REASSIGN, Obligation.RENEW_KEYS} & await desk.owed() == {Obligation.RENEW_KEYS}
    assert AlertKind.RECOVERY_USED in await desk.told("tanaka")
    assert (RECOVERY, "granted") in await desk.acts()
    await at_ease(store, desk.number, "kato")
    await desk.seen("kato")


async def test_o08_what_one_held_alone_is_left_behind_and_nothing_else(store: CaseStore) -> None:
    """Kato reads the facts too: of sato's keys only those that kato lacks go to the recovery key."""
    desk = await handed_over(store, "sato")
    await at_ease(store, desk.number, "sato")
    assert await desk.gives("sato", key("kato")) is None
    assert {grant.compartment for grant in await desk.left("sato")} == {IDENTITY, MASKED}
    assert await desk.declare("sato", *await desk.left("sato"), key(RECOVERY), conflicted=True) == Refused(
        Fault.CHANGED_MEANWHILE
    )
    await desk.leaves("sato")
    assert await desk.holders() == {("kato", FACTS), (RECOVERY, IDENTITY), (RECOVERY, MASKED)}


async def test_o08_an_executive_with_a_conflict_oversees_it_no_more(desk: Desk) -> None:
    """O-08: the deputy does, and is told all that the executive was; after the deputy nobody does."""
    await desk.leaves("kato")
    assert await desk.declare("tanaka", conflicted=True) is None
    case = await desk.ask(lambda work: work.retention.case(desk.number))
    assert case is not None
    assert case.overseer == "ito"
    assert await desk.told("tanaka") == set()
    assert await desk.told("ito") == {AlertKind.CONFLICT}
    assert await desk.declare("ito", conflicted=True) is None
    case = await desk.ask(lambda work: work.retention.case(desk.number))
    assert case is not None
    assert case.overseer is None
    assert await desk.told("ito") == set()


async def test_who_has_nothing_to_do_with_a_case_declares_nothing_on_it(desk: Desk) -> None:
    """And cannot tell it from one that does not exist; nor can the recovery key declare."""
    for who in ("suzuki", "mori", "ando", RECOVERY):
        assert await desk.declare(who, conflicted=True) == GONE
