"""A new token in place of an old one, and what whoever saw the old one can still do: nothing."""

import msgspec
import pytest

from bot.anonymity.card import CaseCard, lock_card, unlock_card
from bot.anonymity.correspondence import read_as_reporter, write_identity, write_to_desk, write_to_reporter
from bot.anonymity.errors import NotOpenedError
from bot.anonymity.grants import Grant, Granter, seal_grant
from bot.anonymity.handover import SealedPart
from bot.anonymity.letters import Identity, Message, Renewal, read, write
from bot.anonymity.opening import OpenedCase, SealedCase, open_as_staff
from bot.anonymity.references import new_token
from bot.anonymity.renewal import renew_token
from bot.anonymity.sealing import Binding, Compartment, Direction, open_sealed, public_key, seal
from bot.anonymity.signing import REPORTER, Audience, Envelope, Kind, letter_hash, peek, sign, signing_public
from bot.anonymity.threads import Gap, Thread
from bot.anonymity.token_keys import TokenKeys, keys_of
from bot.anonymity.voices import Voice, prove
from tests.support.sealed_organ import CONTENT, MORI, ORGAN, SATO, SUBMISSION, HandedOver, fixed, hand_over

Arrived = tuple[str, bytes]


class Renewing(msgspec.Struct):
    """A case whose reporter has taken a new token; `letters` are what arrived at the desk, in order."""

    handed: HandedOver
    keys: TokenKeys
    card: CaseCard
    letters: list[Arrived] = []

    def renews(self, name: str = "r1") -> "Renewing":
        """Take a new token."""
        keys = keys_of(new_token())
        letter, box = renew_token(self.keys, self.card, keys, name)
        self.keys, self.card = keys, unlock_card(box, keys.card_key)
        self.letters.append((name, letter))
        return self

    def says(self, name: str, text: str) -> "Renewing":
        """Write to the desk."""
        sealed, self.card = write_to_desk(self.keys, self.card, name, Message(text))
        self.letters.append((name, sealed))
        return self

    def opened(self, *more: Arrived) -> OpenedCase:
        """The case as Sato opens it, with further letters behind the others."""
        return self.handed.opened_by(SATO, *self.letters, *more)


@pytest.fixture
def first() -> Renewing:
    """A case under its first token, with one letter."""
    handed = hand_over(msgspec.structs.replace(CONTENT, provisional=True))
    return Renewing(handed, handed.keys, handed.card, []).says("m1", "前の番号で")


def texts(thread: Thread) -> list[str]:
    """What the messages say."""
    return [read(Message, one.envelope.body).text for one in thread.letters if one.envelope.kind is Kind.MESSAGE]


def to_desk(card: CaseCard, signed: bytes, name: str) -> Arrived:
    """Something sealed to the case's key, as anyone can who has seen a card or holds a grant."""
    return name, seal(card.facts_public, signed, Binding(ORGAN, SUBMISSION, "facts", Direction.TO_DESK, name))


def signed_with(seed: bytes, like: Envelope, **changed: object) -> bytes:
    """A letter as the reporter's, signed with a seed that somebody saw."""
    return sign(msgspec.structs.replace(like, **changed), seed)


def test_under_a_new_token_the_conversation_goes_on(first: Renewing) -> None:
    """The desk reads one unbroken correspondence; the reporter reads the answers to both tokens."""
    answer, copy = write_to_reporter(SATO.author, first.opened(), "a1", Message("一つ目の答え"))
    first.letters.append(("a1", copy))
    opened = first.renews().says("m2", "新しい番号で").opened()
    assert texts(opened.thread) == ["前の番号で", "一つ目の答え", "新しい番号で"]
    assert (opened.thread.refused, opened.thread.gaps) == (0, ())
    again, _ = write_to_reporter(SATO.author, opened, "a2", Message("二つ目の答え"))
    thread = read_as_reporter(first.keys, first.card, [("a1", answer), ("a2", again)], first.handed.roster)
    assert (texts(thread), thread.refused) == (["一つ目の答え", "二つ目の答え"], 0)


def test_a_token_can_be_replaced_again_and_again(first: Renewing) -> None:
    """Each brings keys of its own, and the oldest answer still opens."""
    answer, _ = write_to_reporter(SATO.author, first.opened(), "a1", Message("答え"))
    opened = first.renews("r1").says("m2", "二").renews("r2").says("m3", "三").opened()
    assert (texts(opened.thread), opened.thread.gaps) == (["前の番号で", "二", "三"], ())
    assert opened.reporter == Voice(public_key(first.keys.sealing_seed), signing_public(first.keys.signing_seed))
    assert len(opened.voices) == 3
    assert texts(read_as_reporter(first.keys, first.card, [("a1", answer)], first.handed.roster)) == ["答え"]


