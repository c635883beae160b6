"""Signed envelopes."""

import msgspec
import pytest

from bot.anonymity.errors import ForgedError
from bot.anonymity.signing import (
    BEGINNING,
    Audience,
    Envelope,
    Kind,
    letter_hash,
    new_signing_seed,
    peek,
    sign,
    sign_bytes,
    signed_by,
    signing_public,
    verify,
)
from tests.support.sealed_organ import fixed

SEED = fixed("signing")
PUBLIC = signing_public(SEED)
ENVELOPE = Envelope("ministry", "6f1c2a", Kind.MESSAGE, "sato", Audience.REPORTER, 0, BEGINNING, b"body")


def test_a_signed_letter_verifies_with_the_authors_key() -> None:
    """What was signed comes back as it was."""
    assert verify(sign(ENVELOPE, SEED), PUBLIC) == ENVELOPE


@pytest.mark.parametrize("public", [signing_public(fixed("another")), b"", bytes(32), bytes(31)])
def test_it_does_not_verify_with_another_key(public: bytes) -> None:
    """Nor with a key of the wrong size."""
    with pytest.raises(ForgedError):
        verify(sign(ENVELOPE, SEED), public)


def test_a_signature_for_one_use_is_none_for_another() -> None:
    """A signed roster cannot be passed off as a letter: each use has its label."""
    payload = msgspec.msgpack.encode(ENVELOPE)
    with pytest.raises(ForgedError):
        verify(b"\x01" + sign_bytes(SEED, b"another use", payload) + payload, PUBLIC)
    assert signed_by(PUBLIC, b"another use", payload, sign_bytes(SEED, b"another use", payload))


@pytest.mark.parametrize("signed", [b"", b"\x01", b"\x02" + bytes(100)])
def test_what_was_never_signed_does_not_verify(signed: bytes) -> None:
    """Cut off or of another format."""
    with pytest.raises(ForgedError):
        verify(signed, PUBLIC)


def test_a_signature_over_nonsense_is_still_nonsense() -> None:
    """An author can sign what is no envelope; it is refused by its shape."""
    label = b"madoguchi/letter/1\0"
    with pytest.raises(ForgedError) as refusal:
        verify(b"\x01" + sign_bytes(SEED, label, b"\xc1") + b"\xc1", PUBLIC)
    assert refusal.value.kind == "shape"


@pytest.mark.parametrize(("field", "value"), [("counter", -1), ("previous", bytes(31)), ("previous", bytes(33))])
def test_an_envelope_out_of_bounds_is_refused(field: str, value: object) -> None:
    """A counter counts up from zero, a hash has 32 bytes."""
    with pytest.raises(ForgedError):
        peek(sign(msgspec.structs.replace(ENVELOPE, **{field: value}), SEED))


def test_the_hash_covers_the_whole_letter() -> None:
    """What the next letter names is this letter with its signature, and 32 bytes long."""
    assert letter_hash(sign(ENVELOPE, SEED)) != letter_hash(sign(ENVELOPE, new_signing_seed()))
    assert len(letter_hash(b"")) == 32


def test_an_envelope_hides_its_content_from_logs() -> None:
    """Only the kind is told, by letters too."""
    assert repr(ENVELOPE) == "<Envelope message>"
