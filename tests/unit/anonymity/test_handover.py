"""Handing a report over."""

import msgspec
import pytest

from bot.anonymity.errors import ForgedError, NotOpenedError
from bot.anonymity.files import open_file
from bot.anonymity.handover import (
    NobodyLeft,
    Route,
    SealedReport,
    decode_parcel,
    encode_parcel,
    routes,
    seal_report,
)
from bot.anonymity.letters import Facts
from bot.anonymity.opening import open_as_staff
from bot.anonymity.roster import RECOVERY, Seat
from bot.anonymity.routing import Escalation
from bot.anonymity.sealing import Compartment, public_key
from bot.anonymity.signing import signing_public
from tests.support.sealed_organ import (
    CONTENT,
    KUBO,
    MORI,
    RECOVERERS,
    SATO,
    SUBMISSION,
    TODAY,
    TOKEN,
    HandedOver,
    hand_over,
    organ_roster,
)

ROSTER = organ_roster()


def escalated(excluded: list[str]) -> SealedReport:
    """A report whose writer wants none of the other desks."""
    content = msgspec.structs.replace(CONTENT, excluded=excluded)
    route = routes(ROSTER, "main", excluded, TODAY, offer_others=False)
    assert not isinstance(route, NobodyLeft)
    return seal_report(content, TOKEN, ROSTER, route, SUBMISSION)


def granted(report: SealedReport) -> set[tuple[str, str]]:
    """Who was granted what."""
    return {(grant.holder, grant.compartment) for grant in report.grants}


def test_the_desk_reads_what_was_handed_over() -> None:
    """Answers, language, channel and the reporter's public keys stand in the facts."""
    handed = hand_over()
    opened = handed.opened_by(SATO)
    assert opened.facts.answers == CONTENT.facts
    assert opened.facts.sealing_public == public_key(handed.keys.sealing_seed)
    assert opened.facts.signing_public == signing_public(handed.keys.signing_seed)
    assert opened.identity is not None
    assert opened.identity.answers == CONTENT.identity
    assert (opened.thread.refused, opened.thread.gaps) == (0, ())


def test_attached_files_open_with_the_keys_in_the_facts() -> None:
    """And with nothing else: beside the ciphertext stands only the id."""
    handed = hand_over()
    (key,), ((file_id, ciphertext),) = handed.opened_by(SATO).facts.files, handed.report.files
    assert open_file(key.key, ciphertext, file_id, key.digest) == b"%PDF"


def test_each_seat_is_granted_what_it_may_open() -> None:
    """Mori works on the facts without the name."""
    handed = hand_over()
    assert granted(handed.report) == {("sato", one) for one in Compartment} | {("mori", "facts")}
    assert handed.opened_by(MORI).identity is None


def test_an_excluded_person_has_nothing_to_open() -> None:
    """Exclusion is done with keys."""
    handed = hand_over(msgspec.structs.replace(CONTENT, excluded=["mori"]))
    assert "mori" not in {grant.holder for grant in handed.report.grants}
    with pytest.raises(NotOpenedError):
        handed.opened_by(MORI)


def test_those_of_other_desks_have_nothing_to_open() -> None:
    """A branch reads its own cases."""
    with pytest.raises(NotOpenedError):
        hand_over().opened_by(KUBO)


def test_an_anonymous_report_has_a_key_for_the_name_all_the_same() -> None:
    """The reporter may say it later; until then there is no part that holds one."""
    handed = hand_over(msgspec.structs.replace(CONTENT, identity={}))
    assert [part.compartment for part in handed.report.parts] == ["facts"]
    assert ("sato", "identity") in granted(handed.report)
    assert handed.card.identity_counter == -1
    assert handed.opened_by(SATO).identity is None


def test_what_no_seat_may_have_goes_to_the_recovery_key() -> None:
    """A name that only Sato could have read is not lost when Sato is excluded."""
    handed = hand_over(msgspec.structs.replace(CONTENT, excluded=["sato"]))
    assert granted(handed.report) == {("mori", "facts"), (RECOVERY, "identity"), (RECOVERY, "masked")}


