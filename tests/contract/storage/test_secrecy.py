"""Who may go near a case: training, rules, declarations; what a conflict takes away; how keys go round."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from msgspec.structs import replace

from backend import commands, queries
from backend.contract import (
    AcknowledgeRules,
    AddMasked,
    AlertKind,
    CaseFile,
    Compartment,
    Declare,
    Ending,
    Fault,
    GiveGrants,
    Holders,
    HouseRules,
    Move,
    Obligation,
    Parting,
    Phase,
    RemoveGrants,
    RenewKeys,
    Rules,
    SealedGrant,
    SealedPart,
)
from backend.domain.case import Refused
from backend.domain.holdings import RECOVERY
from backend.ports import CaseStore, Circumstances, Work
from tests.support.overseen import AT, DAY, ORGAN, organ
from tests.support.reports import from_reporter, from_staff, move, submission
from tests.support.secrecy import at_ease

T = TypeVar("T")

FACTS, IDENTITY, MASKED = Compartment.FACTS, Compartment.IDENTITY, Compartment.MASKED
DENIED, GONE = Refused(Fault.NOT_ALLOWED), Refused(Fault.NOT_FOUND)


class Desk:
    """What people do to one case of a store."""

    def __init__(self, store: CaseStore, number: str) -> None:
        self.store = store
        self.number = number

    async def do(self, command: Callable[..., T], who: str, *sent: object, at: Circumstances = AT) -> T:
        """Somebody does something to the case."""
        return await self.store.write(ORGAN, lambda work: command(work, at, who, self.number, *sent))

    async def ask(self, question: Callable[[Work], T]) -> T:
        """Look into the store."""
        return await self.store.read(ORGAN, question)

    async def open(self, who: str = "sato", at: Circumstances = AT) -> CaseFile | Refused:
        """Somebody opens it."""
        return await self.do(commands.open_case, who, at=at)

    async def seen(self, who: str = "sato") -> CaseFile:
        """Somebody opens it, which goes well."""
        found = await self.open(who)
        assert isinstance(found, CaseFile), found
        return found

    async def declare(self, who: str, *parting: SealedGrant, conflicted: bool = False) -> Refused | None:
        """Somebody declares."""
        return await self.do(commands.declare, who, Declare(conflicted=conflicted, parting=parting))

    async def leaves(self, who: str) -> None:
        """Somebody has a conflict, and leaves behind what nobody else holds."""
        assert await self.declare(who, *await self.left(who), conflicted=True) is None

    async def left(self, who: str) -> list[SealedGrant]:
        """What somebody has to leave behind, sealed to the recovery key."""
        mine = await self.ask(lambda work: queries.parting(work, who, self.number))
        return [replace(grant, holder=RECOVERY) for grant in mine.grants] if isinstance(mine, Parting) else []

    async def gives(self, who: str, *grants: SealedGrant, cause: str | None = None) -> Refused | None:
        """Somebody gives keys."""
        return await self.do(commands.give_grants, who, GiveGrants(grants=grants, cause=cause))

    async def owed(self) -> set[Obligation]:
        """What is owed on it."""
        return {
            duty.obligation for duty in await self.ask(lambda work: work.duties.of(self.number)) if not duty.ended_on
        }

    async def told(self, who: str) -> set[AlertKind]:
        """What somebody is told of it."""
        return {alert.what for alert in await self.ask(lambda work: work.cases.alerts(who))}

    async def holders(self) -> set[tuple[str, str]]:
        """Who holds what."""
        return {
            (each.holder, each.compartment) for each in await self.ask(lambda work: work.keys.holdings(self.number))
        }

    async def acts(self) -> list[tuple[str, str]]:
        """What stands in the log."""
        entries = await self.ask(lambda work: work.materials.log(self.number))
        return [(entry.actor, entry.act) for entry in entries]


def key(holder: str, compartment: Compartment = FACTS, epoch: int = 0) -> SealedGrant:
    """A key for somebody."""
    return SealedGrant(
        holder=holder, compartment=compartment, ciphertext=f"{holder} {compartment} {epoch}".encode(), epoch=epoch
    )


async def handed_over(store: CaseStore, *holders: str, name: str = "first") -> Desk:
    """A case that these people hold all keys of; nobody has declared anything."""
    await store.write(ORGAN, lambda work: commands.publish_roster(work, AT, organ()))
    sent = submission(name, holders, overseer="tanaka", stand_in="ito")
    outcome = await store.write(ORGAN, lambda work: commands.submit(work, AT, sent))
    assert isinstance(outcome, tuple)
    return Desk(store, outcome[0].case_number)


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


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (key("ando"), Fault.NOT_ALLOWED),
        (key("mori"), Fault.NOT_ALLOWED),
        (key("stranger"), Fault.NOT_ALLOWED),
        (key(RECOVERY), Fault.NOT_ALLOWED),
        (key("suzuki", FACTS, 1), Fault.CHANGED_MEANWHILE),
        (key("suzuki", IDENTITY), Fault.REASON_NEEDED),
    ],
    ids=["administrator", "auditor", "nobody", "recovery key", "made-up key pair", "identity beyond the desk"],
)
async def test_keys_are_given_to_members_who_may_have_them(desk: Desk, given: SealedGrant, fault: Fault) -> None:
    """What stands against it is said; nothing is kept."""
    before = await desk.holders()
    assert await desk.gives("sato", given) == Refused(fault)
    assert await desk.holders() == before


async def test_nobody_gives_what_they_do_not_hold(desk: Desk) -> None:
    """A member with the masked version alone gives no facts on."""
    assert await desk.gives("sato", key("suzuki", MASKED)) is None
    await at_ease(desk.store, desk.number, "suzuki")
    assert await desk.gives("suzuki", key("tanaka")) == DENIED
    assert await desk.gives("suzuki", key("tanaka", MASKED)) is None


async def test_o17_who_the_reporter_is_leaves_the_desk_with_their_consent_or_a_just_cause(desk: Desk) -> None:
    """O-17: the consent is on record, or a cause of the organ's list is."""
    assert await desk.gives("sato", key("suzuki", IDENTITY), cause="whim") == Refused(Fault.REASON_NEEDED)
    assert await desk.gives("sato", key("suzuki", IDENTITY), cause="relief_needs_it") is None
    assert await desk.gives("sato", key("tanaka", IDENTITY)) == Refused(Fault.REASON_NEEDED)
    consent = move(Move.RECORD_CONSENT, letter=from_staff("c1", note=True), on=AT.today)
    assert not isinstance(await desk.do(commands.move_case, "sato", consent), Refused)
    assert await desk.gives("sato", key("tanaka", IDENTITY)) is None


