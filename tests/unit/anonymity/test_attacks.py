"""Attacks by someone who holds the database and every public key, and by colleagues who hold their own private ones."""

import msgspec
import pytest

from bot.anonymity.card import unlock_card
from bot.anonymity.correspondence import (
    StaffAuthor,
    open_as_staff,
    read_as_reporter,
    write_note,
    write_to_desk,
    write_to_reporter,
)
from bot.anonymity.errors import ForgedError, NotOpenedError
from bot.anonymity.grants import Grant, Granter, SealedGrant, open_grant, seal_grant
from bot.anonymity.handover import SealedPart
from bot.anonymity.letters import Facts, Message, Note, write
from bot.anonymity.opening import SealedCase
from bot.anonymity.references import new_token
from bot.anonymity.sealing import Binding, Compartment, Direction, public_key, seal
from bot.anonymity.signing import BEGINNING, REPORTER, Audience, Envelope, Kind, sign, signing_public
from bot.anonymity.token_keys import keys_of
from tests.support.sealed_organ import CONTENT, KUBO, MORI, ORGAN, SATO, SUBMISSION, HandedOver, fixed, hand_over

ATTACKER_OPENS = fixed("attacker opens")
ATTACKER_SIGNS = fixed("attacker signs")


@pytest.fixture
def handed() -> HandedOver:
    """The case under attack."""
    return hand_over()


def envelope(
    kind: Kind, author: str, audience: Audience, body: msgspec.Struct, submission: str = SUBMISSION
) -> Envelope:
    """An envelope such as anybody can write."""
    return Envelope(ORGAN, submission, kind, author, audience, 0, BEGINNING, write(body))


def sealed_to_desk(handed: HandedOver, signed: bytes, name: str, compartment: Compartment = Compartment.FACTS) -> bytes:
    """Something sealed to the case's key, as whoever holds that public key can do."""
    public = handed.card.facts_public if compartment is Compartment.FACTS else handed.card.identity_public
    return seal(public, signed, Binding(ORGAN, SUBMISSION, compartment, Direction.TO_DESK, name))


def sealed_to_reporter(handed: HandedOver, signed: bytes, name: str) -> bytes:
    """Something sealed to the reporter's key."""
    binding = Binding(ORGAN, SUBMISSION, Compartment.FACTS, Direction.TO_REPORTER, name)
    return seal(public_key(handed.keys.sealing_seed), signed, binding)


def shown_to_desk(handed: HandedOver, *letters: tuple[str, bytes]) -> tuple[int, int]:
    """How many letters Sato is shown beside the report and the name, and how many are refused."""
    thread = handed.opened_by(SATO, *letters).thread
    return len(thread.letters) - 2, thread.refused


def shown_to_reporter(handed: HandedOver, *letters: tuple[str, bytes]) -> tuple[int, int]:
    """How many letters the reporter is shown, and how many are refused."""
    thread = read_as_reporter(handed.keys, handed.card, letters, handed.roster)
    return len(thread.letters), thread.refused


@pytest.mark.parametrize("seed", [ATTACKER_SIGNS, MORI.signing_seed], ids=["the database's holder", "a colleague"])
def test_nobody_speaks_as_the_reporter(handed: HandedOver, seed: bytes) -> None:
    """Not with every public key, not from the next chair."""
    forged = sign(envelope(Kind.MESSAGE, REPORTER, Audience.DESK, Message("取り下げます")), seed)
    assert shown_to_desk(handed, ("m1", sealed_to_desk(handed, forged, "m1"))) == (0, 1)


@pytest.mark.parametrize("seed", [ATTACKER_SIGNS, MORI.signing_seed], ids=["the database's holder", "a colleague"])
def test_nobody_speaks_as_a_staff_member(handed: HandedOver, seed: bytes) -> None:
    """The reporter is shown nothing that Sato did not sign."""
    forged = sign(envelope(Kind.MESSAGE, "sato", Audience.REPORTER, Message("お名前は？")), seed)
    assert shown_to_reporter(handed, ("m1", sealed_to_reporter(handed, forged, "m1"))) == (0, 1)


def test_the_reporter_does_not_speak_as_staff(handed: HandedOver) -> None:
    """The token's key counts for the reporter alone."""
    forged = sign(envelope(Kind.NOTE, "sato", Audience.DESK, Note("問題なし")), handed.keys.signing_seed)
    assert shown_to_desk(handed, ("n1", sealed_to_desk(handed, forged, "n1"))) == (0, 1)


