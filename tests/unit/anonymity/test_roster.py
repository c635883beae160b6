"""The roster: who signed it, whether it holds, whom it lets read."""

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest

from bot.anonymity.errors import RosterFault, RosterRefusedError
from bot.anonymity.roster import (
    Desk,
    Roster,
    Seat,
    cosign_roster,
    eligible,
    member_of,
    sign_roster,
    verify_roster,
    voice_of,
)
from bot.anonymity.signing import sign_bytes, signing_public
from tests.support.sealed_organ import KUBO, MORI, ORGAN, SATO, TODAY, fixed, organ_roster

EXECUTIVE, AUDITOR, STRANGER = (fixed(name) for name in ("executive", "auditor", "stranger"))
PINS = [signing_public(EXECUTIVE), signing_public(AUDITOR)]
ROSTER = organ_roster()


def changed(**fields: object) -> Roster:
    """The roster with some fields changed."""
    return msgspec.structs.replace(ROSTER, **fields)


def refusal(
    document: bytes, *, threshold: int = 1, at_least_serial: int = 7, today: date = TODAY, organ: str = ORGAN
) -> RosterFault:
    """Why a document is refused."""
    with pytest.raises(RosterRefusedError) as refused:
        verify_roster(document, PINS, threshold, at_least_serial, today, organ)
    return refused.value.reason


def test_a_roster_signed_by_enough_pinned_keys_is_believed() -> None:
    """It comes back whole; signatures of strangers beside the pinned ones do no harm."""
    document = sign_roster(ROSTER, [STRANGER, EXECUTIVE, AUDITOR])
    assert verify_roster(document, PINS, 2, 7, TODAY, ORGAN) == ROSTER


def test_a_second_holder_can_sign_later_and_elsewhere() -> None:
    """The executive sends the file to the auditor; together they reach the threshold."""
    document = sign_roster(ROSTER, [EXECUTIVE])
    assert refusal(document, threshold=2) is RosterFault.SIGNATURE
    assert verify_roster(cosign_roster(document, AUDITOR), PINS, 2, 7, TODAY, ORGAN) == ROSTER


@pytest.mark.parametrize(
    ("seeds", "threshold"),
    [([], 1), ([], 0), ([STRANGER], 1), ([EXECUTIVE, EXECUTIVE], 2), ([EXECUTIVE, STRANGER], 2)],
    ids=["nobody", "nobody, threshold zero", "a stranger", "one key twice", "one and a stranger"],
)
def test_too_few_pinned_signers_are_refused(seeds: list[bytes], threshold: int) -> None:
    """Distinct pins are counted, and at least one is always asked."""
    assert refusal(sign_roster(ROSTER, seeds), threshold=threshold) is RosterFault.SIGNATURE


def test_a_changed_roster_loses_its_signatures() -> None:
    """One more seat, and nobody signed it."""
    parts = msgspec.msgpack.decode(sign_roster(ROSTER, [EXECUTIVE]))
    parts["payload"] = msgspec.msgpack.encode(changed(executive="kubo"))
    assert refusal(msgspec.msgpack.encode(parts)) is RosterFault.SIGNATURE


def test_an_older_roster_is_refused() -> None:
    """Someone removed last month cannot be brought back by an old document."""
    assert refusal(sign_roster(ROSTER, [EXECUTIVE]), at_least_serial=8) is RosterFault.SERIAL


def test_a_roster_counts_through_its_last_day() -> None:
    """The day after, nothing may be sealed under it; old letters can still be read."""
    document = sign_roster(ROSTER, [EXECUTIVE])
    assert verify_roster(document, PINS, 1, 7, ROSTER.expires, ORGAN) == ROSTER
    assert refusal(document, today=ROSTER.expires + timedelta(days=1)) is RosterFault.EXPIRED
    assert verify_roster(document, PINS, 1, 7, None, ORGAN) == ROSTER


def test_the_roster_of_another_organ_is_refused() -> None:
    """One deployment serves many organs, none able to stand in for another."""
    assert refusal(sign_roster(ROSTER, [EXECUTIVE]), organ="agency") is RosterFault.ORGAN


