"""Granting further, and fresh keys."""

import msgspec
import pytest

from bot.anonymity.correspondence import read_as_reporter, write_to_desk, write_to_reporter
from bot.anonymity.errors import NotOpenedError
from bot.anonymity.letters import Message, Notice, read
from bot.anonymity.opening import OpenedCase, SealedCase, open_as_staff
from bot.anonymity.sealing import Compartment
from bot.anonymity.signing import Kind
from bot.anonymity.threads import Thread
from bot.anonymity.widening import renew, take_fresh_keys, widen
from tests.support.sealed_organ import KUBO, MORI, SATO, HandedOver, Person, hand_over


@pytest.fixture
def handed() -> HandedOver:
    """A report handed over to the main desk."""
    return hand_over()


def told(handed: HandedOver, notice: Notice) -> Thread:
    """What the reporter's bot reads when Sato sends a notice."""
    sealed, _ = write_to_reporter(SATO.author, handed.opened_by(SATO), "k1", notice)
    return read_as_reporter(handed.keys, handed.card, [("k1", sealed)], handed.roster)


def opened(person: Person, case: SealedCase, handed: HandedOver) -> OpenedCase:
    """A case as someone opens it."""
    return open_as_staff(person.reader, case, handed.roster)


def test_a_case_is_widened_by_someone_who_has_it(handed: HandedOver) -> None:
    """Kubo of another desk reads the facts from then on, and no name."""
    grants = widen(SATO.author, handed.opened_by(SATO), [Compartment.FACTS], KUBO.member())
    case = msgspec.structs.replace(handed.case(), grants=[*handed.report.grants, *grants])
    assert opened(KUBO, case, handed).facts.answers == handed.opened_by(SATO).facts.answers
    assert opened(KUBO, case, handed).identity is None


def test_nobody_grants_what_they_have_not(handed: HandedOver) -> None:
    """Mori has no seed of the identity to seal."""
    assert widen(MORI.author, handed.opened_by(MORI), [Compartment.IDENTITY], KUBO.member()) == ()


def test_after_a_grant_is_removed_what_comes_later_has_a_fresh_key(handed: HandedOver) -> None:
    """Mori keeps what was read and cannot open what the reporter writes after the notice."""
    notice, grants = renew(SATO.author, handed.opened_by(SATO), Compartment.FACTS, [SATO.member()])
    card = take_fresh_keys(handed.card, told(handed, notice))
    sealed, _ = write_to_desk(handed.keys, card, "m1", Message("後から"))
    case = msgspec.structs.replace(handed.case(("m1", sealed)), grants=[*handed.report.grants, *grants])
    last = opened(SATO, case, handed).thread.letters[-1]
    assert read(Message, last.envelope.body).text == "後から"
    assert opened(MORI, case, handed).thread.refused == 1
    assert card.version == handed.card.version + 1


def test_what_staff_write_is_sealed_to_the_newest_key(handed: HandedOver) -> None:
    """The copy for the desk too is closed to whoever was removed."""
    _, grants = renew(SATO.author, handed.opened_by(SATO), Compartment.FACTS, [SATO.member()])
    case = msgspec.structs.replace(handed.case(), grants=[*handed.report.grants, *grants])
    _, copy = write_to_reporter(SATO.author, opened(SATO, case, handed), "m1", Message("答え"))
    case = msgspec.structs.replace(case, letters=[("m1", copy)])
    assert opened(SATO, case, handed).thread.letters[-1].envelope.kind is Kind.MESSAGE
    assert opened(MORI, case, handed).thread.refused == 1


def test_an_old_key_does_not_come_back(handed: HandedOver) -> None:
    """A notice of an epoch already passed changes nothing."""
    notice, _ = renew(SATO.author, handed.opened_by(SATO), Compartment.FACTS, [])
    card = take_fresh_keys(handed.card, told(handed, notice))
    assert take_fresh_keys(card, told(handed, notice)) == card


def test_a_compartment_nobody_had_can_get_a_key(handed: HandedOver) -> None:
    """Mori, who has no grant of the masked version, starts one."""
    notice, grants = renew(MORI.author, handed.opened_by(MORI), Compartment.MASKED, [MORI.member()])
    assert (notice.params["epoch"], [grant.holder for grant in grants]) == ("1", ["mori"])


@pytest.mark.parametrize(
    "notice",
    [
        Notice("accepted", {"compartment": "facts", "epoch": "1", "public": "00" * 1216}),
        Notice("fresh-key", {}),
        Notice("fresh-key", {"compartment": "facts", "epoch": "1", "public": "00"}),
        Notice("fresh-key", {"compartment": "facts", "epoch": "1", "public": "not hex"}),
        Notice("fresh-key", {"compartment": "other", "epoch": "1", "public": "00" * 1216}),
        Notice("fresh-key", {"compartment": "facts", "epoch": "new", "public": "00" * 1216}),
        Message("no notice"),
    ],
)
def test_a_letter_that_tells_of_no_key_changes_no_key(handed: HandedOver, notice: Notice) -> None:
    """Nor does one that makes no sense."""
    assert take_fresh_keys(handed.card, told(handed, notice)) == handed.card


def test_a_notice_of_another_shape_changes_no_key(handed: HandedOver) -> None:
    """A staff client that writes nonsense does not keep the reporter from reading."""
    thread = told(handed, Notice("accepted", {}))
    letter = thread.letters[0]
    broken = msgspec.structs.replace(letter, envelope=msgspec.structs.replace(letter.envelope, body=b"\xc1"))
    assert take_fresh_keys(handed.card, msgspec.structs.replace(thread, letters=(broken,))) == handed.card


def test_someone_without_a_grant_still_opens_nothing(handed: HandedOver) -> None:
    """A grant for Mori is none for Kubo."""
    grants = widen(SATO.author, handed.opened_by(SATO), [Compartment.FACTS], MORI.member())
    case = msgspec.structs.replace(handed.case(), grants=grants)
    with pytest.raises(NotOpenedError):
        opened(KUBO, case, handed)