def test_a_letter_replayed_under_another_id_does_not_open(handed: HandedOver) -> None:
    """The store cannot let a yes be said twice."""
    sealed, _ = write_to_desk(handed.keys, handed.card, "m1", Message("はい"))
    assert shown_to_desk(handed, ("m1", sealed), ("m2", sealed)) == (1, 1)
    answer, _ = write_to_reporter(SATO.author, handed.opened_by(SATO), "m1", Message("はい"))
    assert shown_to_reporter(handed, ("m1", answer), ("m2", answer)) == (1, 1)


def test_a_letter_sealed_anew_by_a_colleague_is_a_repeat(handed: HandedOver) -> None:
    """Mori can open it and seal it again; it is the same letter still."""
    sealed, _ = write_to_desk(handed.keys, handed.card, "m1", Message("はい"))
    signed = handed.opened_by(MORI, ("m1", sealed)).thread.letters[-1].signed
    thread = handed.opened_by(SATO, ("m1", sealed), ("m2", sealed_to_desk(handed, signed, "m2"))).thread
    assert (len(thread.letters), thread.repeats, thread.gaps) == (3, 1, ())


def test_letters_with_swapped_ids_do_not_open(handed: HandedOver) -> None:
    """A question cannot be put under another's answer."""
    first, card = write_to_desk(handed.keys, handed.card, "m1", Message("一"))
    second, _ = write_to_desk(handed.keys, card, "m2", Message("二"))
    assert shown_to_desk(handed, ("m2", first), ("m1", second)) == (0, 2)


def test_letters_in_another_order_are_put_right(handed: HandedOver) -> None:
    """The store's order is not believed."""
    first, card = write_to_desk(handed.keys, handed.card, "m1", Message("一"))
    second, _ = write_to_desk(handed.keys, card, "m2", Message("二"))
    thread = handed.opened_by(SATO, ("m2", second), ("m1", first)).thread
    assert [letter.message_id for letter in thread.letters][-2:] == ["m1", "m2"]
    assert thread.gaps == ()


def test_a_letter_held_back_is_missed(handed: HandedOver) -> None:
    """The store cannot hide that something was written before."""
    _, card = write_to_desk(handed.keys, handed.card, "m1", Message("一"))
    second, _ = write_to_desk(handed.keys, card, "m2", Message("二"))
    (gap,) = handed.opened_by(SATO, ("m2", second)).thread.gaps
    assert (gap.author, gap.counter) == (REPORTER, 2)


def test_a_letter_of_another_case_does_not_open(handed: HandedOver) -> None:
    """Even where the same person reported both and the same desk reads both."""
    other = hand_over(submission="other")
    sealed, _ = write_to_desk(other.keys, other.card, "m1", Message("別件"))
    assert shown_to_desk(handed, ("m1", sealed)) == (0, 1)
    answer, _ = write_to_reporter(SATO.author, other.opened_by(SATO), "m1", Message("別件"))
    assert shown_to_reporter(handed, ("m1", answer)) == (0, 1)


def test_a_letter_of_another_case_sealed_anew_is_refused(handed: HandedOver) -> None:
    """A colleague who reads both cannot carry words over: the case stands in what was signed."""
    other = hand_over(submission="other")
    sealed, _ = write_to_desk(other.keys, other.card, "m1", Message("別件"))
    signed = other.opened_by(SATO, ("m1", sealed)).thread.letters[-1].signed
    assert shown_to_desk(handed, ("m1", sealed_to_desk(handed, signed, "m1"))) == (0, 1)


def test_a_letter_cannot_be_turned_round(handed: HandedOver) -> None:
    """What the desk wrote is not shown to it as something it received, and the other way round."""
    answer, copy = write_to_reporter(SATO.author, handed.opened_by(SATO), "m1", Message("答え"))
    assert shown_to_desk(handed, ("m1", answer)) == (0, 1)
    assert shown_to_reporter(handed, ("m1", copy)) == (0, 1)