def test_with_nobody_left_the_recovery_key_opens_everything() -> None:
    """The report is kept for someone who can open it."""
    report = escalated(["sato", "mori", "hara", "kubo"])
    assert (report.desk, report.escalation) == (None, Escalation.RECOVERY)
    opened = open_as_staff(RECOVERERS, HandedOver(ROSTER, TOKEN, report).case(), ROSTER)
    assert opened.facts.answers == CONTENT.facts
    assert opened.identity is not None


@pytest.mark.parametrize(
    ("excluded", "alert"),
    [(["sato", "mori"], "endo"), (["sato", "mori", "endo"], "date"), (["sato", "mori", "endo", "date"], None)],
)
def test_an_escalation_is_told_to_whoever_of_the_heads_is_not_excluded(excluded: list[str], alert: str | None) -> None:
    """The executive, else the deputy, else nobody."""
    report = escalated(excluded)
    assert (report.desk, report.escalation, report.overseer) == ("counsel", Escalation.FALLBACK, alert)


def test_whoever_of_the_heads_is_not_excluded_oversees_a_case() -> None:
    """The store tells them what goes wrong with it, and never one whom it is kept from."""
    assert (hand_over().report.overseer, escalated(["sato", "mori", "endo"]).overseer) == ("endo", "date")


def test_a_seat_whose_member_left_meanwhile_gets_nothing() -> None:
    """The route was found under a roster that is no more; what is left over goes to the recovery key."""
    route = Route("main", (Seat("gone", list(Compartment)),))
    report = seal_report(CONTENT, TOKEN, ROSTER, route, SUBMISSION)
    assert granted(report) == {(RECOVERY, one) for one in Compartment}


def test_the_card_knows_the_case() -> None:
    """Keys to write to, the place in both chains, and the mailbox of those who want to be told."""
    route = routes(ROSTER, "main", [], TODAY)
    assert isinstance(route, Route)
    handed = HandedOver(ROSTER, TOKEN, seal_report(CONTENT, TOKEN, ROSTER, route, SUBMISSION, "8a1f"))
    card, opened = handed.card, handed.opened_by(SATO)
    assert {
        Compartment.FACTS: card.facts_public,
        Compartment.IDENTITY: card.identity_public,
        Compartment.MASKED: card.masked_public,
    } == {grant.compartment: public_key(grant.seed) for grant in opened.grants}
    assert (card.counter, card.identity_counter, card.mailbox, card.version) == (0, 0, "8a1f", 0)
    assert (card.desk, card.submission) == ("main", SUBMISSION)


def test_a_parcel_survives_the_wait() -> None:
    """It is stored while the case store is down, and handed over as it was."""
    report = hand_over().report
    assert decode_parcel(encode_parcel(report)) == report


def test_what_is_no_parcel_is_refused() -> None:
    """A damaged row is not half handed over."""
    with pytest.raises(ForgedError):
        decode_parcel(b"\x80")


def test_content_and_facts_hide_from_logs() -> None:
    """What the person wrote never reaches a traceback."""
    assert repr(CONTENT) == "<ReportContent>"
    assert repr(hand_over().opened_by(SATO)) == "<OpenedCase>"
    assert repr(Facts(1, {"what": "secret"}, "ja", "web", b"", b"")) == "<Facts>"


def test_outside_counsel_is_named_beside_the_overseer() -> None:
    """All seats of external desks, so that they hear of concerns; they get no key by it, nor a word."""
    handed = hand_over()
    assert handed.report.counsel == ("hara",)
    assert "hara" not in {grant.holder for grant in handed.report.grants}


def test_counsel_that_is_kept_out_is_not_named() -> None:
    """Nobody excluded hears of anything."""
    assert hand_over(msgspec.structs.replace(CONTENT, excluded=["hara"])).report.counsel == ()


def test_a_report_says_what_it_is_and_keeps_its_form() -> None:
    """The kind in clear, since it decides what is owed; form and wordings sealed in the facts."""
    content = msgspec.structs.replace(CONTENT, kind="relief", flow="concern", labels={"question.x.label": "X"})
    handed = hand_over(content)
    assert handed.report.kind == "relief"
    facts = handed.opened_by(SATO).facts
    assert (facts.flow, facts.labels) == ("concern", {"question.x.label": "X"})