def test_a_token_that_staff_may_have_seen_is_marked_until_it_is_replaced(first: Renewing) -> None:
    """In the card, which the token alone opens."""
    assert first.card.provisional
    assert not first.renews().card.provisional


def test_a_card_of_before_goes_on_with_the_keys_the_case_knows(first: Renewing) -> None:
    """A token that was replaced without its keys speaks with the first one's, once more."""
    seeds = {"sealing_seed": first.keys.sealing_seed, "signing_seed": first.keys.signing_seed}
    second = keys_of(new_token())
    renewing = Renewing(first.handed, second, msgspec.structs.replace(first.card, **seeds), first.letters)
    opened = renewing.renews().says("m2", "続き").opened()
    assert (texts(opened.thread), opened.thread.refused) == (["前の番号で", "続き"], 0)
    assert renewing.card.former == (first.handed.keys.sealing_seed,)


def test_an_attack_with_the_old_token_reads_no_later_answer(first: Renewing) -> None:
    """Whoever saw it and holds the database opens neither the answer nor the card."""
    old = first.keys
    answer, _ = write_to_reporter(SATO.author, first.renews().opened(), "a1", Message("答え"))
    binding = Binding(ORGAN, SUBMISSION, Compartment.FACTS, Direction.TO_REPORTER, "a1")
    with pytest.raises(NotOpenedError):
        open_sealed(old.sealing_seed, answer, binding)
    with pytest.raises(NotOpenedError):
        unlock_card(lock_card(first.card, first.keys.card_key), old.card_key)


@pytest.mark.parametrize("counter", [1, 2, 3, 9], ids=["an old place", "the renewal's place", "the next", "any"])
def test_an_attack_with_the_old_token_says_no_more_as_the_reporter(first: Renewing, counter: int) -> None:
    """Neither behind the renewal nor as if it had been written before it, wherever it comes to stand."""
    old, like = first.keys, first.opened().thread.letters[-1].envelope
    forged = signed_with(old.signing_seed, like, counter=counter, body=write(Message("取り下げます")))
    first.renews()
    for letters in (
        [*first.letters, to_desk(first.card, forged, "x")],
        [to_desk(first.card, forged, "x"), *first.letters],
    ):
        thread = first.handed.opened_by(SATO, *letters).thread
        assert (texts(thread), thread.refused) == (["前の番号で"], 1)


def test_an_attack_with_the_old_token_names_no_other_key(first: Renewing) -> None:
    """The first renewal that arrived stays; a second one by the same key is refused, and nothing is sealed to it."""
    old, before = first.keys, first.card
    first.renews()
    rival = renew_token(old, before, keys_of(new_token()), "x").letter
    opened = first.opened(("x", rival))
    assert opened.reporter.sealing_public == public_key(first.keys.sealing_seed)
    assert opened.thread.refused == 1


def test_an_attack_that_names_a_key_of_somebody_else_is_refused(first: Renewing) -> None:
    """Whoever brings in a key must have it."""
    like = first.opened().thread.letters[-1].envelope
    voice = Voice(public_key(fixed("other opens")), signing_public(fixed("other signs")))
    proofs = [bytes(64), prove(fixed("mine"), ORGAN, SUBMISSION, voice), prove(fixed("other signs"), ORGAN, "x", voice)]
    for proof in proofs:
        body = Renewal(voice.sealing_public, voice.signing_public, 0, like.previous, proof)
        forged = signed_with(first.keys.signing_seed, like, kind=Kind.RENEWAL, counter=2, body=write(body))
        assert len(first.opened(to_desk(first.card, forged, "x")).voices) == 1


@pytest.mark.parametrize("changed", [{"submission": "other"}, {"kind": Kind.MESSAGE}, {"body": b"\x80"}], ids=str)
def test_what_is_no_renewal_of_this_case_changes_no_key(first: Renewing, changed: dict[str, object]) -> None:
    """Of another case, of another kind, of another shape."""
    renewal = renew_token(first.keys, first.card, keys_of(new_token()), "r1").letter
    binding = Binding(ORGAN, SUBMISSION, Compartment.FACTS, Direction.TO_DESK, "r1")
    seed = next(grant.seed for grant in first.opened().grants if grant.compartment == Compartment.FACTS)
    like = peek(open_sealed(seed, renewal, binding))
    forged = signed_with(first.keys.signing_seed, like, **changed)
    assert len(first.opened(to_desk(first.card, forged, "r1")).voices) == 1


