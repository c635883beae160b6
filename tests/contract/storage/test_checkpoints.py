"""Checkpoints are made once a day, hold every case, outlive destruction, and are published only signed."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from backend import commands
from backend.commands.checkpoints import make_checkpoint, refuse_checkpoint, sign_checkpoint
from backend.contract import (
    CaseLog,
    CheckpointOffer,
    CheckpointRefusal,
    Checkpoints,
    CheckpointSignature,
    Fault,
    Office,
    Person,
    Phase,
    Stage,
)
from backend.domain.case import Refused, recorded
from backend.domain.chain import fingerprint, genesis
from backend.domain.retention import Keeping
from backend.ports import CaseStore, Circumstances, Work
from backend.queries.checkpoints import log_of_case, offered_checkpoint, published_checkpoints
from bot.anonymity import checkpoints as bots
from bot.anonymity.signing import signing_public
from madoguchi.verify import Proven, examine
from tests.support.logs import SEED, bots_checkpoint, bots_offer
from tests.support.reports import TODAY, CountedChance, circumstances, from_staff, publication, submission, token_hash
from tests.support.secrecy import at_ease

ORGAN = "ministry"
_CHANCE = CountedChance()


def on(days: int) -> Circumstances:
    """So many days after the first."""
    return replace(circumstances(today=TODAY + timedelta(days=days)), chance=_CHANCE)


async def make(store: CaseStore, days: int, organ: str = ORGAN) -> bool:
    """Do the duty."""
    return await store.write(organ, lambda work: make_checkpoint(work, on(days)))


async def offer(store: CaseStore, organ: str = ORGAN) -> CheckpointOffer | Refused:
    """What the bot may sign."""
    return await store.read(organ, offered_checkpoint)


async def put(store: CaseStore, sent: CheckpointSignature, organ: str = ORGAN) -> Refused | None:
    """Bring a signature."""
    return await store.write(organ, lambda work: sign_checkpoint(work, on(0), sent))


async def published(store: CaseStore, organ: str = ORGAN) -> Checkpoints:
    """What anyone may have."""
    return await store.read(organ, published_checkpoints)


async def sign(store: CaseStore, last: bots.Checkpoint | None, today: date) -> bots.Checkpoint:
    """Check and sign what is offered, as the bot does."""
    offered = await offer(store)
    assert isinstance(offered, CheckpointOffer)
    theirs = bots_offer(offered)
    bots.check(theirs, last, ORGAN, today)
    assert await put(store, signature(offered)) is None
    return theirs.checkpoint


def signature(offered: CheckpointOffer, seed: bytes = SEED) -> CheckpointSignature:
    """The bot's signature for what is offered."""
    signed = bots.sign_checkpoint(seed, bots_checkpoint(offered.checkpoint))
    return CheckpointSignature(serial=offered.checkpoint.serial, signer=signing_public(seed), signature=signed)


async def log(store: CaseStore, number: str, who: str = "sato", today: date = TODAY) -> CaseLog | Refused:
    """A case's log, for somebody."""
    return await store.read(ORGAN, lambda work: log_of_case(work, today, who, number))


Write = Callable[[str], Awaitable[str]]


@pytest.fixture
async def receive(store: CaseStore) -> Write:
    """Takes reports that go by a name and are granted to sato; returns the number of the case."""
    auditor = Person(staff_id="audit", credential_hash=token_hash("audit"), offices=(Office.AUDITOR,))
    roster = publication()
    roster = replace(roster, people=(*roster.people, auditor))
    await store.write(ORGAN, lambda work: commands.publish_roster(work, on(0), roster))

    async def received(name: str) -> str:
        outcome = await store.write(ORGAN, lambda work: commands.submit(work, on(0), submission(name)))
        assert isinstance(outcome, tuple)
        await at_ease(store, outcome[0].case_number, "sato")
        return outcome[0].case_number

    return received


async def write(store: CaseStore, number: str, message_id: str, seen: int) -> None:
    """A staff member answers: one more entry."""
    sent = from_staff(message_id, seen=seen)
    assert await store.write(ORGAN, lambda work: commands.write_as_staff(work, on(0), "sato", number, sent)) is None


async def destroy(store: CaseStore, number: str) -> None:
    """What is left of a case: its row, and the receipt at the end of its log."""

    def end(work: Work) -> None:
        case = work.retention.case(number)
        assert case is not None
        _, receipt = recorded(case, Keeping.DESTROYED, "minister", TODAY, fingerprint())
        work.checkpoints.outlive(number, genesis(work.organ, case.submission_id))
        work.retention.erase(case)
        end_of_log = {"log_length": receipt.sequence + 1, "log_head": receipt.entry_hash}
        work.cases.save(replace(case, stage=Stage.DESTROYED, **end_of_log))
        work.cases.add_entry(number, receipt)

    await store.write(ORGAN, end)


async def test_an_organ_without_cases_has_checkpoints_too(store: CaseStore) -> None:
    """That there is no case is committed to as well, and looks the same."""
    assert await make(store, 0)
    first = await sign(store, None, TODAY)
    assert (first.serial, first.size) == (1, 1024)


async def test_a_day_has_one_checkpoint_however_often_it_is_made(store: CaseStore, receive: Write) -> None:
    """Also when it is signed by then, and when the clock goes back."""
    await receive("first")
    assert [await make(store, 0), await make(store, 0)] == [True, False]
    await sign(store, None, TODAY)
    assert [await make(store, 0), await make(store, -1)] == [False, False]
    assert await make(store, 1)