def test_a_note_sealed_to_the_reporter_is_not_shown_as_an_answer(handed: HandedOver) -> None:
    """A colleague who passes a note of Sato's on cannot make it look meant for the reporter."""
    note = write_note(SATO.author, handed.opened_by(SATO), "n1", Note("内密"))
    signed = handed.opened_by(MORI, ("n1", note)).thread.letters[-1].signed
    assert shown_to_reporter(handed, ("m1", sealed_to_reporter(handed, signed, "m1"))) == (0, 1)


def test_the_parts_of_two_compartments_cannot_be_swapped(handed: HandedOver) -> None:
    """The name does not open as facts, nor the facts as a name."""
    facts, identity = handed.report.parts
    swapped = [
        msgspec.structs.replace(facts, ciphertext=identity.ciphertext),
        msgspec.structs.replace(identity, ciphertext=facts.ciphertext),
    ]
    with pytest.raises(ForgedError):
        open_as_staff(SATO.reader, msgspec.structs.replace(handed.case(), parts=swapped), handed.roster)


def test_a_part_that_does_not_open_is_counted(handed: HandedOver) -> None:
    """Sato sees that something was there; Mori, who has no grant of it, is not alarmed."""
    case = msgspec.structs.replace(
        handed.case(), parts=[*handed.report.parts, SealedPart("identity", "p2", handed.report.parts[1].ciphertext)]
    )
    assert open_as_staff(SATO.reader, case, handed.roster).thread.refused == 1
    assert open_as_staff(MORI.reader, case, handed.roster).thread.refused == 0


def forged_facts(seed: bytes, **changed: object) -> Facts:
    """Facts that name the attacker's keys as the reporter's."""
    facts = Facts(1, {"what": "何もない"}, "ja", "web", public_key(ATTACKER_OPENS), signing_public(seed))
    return msgspec.structs.replace(facts, **changed)


def with_report(handed: HandedOver, *reports: bytes) -> SealedCase:
    """The case with reports put beside the true one by someone who holds its public key."""
    forged = [
        SealedPart("facts", f"facts{at}", sealed_to_desk(handed, signed, f"facts{at}"))
        for at, signed in enumerate(reports)
    ]
    return msgspec.structs.replace(handed.case(), parts=[*forged, *handed.report.parts])


def test_a_second_report_that_certifies_itself_closes_the_case(handed: HandedOver) -> None:
    """Two reports cannot both be the one, and nobody here guesses which is."""
    second = sign(envelope(Kind.REPORT, REPORTER, Audience.DESK, forged_facts(ATTACKER_SIGNS)), ATTACKER_SIGNS)
    with pytest.raises(ForgedError) as refusal:
        open_as_staff(SATO.reader, with_report(handed, second), handed.roster)
    assert refusal.value.kind == "facts"


def test_a_report_that_does_not_certify_itself_is_passed_over(handed: HandedOver) -> None:
    """Signed by another key than it names, of another case, of another kind or shape: the true one is read."""
    other_case = hand_over(submission="other").opened_by(SATO).thread.letters[0].signed
    facts = forged_facts(ATTACKER_SIGNS)
    opened = open_as_staff(
        SATO.reader,
        with_report(
            handed,
            sign(envelope(Kind.REPORT, REPORTER, Audience.DESK, facts), MORI.signing_seed),
            sign(envelope(Kind.MESSAGE, REPORTER, Audience.DESK, facts), ATTACKER_SIGNS),
            sign(envelope(Kind.REPORT, "sato", Audience.DESK, facts), ATTACKER_SIGNS),
            sign(envelope(Kind.REPORT, REPORTER, Audience.DESK, Note("")), ATTACKER_SIGNS),
            other_case,
            b"nonsense",
        ),
        handed.roster,
    )
    assert opened.facts.answers == CONTENT.facts
    assert opened.thread.refused == 6


def forged_grant(author: str, signing_seed: bytes, submission: str = SUBMISSION) -> SealedGrant:
    """A grant for Sato of a seed that the attacker knows, as the newest of its compartment."""
    granter = Granter(ORGAN, submission, author, signing_seed)
    return seal_grant(granter, Grant("sato", Compartment.FACTS, ATTACKER_OPENS, epoch=9), public_key(SATO.sealing_seed))


