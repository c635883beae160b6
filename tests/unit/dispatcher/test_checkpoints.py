"""The bot signs each checkpoint once, remembers before it speaks, and says loudly what it does not sign."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from backend.contract import Checkpoint, CheckpointOffer, Growth, Tip
from backend.domain.chain import genesis
from backend.domain.checkpoints import beginning, grown, hash_of, next_checkpoint
from bot.anonymity.checkpoints import Offer, is_signed
from bot.anonymity.signing import signing_public
from bot.dispatcher.checkpoints import Checkpoints, Signer
from bot.ports.desk import DeskRefusedError, DeskUnreachableError
from bot.stores.embedded import SqliteSessionStore
from tests.support.logs import ORGAN, SEED, bots_offer
from tests.support.outside import SetClock

KEY = bytes(32)
SIGNER = Signer(ORGAN, SEED, KEY)
START = beginning(genesis(ORGAN, "first"))
DAY = date(2026, 12, 1)


def offer_of(length: int, last: Checkpoint | None = None, was: int = 0, day: date = DAY) -> CheckpointOffer:
    """A checkpoint over one log that has grown to a length."""
    hashes = tuple(bytes([number]) * 32 for number in range(1, length + 1))
    before: Tip = grown(START, hashes[:was])
    return CheckpointOffer(
        checkpoint=next_checkpoint(ORGAN, day, last, [grown(START, hashes)], b"padding"),
        padding=b"padding",
        last=last,
        last_padding=b"padding" if last else b"",
        chains=(Growth(tip=before, added=hashes[was:]),),
    )


class Desk:
    """A case store that offers what a test puts there; it may be away when a signature comes."""

    def __init__(self) -> None:
        self.offer: CheckpointOffer | None = None
        self.signed: list[tuple[int, bytes, bytes]] = []
        self.refused: list[int] = []
        self.fails: Exception | None = None

    async def offered_checkpoint(self) -> Offer | None:
        """What waits."""
        return bots_offer(self.offer) if self.offer else None

    async def checkpoint_signed(self, serial: int, signer: bytes, signature: bytes) -> None:
        """Take a signature, or be away."""
        if self.fails:
            raise self.fails
        self.signed.append((serial, signer, signature))

    async def checkpoint_refused(self, serial: int) -> None:
        """Hear of a refusal."""
        self.refused.append(serial)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteSessionStore]:
    """A store of the test's own."""
    opened = SqliteSessionStore(tmp_path / "bot.db")
    yield opened
    opened.close()


@pytest.fixture
def desk() -> Desk:
    """A case store that offers nothing yet."""
    return Desk()


@pytest.fixture
def clock() -> SetClock:
    """The first of December."""
    return SetClock()


@pytest.fixture
def checkpoints(desk: Desk, store: SqliteSessionStore, clock: SetClock) -> Checkpoints:
    """A bot's signing room."""
    return Checkpoints(desk, store, SIGNER, clock)


async def test_nothing_offered_is_nothing_signed(checkpoints: Checkpoints, desk: Desk) -> None:
    """A bot that is new, with a store that is new, has no reason for an alarm."""
    await checkpoints.round()
    assert (desk.signed, desk.refused, checkpoints.is_well) == ([], [], True)


async def test_each_checkpoint_is_signed_after_the_one_before(
    checkpoints: Checkpoints, desk: Desk, store: SqliteSessionStore
) -> None:
    """The signature verifies with the public key; of what was signed only the last is kept."""
    first = offer_of(2)
    second = offer_of(3, first.checkpoint, 2, DAY + timedelta(days=1))
    for desk.offer in (first, second):
        await checkpoints.round()
    assert [serial for serial, _, _ in desk.signed] == [1, 2]
    for offer, (_, signer, signature) in zip((first, second), desk.signed, strict=True):
        assert signer == checkpoints.public == signing_public(SEED)
        assert is_signed(signer, hash_of(offer.checkpoint), signature)
    assert len(await store.secrets("checkpoint:")) == 1


