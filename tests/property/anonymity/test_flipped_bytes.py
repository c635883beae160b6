"""Any flipped byte is refused, wherever it lies and whatever it becomes."""

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.anonymity.boxes import lock, unlock
from bot.anonymity.card import unlock_card
from bot.anonymity.errors import AnonymityError
from bot.anonymity.files import open_file, seal_file
from bot.anonymity.lockbox import close, open_box
from bot.anonymity.relay import ReturnAddress, open_address, seal_address
from bot.anonymity.roster import sign_roster, verify_roster
from bot.anonymity.sealing import Binding, open_sealed, public_key, seal
from bot.anonymity.signing import BEGINNING, Audience, Envelope, Kind, sign, signing_public, verify
from tests.support.sealed_organ import ORGAN, TODAY, fixed, hand_over, organ_roster

KEY = fixed("a key")
BINDING = Binding("o", "s", "facts", "to-desk", "m")
HANDED = hand_over()
FILE = seal_file(b"%PDF" * 300, "f1")
FILE_KEY = FILE.key

#: what protects, and how it is opened
PROTECTED: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "sealed": (seal(public_key(KEY), b"words", BINDING), lambda raw: open_sealed(KEY, raw, BINDING)),
    "box": (lock(KEY, b"words", b"label"), lambda raw: unlock(KEY, raw, b"label")),
    "padded box": (lock(KEY, b"words", b"x", pad=True), lambda raw: unlock(KEY, raw, b"x", pad=True)),
    "file": (FILE.ciphertext, lambda raw: open_file(FILE_KEY, raw, "f1", FILE.digest)),
    "file with its digest": (
        FILE.ciphertext,
        lambda raw: open_file(FILE_KEY, raw, "f1", hashlib.sha256(raw).digest()),
    ),
    "letter": (
        sign(Envelope("o", "s", Kind.NOTE, "sato", Audience.DESK, 0, BEGINNING, b"body"), KEY),
        lambda raw: verify(raw, signing_public(KEY)),
    ),
    "card": (HANDED.report.card, lambda raw: unlock_card(raw, HANDED.keys.card_key)),
    "address": (
        seal_address(KEY, "a1", ReturnAddress("mail", "x@example.jp")),
        lambda raw: open_address(KEY, "a1", raw),
    ),
    "roster": (
        sign_roster(organ_roster(), [KEY]),
        lambda raw: verify_roster(raw, [signing_public(KEY)], 1, 7, TODAY, ORGAN),
    ),
}


@pytest.mark.parametrize(("whole", "opened"), PROTECTED.values(), ids=PROTECTED.keys())
@given(data=st.data())
def test_a_flipped_byte_is_refused(whole: bytes, opened: Callable[[bytes], object], data: st.DataObject) -> None:
    """One byte changed by anything."""
    opened(whole)
    at = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(AnonymityError):
        opened(bytes(flipped))


@pytest.mark.parametrize(("whole", "opened"), PROTECTED.values(), ids=PROTECTED.keys())
@given(data=st.data())
def test_a_shortened_or_lengthened_thing_is_refused(
    whole: bytes, opened: Callable[[bytes], object], data: st.DataObject
) -> None:
    """Cut anywhere, or with anything appended."""
    for changed in (
        whole[: data.draw(st.integers(0, len(whole) - 1))],
        whole + data.draw(st.binary(min_size=1, max_size=40)),
    ):
        with pytest.raises(AnonymityError):
            opened(changed)


@pytest.mark.parametrize("part", ["salt", "nonce", "ciphertext", "the last byte"])
def test_a_flipped_byte_keeps_the_lockbox_closed(part: str) -> None:
    """Each try costs a stretching, so one place in each part stands for all."""
    box = close(b"secret", "six words")
    at = -1 if part == "the last byte" else box.index(part.encode()) + len(part) + 4
    flipped = bytearray(box)
    flipped[at] ^= 1
    with pytest.raises(AnonymityError):
        open_box(bytes(flipped), "six words")
