"""Sealing to a public key."""

import msgspec
import pytest

from bot.anonymity.errors import ForgedError, NotOpenedError
from bot.anonymity.sealing import Binding, new_seed, open_sealed, public_key, seal
from tests.support.sealed_organ import fixed

HERE = Binding("ministry", "6f1c2a", "facts", "to-desk", "m1")
SEED = fixed("sealing")
PUBLIC = public_key(SEED)
TEXT = "二重払い".encode()


def test_what_is_sealed_opens_with_the_seed() -> None:
    """The seed and the right place are all it takes."""
    assert open_sealed(SEED, seal(PUBLIC, TEXT, HERE), HERE) == TEXT


def test_a_public_key_is_that_of_x_wing() -> None:
    """1,184 bytes of ML-KEM-768 and 32 of X25519, always the same for a seed."""
    assert len(PUBLIC) == 1216
    assert public_key(SEED) == PUBLIC
    assert public_key(new_seed()) != PUBLIC


def test_short_texts_of_different_length_look_alike() -> None:
    """A yes and a paragraph have one size: format byte, encapsulated key, bucket, tag."""
    assert {len(seal(PUBLIC, text, HERE)) for text in (b"", b"yes", bytes(500))} == {1 + 1120 + 512 + 16}


def test_sealing_twice_gives_two_different_things() -> None:
    """Whoever holds the database cannot see that the same was said twice."""
    assert seal(PUBLIC, TEXT, HERE) != seal(PUBLIC, TEXT, HERE)


@pytest.mark.parametrize("field", ["organ", "submission", "compartment", "direction", "message"])
def test_moved_elsewhere_it_does_not_open(field: str) -> None:
    """Organ, submission, compartment, direction and message are all bound."""
    with pytest.raises(NotOpenedError):
        open_sealed(SEED, seal(PUBLIC, TEXT, HERE), msgspec.structs.replace(HERE, **{field: "another"}))


def test_a_binding_cannot_be_read_in_two_ways() -> None:
    """Fields carry their length, so shifting a letter from one to the next makes another binding."""
    assert Binding("ab", "c", "", "", "").info() != Binding("a", "bc", "", "", "").info()


def test_another_seed_does_not_open_it() -> None:
    """Exclusion is done with keys."""
    with pytest.raises(NotOpenedError):
        open_sealed(new_seed(), seal(PUBLIC, TEXT, HERE), HERE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(1120), b"\x02" + bytes(1700), b"\x01" + bytes(1700)])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    """Cut off, of another format or all zeros: the same refusal."""
    with pytest.raises(NotOpenedError):
        open_sealed(SEED, sealed, HERE)


@pytest.mark.parametrize("public", [b"", PUBLIC[:-1], PUBLIC + b"\0", b"\xff" * 1216, PUBLIC[:1184] + bytes(32)])
def test_a_public_key_that_is_none_is_refused(public: bytes) -> None:
    """Keys also come from strangers; the all-zero X25519 point would make half of the secret public."""
    with pytest.raises(ForgedError):
        seal(public, TEXT, HERE)


def test_the_refusal_hides_its_cause() -> None:
    """A wrong key and a flipped byte are one error without a story."""
    with pytest.raises(NotOpenedError) as refusal:
        open_sealed(new_seed(), seal(PUBLIC, TEXT, HERE), HERE)
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__
