"""Attacks on checkpoints: what the case store offers is signed only if it continues what was signed before."""

from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from backend.contract import Checkpoint, CheckpointOffer, Growth, Tip
from backend.domain import merkle
from backend.domain.chain import genesis
from backend.domain.checkpoints import beginning, grown, hash_of, next_checkpoint, proof_of, proves
from bot.anonymity.checkpoints import (
    CheckpointFault,
    CheckpointRefusedError,
    check,
    checkpoint_hash,
    is_signed,
    sign_checkpoint,
)
from bot.anonymity.signing import signing_public
from tests.support.logs import DAY, ORGAN, PADDING, SEED, bots_checkpoint, bots_offer

TODAY = DAY + timedelta(days=1)
OTHER_PADDING = sha256(b"other padding").digest()

#: For each case how many entries its log had, and how many came.
days_work = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any), min_size=1, max_size=6)
Work = list[tuple[int, int]]

#: Each example builds several trees of a thousand leaves.
FEWER = settings(max_examples=max(settings().max_examples // 5, 10))


def entries(case: int, start: int, count: int) -> tuple[bytes, ...]:
    """Hashes of so many entries of a case."""
    return tuple(sha256(f"{case} {number}".encode()).digest() for number in range(start, start + count))


def offered(work: Work) -> tuple[Checkpoint, CheckpointOffer, dict[bytes, Tip]]:
    """The checkpoint that was signed, the one that is offered, and the tips in it."""
    growths = []
    for case, (had, came) in enumerate(work):
        begun = beginning(genesis(ORGAN, f"case-{case}"))
        growths.append(Growth(tip=grown(begun, entries(case, 0, had)), added=entries(case, had, came)))
    before = [each.tip for each in growths if each.tip.length]
    last = next_checkpoint(ORGAN, DAY, None, before, PADDING)
    tips = {each.tip.chain: grown(each.tip, each.added) for each in growths}
    return last, made_offer(last, tuple(tips.values()), tuple(growths)), tips


def made_offer(last: Checkpoint | None, tips: tuple[Tip, ...], growths: tuple[Growth, ...]) -> CheckpointOffer:
    """An offer whose tree holds these tips."""
    return CheckpointOffer(
        checkpoint=next_checkpoint(ORGAN, TODAY, last, tips, OTHER_PADDING),
        padding=OTHER_PADDING,
        last=last,
        last_padding=PADDING if last else b"",
        chains=growths,
    )


def fault_of(offer: CheckpointOffer, last: Checkpoint | None) -> CheckpointFault | None:
    """Why the bot would not sign, if it would not."""
    try:
        check(bots_offer(offer), bots_checkpoint(last) if last else None, ORGAN, TODAY)
    except CheckpointRefusedError as refused:
        return refused.reason
    return None


@FEWER
@given(days_work)
def test_a_checkpoint_that_continues_the_last_is_signed(work: Work) -> None:
    """Bot and case store compute alike, each by itself."""
    last, offer, _ = offered(work)
    assert fault_of(offer, last) is None
    signature = sign_checkpoint(SEED, bots_checkpoint(offer.checkpoint))
    assert checkpoint_hash(bots_checkpoint(offer.checkpoint)) == hash_of(offer.checkpoint)
    assert is_signed(signing_public(SEED), hash_of(offer.checkpoint), signature)


@FEWER
@given(days_work)
def test_the_first_checkpoint_is_the_beginning(work: Work) -> None:
    """A bot that has signed nothing yet signs what comes first."""
    _, offer, tips = offered(work)
    fresh = tuple(
        Growth(tip=beginning(genesis(ORGAN, f"case-{case}")), added=entries(case, 0, had + came))
        for case, (had, came) in enumerate(work)
    )
    assert fault_of(made_offer(None, tuple(tips.values()), fresh), None) is None
    assert offer.checkpoint.root == made_offer(None, tuple(tips.values()), fresh).checkpoint.root


@FEWER
@given(days_work, st.data())
def test_a_shortened_log_is_refused(work: Work, data: st.DataObject) -> None:
    """Whether the store says what the log was, or lies about it."""
    last, offer, tips = offered([(had + 1, came) for had, came in work])
    victim = data.draw(st.sampled_from(offer.chains))
    short = grown(beginning(victim.tip.chain), entries(0, 0, victim.tip.length - 1))
    forged = tuple({**tips, victim.tip.chain: short}.values())
    honest_past = made_offer(last, forged, offer.chains)
    assert fault_of(honest_past, last) is CheckpointFault.REWRITTEN
    lied = tuple(Growth(tip=short) if each is victim else each for each in offer.chains)
    assert fault_of(made_offer(last, forged, lied), last) in {CheckpointFault.PAST, CheckpointFault.SHAPE}


@FEWER
@given(days_work, st.data())
def test_a_rewritten_log_is_refused(work: Work, data: st.DataObject) -> None:
    """A log of the same length, or longer, that is another one."""
    last, offer, tips = offered([(had + 1, came) for had, came in work])
    victim = data.draw(st.sampled_from(offer.chains))
    other = grown(beginning(victim.tip.chain), entries(99, 0, victim.tip.length + data.draw(st.integers(0, 2))))
    forged = tuple({**tips, victim.tip.chain: other}.values())
    assert fault_of(made_offer(last, forged, offer.chains), last) is CheckpointFault.REWRITTEN
    anew = Growth(tip=beginning(victim.tip.chain), added=entries(99, 0, other.length))
    lied = tuple(anew if each is victim else each for each in offer.chains)
    assert fault_of(made_offer(last, forged, lied), last) is CheckpointFault.PAST


@FEWER
@given(days_work, st.data())
def test_a_case_that_is_left_out_is_refused(work: Work, data: st.DataObject) -> None:
    """Nobody can make a case unhappen, whether the store mentions it or not."""
    last, offer, tips = offered([(had + 1, came) for had, came in work])
    victim = data.draw(st.sampled_from(offer.chains))
    fewer = tuple(tip for chain, tip in tips.items() if chain != victim.tip.chain)
    assert fault_of(made_offer(last, fewer, offer.chains), last) is CheckpointFault.REWRITTEN
    silent = tuple(each for each in offer.chains if each is not victim)
    assert fault_of(made_offer(last, fewer, silent), last) is CheckpointFault.PAST


@FEWER
@given(days_work)
def test_two_tips_for_one_log_are_refused(work: Work) -> None:
    """Else one could be shown to some readers and the other to others."""
    last, offer, tips = offered(work)
    twice = Growth(tip=beginning(offer.chains[0].tip.chain), added=entries(7, 0, 1))
    doubled = (*offer.chains, twice)
    assert fault_of(made_offer(last, tuple(tips.values()), doubled), last) is CheckpointFault.SHAPE


@FEWER
@given(days_work, st.sampled_from(["organ", "serial", "day", "past day", "previous"]))
def test_a_checkpoint_out_of_its_order_is_refused(work: Work, what: str) -> None:
    """Another organ's, another number, a day to come or gone, another predecessor."""
    last, offer, _ = offered(work)
    changes: dict[str, dict[str, object]] = {
        "organ": {"organ": "agency"},
        "serial": {"serial": 3},
        "day": {"day": TODAY + timedelta(days=2)},
        "past day": {"day": DAY},
        "previous": {"previous": bytes(32)},
    }
    forged = replace(offer, checkpoint=replace(offer.checkpoint, **changes[what]))
    assert fault_of(forged, last) is CheckpointFault.ORDER


@FEWER
@given(days_work)
def test_another_past_than_the_one_signed_is_refused(work: Work) -> None:
    """The bot remembers what it signed and takes nobody's word for it."""
    last, offer, _ = offered(work)
    other = replace(last, root=bytes(32))
    renamed = replace(offer, checkpoint=replace(offer.checkpoint, previous=hash_of(other)))
    assert fault_of(renamed, other) is CheckpointFault.PAST


@pytest.mark.parametrize("size", [0, 3, 1000, 2**40])
def test_a_size_that_no_tree_has_is_refused(size: int) -> None:
    """And none that would keep the bot busy for a day."""
    last, offer, _ = offered([(1, 1)])
    forged = replace(offer, checkpoint=replace(offer.checkpoint, size=size))
    assert fault_of(forged, last) is CheckpointFault.SHAPE


def test_a_past_with_more_logs_than_it_had_leaves_is_refused() -> None:
    """What was signed then cannot have held them."""
    last, offer, _ = offered([(1, 0)])
    many = tuple(
        Growth(tip=grown(beginning(sha256(bytes([n >> 8, n & 255])).digest()), entries(n, 0, 1))) for n in range(1025)
    )
    crowded = replace(offer, checkpoint=replace(offer.checkpoint, size=2048), chains=many)
    assert fault_of(crowded, last) is CheckpointFault.PAST


def test_logs_without_entries_and_hashes_of_another_length_are_refused() -> None:
    """Shapes that the store never makes."""
    last, offer, _ = offered([(1, 1)])
    empty = Growth(tip=beginning(bytes(32)))
    short = Growth(tip=beginning(bytes(31)), added=entries(1, 0, 1))
    for odd in (empty, short):
        forged = replace(offer, chains=(*offer.chains, odd))
        assert fault_of(forged, last) is CheckpointFault.SHAPE


@FEWER
@given(st.integers(1, 40))
def test_how_many_cases_there_are_does_not_show(count: int) -> None:
    """The published size and the length of every path are the same for one case and for a thousand."""
    tips = [grown(beginning(genesis(ORGAN, f"case-{each}")), entries(each, 0, 1)) for each in range(count)]
    checkpoint = next_checkpoint(ORGAN, DAY, None, tips, PADDING)
    proof = proof_of(1, tips, PADDING, tips[-1].chain)
    assert checkpoint.size == 1024
    assert proof is not None
    assert len(proof.path) == 10
    assert proves(checkpoint, proof)
    assert proof_of(1, tips, PADDING, bytes(32)) is None


def test_more_cases_than_leaves_double_the_tree() -> None:
    """A tree that is full has no filling; the next case doubles it."""
    tips = [grown(beginning(genesis(ORGAN, f"case-{each}")), entries(each, 0, 1)) for each in range(1025)]
    assert next_checkpoint(ORGAN, DAY, None, tips[:1024], PADDING).size == 1024
    assert next_checkpoint(ORGAN, DAY, None, tips, PADDING).size == 2048


@FEWER
@given(st.data())
def test_any_flipped_bit_of_a_proof_is_found(data: st.DataObject) -> None:
    """Of its tip, of its path, of its place."""
    tips = [grown(beginning(genesis(ORGAN, f"case-{each}")), entries(each, 0, 2)) for each in range(3)]
    checkpoint = next_checkpoint(ORGAN, DAY, None, tips, PADDING)
    proof = proof_of(1, tips, PADDING, tips[0].chain)
    assert proof is not None
    bit = data.draw(st.integers(0, 255))
    at = data.draw(st.integers(0, 9))
    other = (int.from_bytes(proof.path[at]) ^ 1 << bit).to_bytes(32)
    path = (*proof.path[:at], other, *proof.path[at + 1 :])
    for forged in (
        replace(proof, path=path),
        replace(proof, path=proof.path[:-1]),
        replace(proof, place=proof.place ^ 1 << at),
        replace(proof, place=proof.place + 1024),
        replace(proof, tip=replace(proof.tip, length=3)),
        replace(proof, tip=replace(proof.tip, trail=bytes(32))),
    ):
        assert not proves(checkpoint, forged)


def test_the_tree_is_that_of_the_rfc() -> None:
    """RFC 6962 §2.1: a leaf behind 0x00, a node behind 0x01; written out here by hand."""
    leaves = [b"", b"\x00", b"\x10", b"\x20\x21"]
    ends = [sha256(b"\x00" + leaf).digest() for leaf in leaves]
    left, right = (sha256(b"\x01" + ends[at] + ends[at + 1]).digest() for at in (0, 2))
    levels = merkle.levels_over(leaves)
    assert merkle.root_of(levels) == sha256(b"\x01" + left + right).digest()
    assert merkle.path_to(levels, 2) == (ends[3], left)
    assert merkle.root_by((ends[3], left), 2, leaves[2]) == merkle.root_of(levels)
