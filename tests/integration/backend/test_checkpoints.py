"""Checkpoints over HTTP: made by the clock, signed by the bot alone, published for everyone."""

import asyncio

import pytest
from msgspec.structs import replace

from backend.contract import CaseLog, CheckpointOffer, CheckpointRefusal, Checkpoints, CheckpointSignature, Fault
from bot.anonymity.checkpoints import check, sign_checkpoint
from bot.anonymity.signing import signing_public
from madoguchi.verify import Proven, examine
from tests.support.backend_server import Client, Server
from tests.support.logs import SEED, bots_checkpoint, bots_offer
from tests.support.reports import TODAY

PUBLIC = "/public/ministry/checkpoints"


@pytest.fixture
async def offer(server: Server, bot: Client, number: str) -> CheckpointOffer:
    """What the bot may sign once the first day has passed."""
    assert number
    await signed(bot)
    server.clock.move(days=1)
    return await offered(bot)


async def offered(bot: Client) -> CheckpointOffer:
    """What the scheduler has made by now, or will have with its next look at the clock."""
    for _ in range(500):
        answer = await bot.ask("GET", "/checkpoints/offered")
        if answer.status == 200:
            return answer.record(CheckpointOffer)
        await asyncio.sleep(0.02)
    raise AssertionError("no checkpoint was made")


def signature(offer: CheckpointOffer) -> CheckpointSignature:
    """The bot's signature for what is offered."""
    signed = sign_checkpoint(SEED, bots_checkpoint(offer.checkpoint))
    return CheckpointSignature(serial=offer.checkpoint.serial, signer=signing_public(SEED), signature=signed)


async def signed(bot: Client) -> None:
    """Sign what is there already."""
    assert (await bot.ask("POST", "/checkpoints/signed", signature(await offered(bot)))).status == 204


async def test_a_signed_checkpoint_is_published_and_proves_a_log(
    server: Server, bot: Client, sato: Client, number: str, offer: CheckpointOffer
) -> None:
    """Whoever asks gets the same, with a credential or without."""
    check(bots_offer(offer), bots_checkpoint(offer.last) if offer.last else None, "ministry", offer.checkpoint.day)
    assert offer.checkpoint.day > TODAY
    assert (await bot.ask("POST", "/checkpoints/signed", signature(offer))).status == 204
    assert (await bot.ask("GET", "/checkpoints/offered")).fault is Fault.NOT_FOUND
    anyone = server.client(None)
    published = (await anyone.ask("GET", PUBLIC)).record(Checkpoints)
    assert [each.checkpoint.serial for each in published.signed] == [1, 2]
    for who in (bot, sato, server.client("ministry publisher")):
        assert (await who.ask("GET", "/checkpoints")).record(Checkpoints) == published
    log = (await sato.ask("GET", f"/cases/{number}/log")).record(CaseLog)
    verdict = examine(log, published, [signing_public(SEED)], newest=True)
    assert isinstance(verdict, Proven)
    assert verdict.entries == log.length


async def test_nobody_but_the_bot_signs_or_sees_what_is_to_be_signed(
    server: Server, sato: Client, offer: CheckpointOffer
) -> None:
    """Staff and administrators are refused, and so is whoever has no credential."""
    for who, status in ((sato, 403), (server.client("ministry publisher"), 403), (server.client(None), 401)):
        assert (await who.ask("GET", "/checkpoints/offered")).status == status
        assert (await who.ask("POST", "/checkpoints/signed", signature(offer))).status == status
        assert (await who.ask("POST", "/checkpoints/refused", CheckpointRefusal(serial=2))).status == status
    other = await server.client("agency intake").ask("POST", "/checkpoints/signed", signature(offer))
    assert other.fault is Fault.NOT_FOUND
    assert [each.checkpoint.serial for each in (await sato.ask("GET", "/checkpoints")).record(Checkpoints).signed] == [
        1
    ]


async def test_signatures_of_other_sizes_and_organs_that_are_none_are_refused(
    server: Server, bot: Client, offer: CheckpointOffer
) -> None:
    """What is stored passed the rules of shapes; an unknown organ is no empty one."""
    for wrong in (replace(signature(offer), signer=b"short"), replace(signature(offer), signature=bytes(65))):
        assert (await bot.ask("POST", "/checkpoints/signed", wrong)).fault is Fault.UNREADABLE
    assert (await server.client(None).ask("GET", "/public/nobody/checkpoints")).status == 404


async def test_a_refused_checkpoint_is_not_offered_again(bot: Client, offer: CheckpointOffer) -> None:
    """The next full hour makes another; a signature for this one comes too late."""
    assert (await bot.ask("POST", "/checkpoints/refused", CheckpointRefusal(serial=2))).status == 204
    assert (await bot.ask("POST", "/checkpoints/signed", signature(offer))).fault is Fault.NOT_FOUND