async def test_many_schedulers_make_one_checkpoint(store: CaseStore, receive: Write) -> None:
    """Whoever comes second finds it made."""
    await receive("first")
    assert sorted(await asyncio.gather(*(make(store, 0) for _ in range(6)))) == [False] * 5 + [True]
    await sign(store, None, TODAY)
    assert sorted(await asyncio.gather(*(make(store, 1) for _ in range(6)))) == [False] * 5 + [True]


async def test_a_month_without_a_bot_is_made_up_for_by_one(store: CaseStore, receive: Write) -> None:
    """The one that waited, and then one for all days since."""
    await receive("first")
    made = [await make(store, day) for day in range(30)]
    assert made == [True] + [False] * 29
    await receive("second")
    first = await sign(store, None, TODAY)
    assert await make(store, 30)
    second = await sign(store, first, TODAY + timedelta(days=30))
    assert second.serial == 2
    assert [each.checkpoint.serial for each in (await published(store)).signed] == [1, 2]


async def test_the_bot_can_check_each_from_what_is_offered(store: CaseStore, receive: Write) -> None:
    """New cases, grown logs and such as have not changed; every entry stays unseen."""
    numbers = [await receive(name) for name in ("first", "second", "third")]
    await make(store, 0)
    last = await sign(store, None, TODAY)
    for day in (1, 2, 3):
        await write(store, numbers[0], f"s{day}", day - 1)
        numbers.append(await receive(f"more-{day}"))
        await make(store, day)
        last = await sign(store, last, TODAY + timedelta(days=day))
    assert isinstance(await offer(store), Refused)
    for number in numbers:
        found = await log(store, number)
        assert isinstance(found, CaseLog)
        verdict = examine(found, await published(store), [signing_public(SEED)])
        assert isinstance(verdict, Proven)
        assert (verdict.entries, verdict.newer) == (found.length, 0)
        assert verdict.by is not None
        assert verdict.by.checkpoint.serial == 4


async def test_what_is_not_signed_is_not_published(store: CaseStore) -> None:
    """Nobody is shown what the bot has not checked."""
    await make(store, 0)
    assert (await published(store)).signed == ()


async def test_a_signature_stays_as_it_is(store: CaseStore) -> None:
    """The same again is fine, another one is refused, and so is one for nothing."""
    await make(store, 0)
    offered = await offer(store)
    assert isinstance(offered, CheckpointOffer)
    assert [await put(store, signature(offered)) for _ in range(2)] == [None, None]
    other = signature(offered, bytes(32))
    assert await put(store, other) == Refused(Fault.CHANGED_MEANWHILE)
    assert await put(store, replace(other, serial=2)) == Refused(Fault.NOT_FOUND)
    assert [each.signer for each in (await published(store)).signed] == [signing_public(SEED)]


async def test_a_refused_checkpoint_is_made_anew(store: CaseStore, receive: Write) -> None:
    """Under the same number, from what the logs are by then; a signed one cannot be refused any more."""
    await receive("first")
    await make(store, 0)
    refused = CheckpointRefusal(serial=1)
    await store.write(ORGAN, lambda work: refuse_checkpoint(work, on(0), refused))
    assert isinstance(await offer(store), Refused)
    await receive("second")
    assert await make(store, 0)
    last = await sign(store, None, TODAY)
    await store.write(ORGAN, lambda work: refuse_checkpoint(work, on(0), refused))
    assert await make(store, 1)
    await sign(store, last, TODAY + timedelta(days=1))


async def test_organs_have_checkpoints_of_their_own(store: CaseStore, receive: Write) -> None:
    """One organ's cases and signatures are nothing to another's."""
    await receive("first")
    assert [await make(store, 0), await make(store, 0, "agency")] == [True, True]
    await sign(store, None, TODAY)
    theirs = await offer(store, "agency")
    assert isinstance(theirs, CheckpointOffer)
    assert (theirs.checkpoint.organ, theirs.chains) == ("agency", ())
    assert (await published(store, "agency")).signed == ()


async def test_a_log_is_shown_to_who_may_read_it(store: CaseStore, receive: Write) -> None:
    """Who has no grant and no office hears that there is none; who has a grant needs what opening needs."""
    number = await receive("first")
    assert isinstance(await log(store, number), CaseLog)
    assert isinstance(await log(store, number, "audit"), CaseLog)
    assert await log(store, number, "suzuki") == Refused(Fault.NOT_FOUND)
    assert await log(store, number, today=date.max) == Refused(Fault.UNTRAINED)
    assert isinstance(await log(store, number, "audit", date.max), CaseLog)
    await store.write(
        ORGAN, lambda work: work.declarations.declare(number, "sato", Phase.RECEIPT, TODAY, conflicted=True)
    )
    assert await log(store, number) == Refused(Fault.UNDECLARED)
    assert await log(store, "2026-ZZZZZZ") == Refused(Fault.NOT_FOUND)


async def test_the_log_of_a_destroyed_case_is_proven_to_its_receipt(store: CaseStore, receive: Write) -> None:
    """Also when it was destroyed on the day on which most of it was written."""
    number = await receive("first")
    await make(store, 0)
    last = await sign(store, None, TODAY)
    await write(store, number, "s1", 0)
    await write(store, number, "s2", 1)
    await destroy(store, number)
    await make(store, 1)
    last = await sign(store, last, TODAY + timedelta(days=1))
    found = await log(store, number, "audit")
    assert isinstance(found, CaseLog)
    assert [(entry.sequence, entry.act) for entry in found.entries] == [(3, "destroyed")]
    verdict = examine(found, await published(store))
    assert verdict == Proven(4, 0, (await published(store)).signed[-1], destroyed=True)
    await make(store, 2)
    assert (await sign(store, last, TODAY + timedelta(days=2))).serial == 3