@pytest.mark.parametrize("document", [b"", b"\xc1", b"\x80", b"roster"])
def test_what_is_no_document_is_refused(document: bytes) -> None:
    """Before anything is verified."""
    assert refusal(document) is RosterFault.SHAPE


def test_a_good_signature_over_nonsense_is_refused() -> None:
    """Signers can err; the bot does not follow them."""
    signature = {"public": PINS[0], "signature": sign_bytes(EXECUTIVE, b"madoguchi/roster/1\0", b"\x80")}
    document = msgspec.msgpack.encode({"payload": b"\x80", "signatures": [signature]})
    assert refusal(document) is RosterFault.SHAPE


def _renamed(name: str) -> Roster:
    return changed(members=[*ROSTER.members, msgspec.structs.replace(KUBO.member(), staff_id=name)])


CONTRADICTIONS: dict[str, Callable[[], Roster]] = {
    "one name twice": lambda: _renamed("sato"),
    "a member called reporter": lambda: _renamed("reporter"),
    "a member called recovery": lambda: _renamed("recovery"),
    "a member without a name": lambda: _renamed(""),
    "a former member who is present": lambda: changed(former=[SATO.member()]),
    "one desk twice": lambda: changed(desks=[*ROSTER.desks, ROSTER.desks[0]]),
    "a seat for nobody": lambda: changed(desks=[*ROSTER.desks, Desk("d", {}, "branch", [Seat("nobody", [])])]),
    "no such executive": lambda: changed(executive="nobody"),
    "no such deputy": lambda: changed(deputy="nobody"),
    "no such integrated desk": lambda: changed(integrated_desk="nowhere"),
    "no such fallback desk": lambda: changed(fallback_desk="nowhere"),
    "a sealing key cut short": lambda: changed(recovery_public=b"short"),
    "a former member who still sits": lambda: changed(members=ROSTER.members[1:], former=ROSTER.members[:1]),
}


@pytest.mark.parametrize("contradiction", CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_a_roster_that_contradicts_itself_is_refused_whole(contradiction: Callable[[], Roster]) -> None:
    """Half a roster would seal reports to the wrong people."""
    assert refusal(sign_roster(contradiction(), [EXECUTIVE])) is RosterFault.SHAPE


def test_a_roster_may_do_without_executive_deputy_and_fallback() -> None:
    """A small organ is an organ."""
    small = changed(executive=None, deputy=None, fallback_desk=None)
    assert verify_roster(sign_roster(small, [EXECUTIVE]), PINS, 1, 7, TODAY, ORGAN) == small


def names(roster: Roster, desk: str = "main", excluded: tuple[str, ...] = (), today: date = TODAY) -> list[str]:
    """Who may be granted a case."""
    return [seat.staff_id for seat in eligible(roster, desk, excluded, today)]


def test_the_trained_and_not_excluded_of_a_desk_may_read() -> None:
    """Those of other desks may not, those excluded may not."""
    assert names(ROSTER) == ["sato", "mori"]
    assert names(ROSTER, excluded=("sato", "kubo")) == ["mori"]
    assert names(ROSTER, desk="north") == ["kubo"]
    assert names(ROSTER, desk="nowhere") == []


def test_training_counts_through_its_last_day() -> None:
    """From the day after on, no case is granted."""
    assert names(ROSTER, today=date(2027, 3, 31)) == ["sato", "mori"]
    assert names(ROSTER, today=date(2027, 4, 1)) == []


def test_an_administrator_reads_nothing() -> None:
    """Not even with a seat at a desk."""
    people = [SATO.member(role="administrator"), *ROSTER.members[1:]]
    assert names(changed(members=people)) == ["mori"]


def test_letters_of_former_members_still_verify() -> None:
    """They are believed in old letters, and no longer found as members."""
    left = changed(members=[SATO.member()], former=[MORI.member()])
    assert voice_of(left, "mori") == signing_public(MORI.signing_seed)
    assert voice_of(left, "sato") == signing_public(SATO.signing_seed)
    assert voice_of(left, "nobody") is None
    assert member_of(left, "sato") == SATO.member()
    assert member_of(left, "mori") is None