def test_a_renewal_with_a_key_that_is_none_changes_nothing(first: Renewing) -> None:
    """Nobody could seal to it."""
    like = first.opened().thread.letters[-1].envelope
    voice = Voice(b"short", signing_public(fixed("new signs")))
    proof = prove(fixed("new signs"), ORGAN, SUBMISSION, voice)
    body = Renewal(voice.sealing_public, voice.signing_public, 0, like.previous, proof)
    forged = signed_with(first.keys.signing_seed, like, kind=Kind.RENEWAL, counter=2, body=write(body))
    assert len(first.opened(to_desk(first.card, forged, "x")).voices) == 1


def test_an_attack_with_the_old_token_makes_no_newer_key_of_the_case(first: Renewing) -> None:
    """A grant in the reporter's name, of a seed the attacker knows: only the first ones may bear that name."""
    granter = Granter(ORGAN, SUBMISSION, REPORTER, first.keys.signing_seed)
    grant = Grant("sato", Compartment.FACTS, fixed("attacker opens"), epoch=1)
    forged = seal_grant(granter, grant, public_key(SATO.sealing_seed))
    case = msgspec.structs.replace(first.handed.case(), grants=[forged, *first.handed.report.grants])
    newest = open_as_staff(SATO.reader, case, first.handed.roster).grant(Compartment.FACTS)
    assert newest is not None
    assert newest.epoch == 0


def with_identity(first: Renewing, *parts: SealedPart) -> SealedCase:
    """The case with further names."""
    case = first.handed.case(*first.letters)
    return msgspec.structs.replace(case, parts=[*case.parts, *parts])


def test_a_name_is_said_again_under_the_new_token(first: Renewing) -> None:
    """On its own chain, which the renewal has told the end of."""
    sealed, card = write_identity(first.keys, first.card, "p1", Identity({"name": "鈴木"}))
    before = SealedPart("identity", "p1", sealed)
    first.card = card
    later, _ = write_identity(first.renews().keys, first.card, "p2", Identity({"name": "高橋"}))
    opened = open_as_staff(
        SATO.reader, with_identity(first, before, SealedPart("identity", "p2", later)), first.handed.roster
    )
    assert opened.identity is not None
    assert (opened.identity.answers, opened.thread.gaps, opened.thread.refused) == ({"name": "高橋"}, (), 0)
    assert open_as_staff(MORI.reader, with_identity(first, before), first.handed.roster).thread.refused == 0


def test_an_attack_with_the_old_token_says_no_other_name(first: Renewing) -> None:
    """What it signs after the renewal is refused, also where nothing was said before."""
    forged, _ = write_identity(first.keys, first.card, "x", Identity({"name": "別人"}))
    first.renews()
    case = with_identity(first, SealedPart("identity", "x", forged))
    opened = open_as_staff(SATO.reader, case, first.handed.roster)
    assert opened.identity is not None
    assert (opened.identity.answers, opened.thread.refused) == (CONTENT.identity, 1)


def test_letters_before_one_that_is_missing_are_shown_beside_the_gap(first: Renewing) -> None:
    """A store that holds one back makes none of the others unreadable."""
    first.says("m2", "消える").says("m3", "残る").renews()
    del first.letters[1]
    thread = first.opened().thread
    assert texts(thread) == ["前の番号で", "残る"]
    assert thread.gaps == (Gap(REPORTER, Audience.DESK, 3),)


def test_a_held_back_name_does_not_make_the_others_unreadable(first: Renewing) -> None:
    """The last one before the renewal is missing; the first one still counts."""
    _, first.card = write_identity(first.keys, first.card, "p1", Identity({"name": "鈴木"}))
    opened = open_as_staff(SATO.reader, with_identity(first.renews()), first.handed.roster)
    assert opened.identity is not None
    assert opened.identity.answers == CONTENT.identity


def test_a_renewal_names_the_letter_before_it(first: Renewing) -> None:
    """So that nothing can be put among the old ones."""
    opened = first.renews().opened()
    *_, message, renewal = opened.thread.letters
    assert renewal.envelope.previous == letter_hash(message.signed)
