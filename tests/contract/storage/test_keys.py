"""How keys of a case go round, on both databases: given, taken, made fresh, masked, recovered."""

import pytest
from msgspec.structs import replace

from backend import commands, queries
from backend.contract import (
    AddMasked,
    AlertKind,
    Compartment,
    Ending,
    Fault,
    Holders,
    Move,
    Obligation,
    RemoveGrants,
    RenewKeys,
    SealedGrant,
    SealedPart,
)
from backend.domain.case import Refused
from backend.domain.holdings import RECOVERY
from backend.ports import CaseStore
from tests.support.around_case import DENIED, FACTS, GONE, IDENTITY, MASKED, Desk, handed_over, key
from tests.support.overseen import AT, ORGAN
from tests.support.reports import from_reporter, from_staff, move
from tests.support.secrecy import at_ease


@pytest.fixture
async def desk(store: CaseStore) -> Desk:
    """A case of sato and kato, who have declared."""
    desk = await handed_over(store, "sato", "kato")
    await at_ease(store, desk.number, "sato", "kato")
    return desk


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
    refusal = move(Move.RECORD_NO_CONSENT, letter=from_staff("c0", note=True), on=AT.today)
    assert not isinstance(await desk.do(commands.move_case, "sato", refusal), Refused)
    assert await desk.gives("sato", key("tanaka", IDENTITY)) == Refused(Fault.REASON_NEEDED)
    consent = move(Move.RECORD_CONSENT, letter=from_staff("c1", 1, note=True), on=AT.today)
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
