"""The masked compartment by itself, and keys that are left behind by whoever must not look."""

import pytest
from msgspec.structs import replace

from bot.anonymity.correspondence import write_masked, write_note, write_to_reporter
from bot.anonymity.errors import ForgedError, NotOpenedError
from bot.anonymity.grants import SealedGrant, leave_behind, open_grant
from bot.anonymity.handover import SealedPart
from bot.anonymity.letters import Message, Note, read
from bot.anonymity.opening import OpenedMasked, SealedCase, open_as_staff, open_masked
from bot.anonymity.roster import RECOVERY
from bot.anonymity.sealing import Compartment
from bot.anonymity.signing import Audience
from bot.anonymity.widening import Recoverers, renew, widen
from tests.support.sealed_organ import (
    HARA,
    KUBO,
    MORI,
    ORGAN,
    RECOVERERS,
    SATO,
    SUBMISSION,
    HandedOver,
    Person,
    hand_over,
)


@pytest.fixture
def handed() -> HandedOver:
    """A report handed over to the main desk."""
    return hand_over()


def for_investigator(handed: HandedOver, *parts: tuple[str, bytes], who: Person = KUBO) -> SealedCase:
    """The case as the store gives it to an investigator to whom Sato has granted the masked version."""
    grants = widen(SATO.author, handed.opened_by(SATO), [Compartment.MASKED], who.member())
    masked = tuple(SealedPart(Compartment.MASKED, part_id, sealed) for part_id, sealed in parts)
    return SealedCase(ORGAN, SUBMISSION, grants, masked)


def said(case: OpenedMasked) -> list[tuple[str, str]]:
    """Who wrote what."""
    return [(one.envelope.author, read(Note, one.envelope.body).text) for one in case.thread.letters]


def test_o17_an_investigator_reads_what_was_written_for_them_and_reports_back(handed: HandedOver) -> None:
    """O-17: the desk reads it in the same compartment, in the order of the parts."""
    version = write_masked(SATO.author, handed.opened_by(SATO), "masked-1", Note("請求書を調べること"))
    theirs = open_masked(KUBO.reader, for_investigator(handed, ("masked-1", version)), handed.roster)
    assert said(theirs) == [("sato", "請求書を調べること")]
    found = write_masked(KUBO.author, theirs, "masked-2", Note("二重に払われていた"))
    parts = [
        SealedPart(Compartment.MASKED, name, sealed) for name, sealed in (("masked-1", version), ("masked-2", found))
    ]
    case = replace(handed.case(), parts=(*handed.report.parts, *parts))
    thread = open_as_staff(SATO.reader, case, handed.roster).thread
    masked = [one for one in thread.letters if one.envelope.audience is Audience.MASKED]
    assert [read(Note, one.envelope.body).text for one in masked] == ["請求書を調べること", "二重に払われていた"]
    assert thread.gaps == ()


def test_o17_an_investigators_key_opens_nothing_else(handed: HandedOver) -> None:
    """O-17: given all that the store has, the facts, the name and the thread stay closed."""
    answer, copy = write_to_reporter(SATO.author, handed.opened_by(SATO), "m1", Message("答え"))
    note = write_note(SATO.author, handed.opened_by(SATO), "n1", Note("内輪の話"))
    whole = replace(
        for_investigator(handed), parts=handed.report.parts, letters=[("m1", copy), ("n1", note), ("x", answer)]
    )
    assert said(open_masked(KUBO.reader, whole, handed.roster)) == []
    with pytest.raises(NotOpenedError):
        open_as_staff(KUBO.reader, whole, handed.roster)


def test_a_strangers_note_in_the_masked_compartment_is_not_shown(handed: HandedOver) -> None:
    """Whoever got hold of the key still needs a name of the roster's to speak."""
    stranger = Person("stranger")
    forged = write_masked(stranger.author, handed.opened_by(SATO), "masked-1", Note("誰が言ったか調べること"))
    case = open_masked(KUBO.reader, for_investigator(handed, ("masked-1", forged)), handed.roster)
    assert (said(case), case.thread.refused) == ([], 1)