@pytest.mark.parametrize("author", [REPORTER, "mori", "stranger"])
def test_a_forged_grant_does_not_make_staff_seal_to_the_attacker(handed: HandedOver, author: str) -> None:
    """Whoever holds the database can put a grant there; nothing is ever sealed to its key."""
    case = msgspec.structs.replace(handed.case(), grants=[forged_grant(author, ATTACKER_SIGNS), *handed.report.grants])
    newest = open_as_staff(SATO.reader, case, handed.roster).grant(Compartment.FACTS)
    assert newest is not None
    assert newest.seed != ATTACKER_OPENS


def test_a_report_that_only_a_forged_grant_opens_is_refused(handed: HandedOver) -> None:
    """The true report taken away, a false one sealed to a false grant, which a stranger signed as Mori."""
    signed = sign(envelope(Kind.REPORT, REPORTER, Audience.DESK, forged_facts(ATTACKER_SIGNS)), ATTACKER_SIGNS)
    binding = Binding(ORGAN, SUBMISSION, Compartment.FACTS, Direction.TO_DESK, "facts")
    part = SealedPart("facts", "facts", seal(public_key(ATTACKER_OPENS), signed, binding))
    case = SealedCase(ORGAN, SUBMISSION, [forged_grant("mori", ATTACKER_SIGNS)], [part])
    with pytest.raises(ForgedError) as refusal:
        open_as_staff(SATO.reader, case, handed.roster)
    assert refusal.value.kind == "grant"


def test_a_grant_of_another_case_opens_nothing_here(handed: HandedOver) -> None:
    """Nor one passed on by its holder under somebody else's name."""
    case = msgspec.structs.replace(handed.case(), grants=hand_over(submission="other").report.grants)
    with pytest.raises(NotOpenedError):
        open_as_staff(SATO.reader, case, handed.roster)


def test_a_grant_passed_on_unsigned_opens_nothing(handed: HandedOver) -> None:
    """Mori re-seals the reporter's own grant to Kubo: it names Mori, so it is none of Kubo's."""
    own = next(grant for grant in handed.report.grants if grant.holder == "mori")
    signed = open_grant(MORI.sealing_seed, own, ORGAN, SUBMISSION).signed
    binding = Binding(ORGAN, SUBMISSION, Compartment.FACTS, Direction.GRANT, "kubo")
    passed_on = SealedGrant("kubo", "facts", seal(public_key(KUBO.sealing_seed), signed, binding))
    with pytest.raises(ForgedError):
        open_grant(KUBO.sealing_seed, passed_on, ORGAN, SUBMISSION)
    with pytest.raises(NotOpenedError):
        open_as_staff(KUBO.reader, msgspec.structs.replace(handed.case(), grants=[passed_on]), handed.roster)


def test_a_name_of_another_shape_does_not_close_the_case(handed: HandedOver) -> None:
    """A reporter's broken client costs the name it broke, and nothing else."""
    broken = msgspec.structs.replace(envelope(Kind.IDENTITY, REPORTER, Audience.IDENTITY, Note("")), counter=1)
    signed = sign(broken, handed.keys.signing_seed)
    part = SealedPart("identity", "p2", sealed_to_desk(handed, signed, "p2", Compartment.IDENTITY))
    case = msgspec.structs.replace(handed.case(), parts=[*handed.report.parts, part])
    opened = open_as_staff(SATO.reader, case, handed.roster)
    assert opened.identity is not None
    assert opened.identity.answers == CONTENT.identity


def test_the_card_of_another_token_does_not_open(handed: HandedOver) -> None:
    """The store cannot lead a reporter into another case."""
    with pytest.raises(NotOpenedError):
        unlock_card(handed.report.card, keys_of(new_token()).card_key)


def test_a_former_colleague_is_given_nothing_new(handed: HandedOver) -> None:
    """Old letters verify, and no desk has a seat for them; what the roster does not know at all is refused."""
    left = msgspec.structs.replace(
        handed.roster, members=[m for m in handed.roster.members if m.staff_id != "mori"], former=[MORI.member()]
    )
    answer, _ = write_to_reporter(MORI.author, handed.opened_by(MORI), "m1", Message("以前の答え"))
    unknown, _ = write_to_reporter(
        StaffAuthor("nobody", ATTACKER_SIGNS), handed.opened_by(MORI), "m2", Message("私を信じて")
    )
    thread = read_as_reporter(handed.keys, handed.card, [("m1", answer), ("m2", unknown)], left)
    assert ([letter.message_id for letter in thread.letters], thread.refused) == (["m1"], 1)