async def test_o17_an_investigator_has_the_masked_version_and_nothing_else(desk: Desk) -> None:
    """O-17: no facts, no identity, no thread, no file, no log; what they find goes back the same way."""
    assert await desk.do(commands.write_as_staff, "sato", from_staff()) is None
    version = SealedPart(part_id="masked-0001", compartment=MASKED, ciphertext=b"masked")
    assert await desk.do(commands.add_masked, "sato", AddMasked(part=version)) is None
    assert await desk.do(commands.add_masked, "sato", AddMasked(part=version)) is None
    assert await desk.gives("sato", key("suzuki", MASKED)) is None
    await at_ease(desk.store, desk.number, "suzuki")
    case = await desk.seen("suzuki")
    assert [part.ciphertext for part in case.parts] == [b"masked"]
    assert (case.letters, case.files, case.log) == ((), (), ())
    assert await desk.do(commands.write_as_staff, "suzuki", from_staff("s2", seen=1)) == DENIED
    assert await desk.do(commands.move_case, "suzuki", move(letter=from_staff("s2", seen=1))) == DENIED
    found = SealedPart(part_id="masked-0002", compartment=MASKED, ciphertext=b"found")
    assert await desk.do(commands.add_masked, "suzuki", AddMasked(part=found)) is None
    assert b"found" in [part.ciphertext for part in (await desk.seen()).parts]
    assert [act for _, act in await desk.acts()].count("masked") == 2
    elsewhere = replace(found, part_id="x", compartment=FACTS)
    assert await desk.do(commands.add_masked, "suzuki", AddMasked(part=elsewhere)) == DENIED


async def test_owner_and_overseer_take_keys_away_and_everyone_gives_up_their_own(desk: Desk) -> None:
    """A colleague does not; the last keys are never taken, only left behind."""
    assert await desk.do(commands.remove_grants, "kato", RemoveGrants(holder="sato")) == DENIED
    assert await desk.do(commands.remove_grants, "suzuki", RemoveGrants(holder="sato")) == GONE
    assert await desk.do(commands.remove_grants, "tanaka", RemoveGrants(holder="kato")) is None
    assert await desk.do(commands.remove_grants, "tanaka", RemoveGrants(holder="kato")) is None
    assert ("tanaka", "ungranted") in await desk.acts()
    assert await desk.do(commands.remove_grants, "tanaka", RemoveGrants(holder="sato")) == Refused(Fault.NOT_YET)
    theirs = RemoveGrants(holder="sato", parting=tuple(key(RECOVERY, each) for each in Compartment))
    assert await desk.do(commands.remove_grants, "tanaka", theirs) == DENIED
    own = RemoveGrants(holder="sato", parting=tuple(await desk.left("sato")))
    assert await desk.do(commands.remove_grants, "sato", own) is None
    assert {holder for holder, _ in await desk.holders()} == {RECOVERY}