def test_an_investigator_seals_to_no_key_that_nobody_of_the_roster_signed(handed: HandedOver) -> None:
    """A grant from the hand-over is the reporter's, whom they cannot tell from a stranger: reading yes, writing no."""
    mine = [grant for grant in handed.report.grants if (grant.holder, grant.compartment) == ("sato", "masked")]
    version = write_masked(SATO.author, handed.opened_by(SATO), "masked-1", Note("版"))
    case = SealedCase(ORGAN, SUBMISSION, mine, [SealedPart(Compartment.MASKED, "masked-1", version)])
    opened = open_masked(SATO.reader, case, handed.roster)
    assert said(opened) == [("sato", "版")]
    assert opened.grant(Compartment.MASKED) is None
    with pytest.raises(NotOpenedError):
        write_masked(SATO.author, opened, "masked-2", Note("続き"))


def test_without_a_grant_of_it_the_masked_version_stays_closed(handed: HandedOver) -> None:
    """Also for who reads the facts alone."""
    with pytest.raises(NotOpenedError):
        open_masked(MORI.reader, handed.case(), handed.roster)


def left_by(person: Person, handed: HandedOver) -> list[SealedGrant]:
    """What somebody leaves behind for the recovery key."""
    mine = [grant for grant in handed.report.grants if grant.holder == person.staff_id]
    public = handed.roster.recovery_public
    return [leave_behind(person.sealing_seed, grant, public, ORGAN, SUBMISSION) for grant in mine]


def test_o08_what_the_last_one_leaves_behind_two_slips_open(handed: HandedOver) -> None:
    """O-08: whole, and proven by the reporter's own signature; the recovery key can give it on."""
    left = left_by(SATO, handed)
    assert {(grant.holder, grant.compartment) for grant in left} == {(RECOVERY, each) for each in Compartment}
    case = open_as_staff(RECOVERERS, replace(handed.case(), grants=left), handed.roster)
    assert case.facts.answers == handed.opened_by(SATO).facts.answers
    given = widen(HARA.author, case, list(Compartment), KUBO.member())
    assert open_as_staff(KUBO.reader, replace(handed.case(), grants=given), handed.roster).identity == case.identity


def test_nobody_but_the_recovery_key_opens_what_was_signed_for_another(handed: HandedOver) -> None:
    """A grant that was made out to Sato and sealed anew to Mori is forged, by whomever."""
    grant = next(each for each in handed.report.grants if each.holder == "sato")
    moved = leave_behind(SATO.sealing_seed, grant, MORI.member().sealing_public, ORGAN, SUBMISSION)
    with pytest.raises(NotOpenedError):
        open_grant(MORI.sealing_seed, replace(moved, holder="mori"), ORGAN, SUBMISSION)
    with pytest.raises(NotOpenedError):
        leave_behind(MORI.sealing_seed, grant, handed.roster.recovery_public, ORGAN, SUBMISSION)


def test_a_key_of_the_stores_own_is_not_laundered_by_leaving_it_behind(handed: HandedOver) -> None:
    """What is left behind is not signed by whoever leaves: a grant that the store made up stays unproven."""
    stranger = Person("stranger")
    made_up = widen(stranger.author, handed.opened_by(SATO), [Compartment.FACTS], SATO.member())
    left = leave_behind(SATO.sealing_seed, made_up[0], handed.roster.recovery_public, ORGAN, SUBMISSION)
    with pytest.raises(ForgedError):
        open_as_staff(RECOVERERS, replace(handed.case(), grants=[left]), handed.roster)


def test_a_fresh_key_reaches_the_recovery_key_where_that_holds_one(handed: HandedOver) -> None:
    """Else what comes later would be lost with the one who reads on."""
    recoverers = Recoverers(handed.roster.recovery_public)
    _, fresh = renew(SATO.author, handed.opened_by(SATO), Compartment.FACTS, [SATO.member(), recoverers])
    assert [(grant.holder, grant.epoch) for grant in fresh] == [("sato", 1), (RECOVERY, 1)]
    case = replace(handed.case(), grants=[*left_by(SATO, handed), fresh[1]])
    held = open_as_staff(RECOVERERS, case, handed.roster).grant(Compartment.FACTS)
    assert held is not None
    assert held.epoch == 1
