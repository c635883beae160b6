"""A staff member's key file, and what their machine remembers."""

from pathlib import Path

import msgspec
import pytest

from bot.anonymity.references import new_token
from bot.anonymity.renewal import renew_token
from bot.anonymity.sealing import public_key
from bot.anonymity.token_keys import keys_of
from madoguchi.credentials import credential_hash, fingerprint
from madoguchi.organ.card import Enrolment, OrganCard
from madoguchi.staff.keyfile import Made, StaffKey, make_key, open_key
from madoguchi.staff.memory import Memory, Seen, letters_gone, recall, remember, seen_now
from madoguchi.words import NotDoneError
from tests.support.sealed_organ import RECOVERERS, SATO, hand_over

CARD = OrganCard(
    organ="ministry",
    name={},
    pins=(bytes(32),),
    threshold=1,
    recovery_public=public_key(RECOVERERS.sealing_seed),
    recovery_credential=bytes(32),
)


def made(folder: Path, staff_id: str = "sato") -> tuple[Path, Made]:
    """A new key file."""
    file = folder / "sato.key"
    return file, make_key(file, folder / "sato.json", CARD, staff_id, {"ja": "佐藤"}, "unix:backend.sock")


def opened(folder: Path) -> tuple[Path, StaffKey]:
    """A new key file, opened."""
    file, new = made(folder)
    return file, open_key(file, new.passphrase)


def test_the_six_words_open_the_key_and_the_enrolment_holds_its_public_half(tmp_path: Path) -> None:
    """What goes to the administrator cannot open anything, and its fingerprint is the one that was shown."""
    file, new = made(tmp_path)
    key = open_key(file, new.passphrase.upper().replace(" ", "  "))
    enrolment = msgspec.json.decode((tmp_path / "sato.json").read_bytes(), type=Enrolment)
    assert (enrolment.sealing_public, enrolment.credential_hash) == (
        public_key(key.sealing_seed),
        credential_hash(key.credential),
    )
    assert fingerprint(enrolment.sealing_public, enrolment.signing_public) == new.fingerprint
    assert key.sealing_seed not in (tmp_path / "sato.json").read_bytes()


def test_neither_words_nor_keys_are_shown_by_accident(tmp_path: Path) -> None:
    """A traceback that prints them names their kind."""
    file, new = made(tmp_path)
    assert (repr(new), repr(open_key(file, new.passphrase))) == ("<Made>", "<StaffKey sato>")


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    """The second attempt is refused before anything is written."""
    file, new = made(tmp_path)
    with pytest.raises(NotDoneError) as refused:
        made(tmp_path)
    assert refused.value.key == "key.exists"
    assert open_key(file, new.passphrase).staff_id == "sato"


@pytest.mark.parametrize("staff_id", ["reporter", "recovery", "Sato", ""])
def test_nobody_makes_a_key_under_a_name_that_means_something_else(tmp_path: Path, staff_id: str) -> None:
    """It would be refused by the roster anyway, and later."""
    with pytest.raises(NotDoneError) as refused:
        made(tmp_path, staff_id)
    assert (refused.value.key, list(tmp_path.iterdir())) == ("key.bad_id", [])


@pytest.mark.parametrize(("content", "key"), [(None, "key.missing"), (b"nonsense", "key.shape")])
def test_what_is_no_key_file_is_named(tmp_path: Path, content: bytes | None, key: str) -> None:
    """One sentence, no traceback."""
    file = tmp_path / "sato.key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(NotDoneError) as refused:
        open_key(file, "six wrong words of no use")
    assert refused.value.key == key


def test_wrong_words_do_not_open(tmp_path: Path) -> None:
    """And say that the words are wrong, not the file."""
    file, _ = made(tmp_path)
    with pytest.raises(NotDoneError) as refused:
        open_key(file, "six wrong words of no use")
    assert refused.value.key == "key.passphrase"


def test_what_was_seen_is_remembered_and_nothing_of_it_can_be_read(tmp_path: Path) -> None:
    """The file beside the key holds no number and no name in clear."""
    file, key = opened(tmp_path)
    seen = Seen("submission", bytes(32), frozenset({b"hash"}), 1)
    remember(file, key, Memory(7, {"2026-7K3QF9": seen}))
    assert recall(file, key) == Memory(7, {"2026-7K3QF9": seen})
    assert b"7K3QF9" not in (tmp_path / "sato.key.memory").read_bytes()


def test_a_memory_that_was_tampered_with_is_not_believed(tmp_path: Path) -> None:
    """Nobody can make this machine forget one letter and keep the others."""
    file, key = opened(tmp_path)
    remember(file, key, Memory(7))
    place = tmp_path / "sato.key.memory"
    place.write_bytes(place.read_bytes()[:-1] + b"\0")
    with pytest.raises(NotDoneError) as refused:
        recall(file, key)
    assert refused.value.key == "memory.changed"


def test_a_removed_letter_is_noticed_and_stays_noticed() -> None:
    """Opening the shortened case does not make its loss the new truth."""
    case = hand_over().opened_by(SATO)
    before = Seen(case.submission, case.facts.signing_public, frozenset({b"one that is gone"}), 3)
    assert letters_gone(case, before) == 1
    assert letters_gone(case, seen_now(case, 2, before)) == 1


def test_the_first_opening_is_believed() -> None:
    """There is nothing to compare it with yet."""
    case = hand_over().opened_by(SATO)
    assert letters_gone(case, None) == 0
    assert letters_gone(case, seen_now(case, 0, None)) == 0


@pytest.mark.parametrize("swapped", ["submission", "reporter"])
def test_an_attack_that_puts_another_report_behind_a_number_is_refused(swapped: str) -> None:
    """A database owner who swaps two cases gets no answer meant for one sent to the other."""
    case = hand_over().opened_by(SATO)
    before = msgspec.structs.replace(seen_now(case, 0, None), **{swapped: "other" if swapped == "submission" else b""})
    with pytest.raises(NotDoneError) as refused:
        letters_gone(case, before)
    assert refused.value.key == "case.swapped"


def test_an_attack_that_names_another_new_key_than_the_one_seen_is_refused() -> None:
    """Whoever saw a token that was replaced, and owns the database, cannot put a second renewal before the first."""
    handed, mine, theirs = hand_over(), keys_of(new_token()), keys_of(new_token())
    first, rival = (renew_token(handed.keys, handed.card, keys, "r").letter for keys in (mine, theirs))
    seen = seen_now(handed.opened_by(SATO, ("r", first)), 1, None)
    assert letters_gone(handed.opened_by(SATO, ("r", first)), seen) == 0
    with pytest.raises(NotDoneError) as refused:
        letters_gone(handed.opened_by(SATO, ("r", rival)), seen)
    assert refused.value.key == "case.swapped"
