"""Copies of letters that wait, for whoever may approve them and holds no key to the case."""

import pytest
from msgspec.structs import replace

from bot.anonymity.approving import read_as_approver
from bot.anonymity.correspondence import approval_binding, write_for_approver, write_note, write_to_reporter
from bot.anonymity.errors import ForgedError, NotOpenedError
from bot.anonymity.letters import Note, Notice, read
from bot.anonymity.roster import overseers
from bot.anonymity.sealing import open_sealed, public_key, seal
from bot.anonymity.signing import Audience, Kind
from tests.support.sealed_organ import DATE, ENDO, ORGAN, SATO, SUBMISSION, HandedOver, hand_over, organ_roster

NOTICE = Notice("not_accepted", {"reason": "no_facts"}, "Please name a place.")


@pytest.fixture
def handed() -> HandedOver:
    """A report handed over to the main desk."""
    return hand_over()


def copy_for(handed: HandedOver, body: Notice | Note = NOTICE) -> bytes:
    """What Sato seals to Endo."""
    return write_for_approver(SATO.author, handed.opened_by(SATO), "m1", body, public_key(ENDO.sealing_seed))


def test_the_approver_reads_the_very_letter_that_would_leave(handed: HandedOver) -> None:
    """The same bytes are signed, so that what is approved cannot be one thing and what leaves another unseen."""
    _, for_desk = write_to_reporter(SATO.author, handed.opened_by(SATO), "m1", NOTICE)
    left = handed.opened_by(SATO, ("m1", for_desk)).thread.letters[-1]
    letter = read_as_approver(ENDO.reader, handed.roster, SUBMISSION, "m1", copy_for(handed))
    assert letter == left.envelope
    assert read(Notice, letter.body) == NOTICE
    signed = open_sealed(ENDO.sealing_seed, copy_for(handed), approval_binding(ORGAN, SUBMISSION, "m1"))
    assert signed == left.signed


def test_what_stays_at_the_desk_may_wait_as_well(handed: HandedOver) -> None:
    """A decision not to tell the reporter is approved like any other."""
    body = Note("They are warned otherwise.")
    for_desk = write_note(SATO.author, handed.opened_by(SATO), "m1", body)
    letter = read_as_approver(ENDO.reader, handed.roster, SUBMISSION, "m1", copy_for(handed, body))
    assert (letter.kind, letter.audience) == (Kind.NOTE, Audience.DESK)
    assert handed.opened_by(SATO, ("m1", for_desk)).thread.letters[-1].envelope == letter


def test_a_copy_opens_for_its_approver_in_its_place_alone(handed: HandedOver) -> None:
    """Not for a deputy to whom nothing was sealed, nor as another letter, nor in another case."""
    sealed = copy_for(handed)
    for reader, submission, message in (
        (DATE.reader, SUBMISSION, "m1"),
        (ENDO.reader, SUBMISSION, "m2"),
        (ENDO.reader, "other", "m1"),
    ):
        with pytest.raises(NotOpenedError):
            read_as_approver(reader, handed.roster, submission, message, sealed)


def test_attack_a_copy_by_somebody_who_is_not_of_the_organ_is_refused(handed: HandedOver) -> None:
    """Whoever holds the database can seal to the executive, and sign as nobody."""
    roster = replace(handed.roster, members=[one for one in handed.roster.members if one.staff_id != "sato"])
    with pytest.raises(ForgedError):
        read_as_approver(ENDO.reader, roster, SUBMISSION, "m1", copy_for(handed))


def test_attack_a_letter_of_another_case_is_no_proposal_in_this_one(handed: HandedOver) -> None:
    """A letter that Sato once signed elsewhere cannot be brought before the executive here."""
    other = hand_over()
    opened = replace(other.opened_by(SATO), submission="other")
    signed = open_sealed(
        ENDO.sealing_seed,
        write_for_approver(SATO.author, opened, "m1", NOTICE, public_key(ENDO.sealing_seed)),
        approval_binding(ORGAN, "other", "m1"),
    )
    moved = seal(public_key(ENDO.sealing_seed), signed, approval_binding(ORGAN, SUBMISSION, "m1"))
    with pytest.raises(ForgedError):
        read_as_approver(ENDO.reader, handed.roster, SUBMISSION, "m1", moved)


@pytest.mark.parametrize(
    ("excluded", "found"),
    [
        ([], ("endo", "date")),
        (["date"], ("endo", None)),
        (["endo"], ("date", None)),
        (["endo", "date"], (None, None)),
        (["hara"], ("endo", "date")),
    ],
)
def test_nobody_oversees_what_is_kept_from_them(excluded: list[str], found: tuple[str | None, str | None]) -> None:
    """The deputy oversees what the executive is kept out of, and stands in where they are not kept out themselves."""
    assert overseers(organ_roster(), excluded) == found


def test_one_person_does_not_stand_in_for_themselves() -> None:
    """An organ whose executive and deputy are one has nobody to stand in; one without either has nobody at all."""
    assert overseers(replace(organ_roster(), deputy="endo"), []) == ("endo", None)
    assert overseers(replace(organ_roster(), executive=None, deputy=None), []) == (None, None)