async def test_a_signature_whose_arrival_is_unknown_is_sent_again(checkpoints: Checkpoints, desk: Desk) -> None:
    """The very same one; it is no second checkpoint."""
    desk.offer, desk.fails = offer_of(2), DeskUnreachableError()
    with pytest.raises(DeskUnreachableError):
        await checkpoints.round()
    desk.fails = None
    await checkpoints.round()
    await checkpoints.round()
    assert len({signature for _, _, signature in desk.signed}) == 1


async def test_a_shortened_log_is_refused_and_raises_an_alarm_until_it_is_mended(
    checkpoints: Checkpoints, desk: Desk
) -> None:
    """Nobody is kept from reporting by it; whoever operates the bot sees it."""
    first = offer_of(3)
    desk.offer = first
    await checkpoints.round()
    tomorrow = DAY + timedelta(days=1)
    short = next_checkpoint(ORGAN, tomorrow, first.checkpoint, [grown(START, [b"\1" * 32])], b"padding")
    desk.offer = replace(offer_of(3, first.checkpoint, 3, tomorrow), checkpoint=short)
    await checkpoints.round()
    assert (desk.refused, checkpoints.is_well, len(desk.signed)) == ([2], False, 1)
    desk.offer = offer_of(4, first.checkpoint, 3, tomorrow)
    await checkpoints.round()
    assert (len(desk.signed), checkpoints.is_well) == (2, True)


async def test_what_was_signed_is_remembered_by_the_next_start(
    checkpoints: Checkpoints, desk: Desk, store: SqliteSessionStore, clock: SetClock
) -> None:
    """A store that begins anew with a fresh chain is refused by a bot that has signed another."""
    desk.offer = offer_of(3)
    await checkpoints.round()
    restarted = Checkpoints(desk, store, SIGNER, clock)
    desk.offer = offer_of(1)
    await restarted.round()
    assert (desk.refused, restarted.is_well) == ([1], False)


async def test_a_new_key_begins_anew(
    checkpoints: Checkpoints, desk: Desk, store: SqliteSessionStore, clock: SetClock
) -> None:
    """The way out after a backup had to be restored; everyone sees that the key is another one."""
    desk.offer = offer_of(3)
    await checkpoints.round()
    renewed = Checkpoints(desk, store, Signer(ORGAN, bytes(32), KEY), clock)
    desk.offer = offer_of(1)
    await renewed.round()
    assert [signer for _, signer, _ in desk.signed] == [checkpoints.public, renewed.public]


async def test_of_two_checkpoints_with_one_number_one_is_signed(store: SqliteSessionStore, clock: SetClock) -> None:
    """A store that shows one to each of two bots at the same moment gets a signature for one alone."""
    desks = Desk(), Desk()
    for desk, length in zip(desks, (2, 5), strict=True):
        desk.offer = offer_of(length)
    await asyncio.gather(*(Checkpoints(desk, store, SIGNER, clock).round() for desk in desks))
    assert sorted(len(desk.signed) for desk in desks) == [0, 1]


async def test_a_store_that_shows_no_checkpoint_for_days_raises_an_alarm(
    checkpoints: Checkpoints, desk: Desk, clock: SetClock
) -> None:
    """Whoever tampers would rather not be asked."""
    desk.offer = offer_of(2)
    await checkpoints.round()
    desk.offer = None
    for days, is_well in ((3, True), (1, False)):
        clock.time += timedelta(days=days)
        await checkpoints.round()
        assert checkpoints.is_well is is_well


async def test_a_signature_that_the_store_refuses_raises_an_alarm(checkpoints: Checkpoints, desk: Desk) -> None:
    """It has published another one under that number."""
    desk.offer, desk.fails = offer_of(2), DeskRefusedError("changed_meanwhile")
    await checkpoints.round()
    assert not checkpoints.is_well


def test_the_seed_does_not_show() -> None:
    """Not even where the signer is printed."""
    assert repr(SIGNER) == f"<Signer {ORGAN}>"