async def test_a_fresh_key_reaches_all_who_read_on_and_is_no_answer(desk: Desk) -> None:
    """It keeps what they had beside it; the duty ends when each compartment has its own."""
    await desk.store.write(ORGAN, lambda work: commands.write_as_reporter(work, AT, from_reporter()))
    assert await desk.gives("sato", key("suzuki"), key("suzuki", MASKED)) is None
    assert await desk.do(commands.remove_grants, "tanaka", RemoveGrants(holder="kato")) is None
    await at_ease(desk.store, desk.number, "suzuki")
    held = await desk.ask(lambda work: queries.holders(work, AT.today, "sato", desk.number))
    assert isinstance(held, Holders)
    assert set(held.stale) == set(Compartment)
    for seen, compartment in enumerate(Compartment, 1):
        who = ("sato",) if compartment is IDENTITY else ("sato", "suzuki")
        fresh = tuple(key(each, compartment, 1) for each in who)
        letter = from_staff(f"k{seen}", seen)
        for lacking in (
            fresh[1:],
            (*fresh, key("kato", compartment, 1)),
            tuple(replace(one, epoch=2) for one in fresh),
        ):
            sent = RenewKeys(compartment=compartment, grants=lacking, letter=letter)
            assert await desk.do(commands.renew_keys, "sato", sent) == Refused(Fault.CHANGED_MEANWHILE)
        assert Obligation.RENEW_KEYS in await desk.owed()
        sent = RenewKeys(compartment=compartment, grants=fresh, letter=letter)
        assert await desk.do(commands.renew_keys, "sato", sent) is None
        assert await desk.do(commands.renew_keys, "sato", sent) is None
    duties = {duty.obligation: duty for duty in await desk.ask(lambda work: work.duties.of(desk.number))}
    assert duties[Obligation.RENEW_KEYS].ending is Ending.DONE
    case = await desk.seen("suzuki")
    assert [(grant.compartment, grant.epoch) for grant in case.grants] == [
        (FACTS, 0), (FACTS, 1), (MASKED, 0), (MASKED, 1),
    ]  # fmt: skip
    assert (case.seen, case.line.awaits_answer) == (4, True)


async def test_only_who_holds_a_compartment_renews_it(desk: Desk) -> None:
    """And only with a letter that tells the reporter."""
    assert await desk.gives("sato", key("suzuki")) is None
    await at_ease(desk.store, desk.number, "suzuki")
    everyone = tuple(key(who, IDENTITY, 1) for who in ("sato", "kato"))
    sent = RenewKeys(compartment=IDENTITY, grants=everyone, letter=from_staff("k1"))
    assert await desk.do(commands.renew_keys, "suzuki", sent) == DENIED
    untold = replace(sent, letter=from_staff("k1", note=True))
    assert await desk.do(commands.renew_keys, "sato", untold) == DENIED
    assert await desk.do(commands.renew_keys, "sato", sent) is None


async def test_the_recovery_key_opens_without_a_declaration_and_the_overseer_is_told(store: CaseStore) -> None:
    """Two people have come together for it: nobody's training counts for both. They write nothing."""
    desk = await handed_over(store, RECOVERY)
    case = await desk.seen(RECOVERY)
    assert case.log[-1].actor == RECOVERY
    assert await desk.told("tanaka") == {AlertKind.RECOVERY_USED}
    assert await desk.do(commands.write_as_staff, RECOVERY, from_staff()) == Refused(Fault.UNTRAINED)


async def test_of_one_organs_declarations_another_knows_nothing(desk: Desk) -> None:
    """Nor of its keys; the same person there has acknowledged nothing."""
    await desk.leaves("kato")
    agency = "agency"
    assert await desk.store.read(agency, lambda work: work.declarations.conflicted(desk.number)) == set()
    assert await desk.store.read(agency, lambda work: work.keys.holdings(desk.number)) == []
    assert await desk.store.read(agency, lambda work: work.keys.stale(desk.number)) == set()
    await desk.store.write(agency, lambda work: commands.record_attempt(work, AT, "kato", desk.number))
    assert (await desk.acts())[-1] == ("kato", "conflict")


async def test_what_only_the_recovery_key_holds_owes_a_fresh_key_to_who_is_given_it_next(store: CaseStore) -> None:
    """Else the duty would never end at a desk where nobody may know who the reporter is."""
    desk = await handed_over(store, "sato")
    assert await desk.declare("sato") is None
    assert await desk.gives("sato", key("kato")) is None
    await desk.leaves("sato")
    await at_ease(store, desk.number, "kato")
    sent = RenewKeys(compartment=FACTS, grants=(key("kato", epoch=1),), letter=from_staff("k1"))
    assert await desk.do(commands.renew_keys, "kato", sent) is None
    assert Obligation.RENEW_KEYS not in await desk.owed()
    assert await desk.gives(RECOVERY, key("kato", IDENTITY)) is None
    assert Obligation.RENEW_KEYS in await desk.owed()
    sent = RenewKeys(
        compartment=IDENTITY,
        grants=(key("kato", IDENTITY, 1), key(RECOVERY, IDENTITY, 1)),
        letter=from_staff("k2", seen=1),
    )
    assert await desk.do(commands.renew_keys, "kato", sent) is None
    assert Obligation.RENEW_KEYS not in await desk.owed()
