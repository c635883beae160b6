"""Boxes and names under a key we hold ourselves."""

import pytest

from bot.anonymity.boxes import keyed_name, lock, unlock
from bot.anonymity.errors import NotOpenedError
from tests.support.sealed_organ import fixed

KEY = fixed("box")


@pytest.mark.parametrize("pad", [False, True])
def test_a_box_gives_back_what_was_locked(pad: bool) -> None:
    """Padded or not, empty or not."""
    for content in (b"", b"draft"):
        assert unlock(KEY, lock(KEY, content, b"session", pad=pad), b"session", pad=pad) == content


def test_a_padded_box_hides_the_length() -> None:
    """A draft of a word and one of a sentence look alike."""
    assert len(lock(KEY, b"a", b"x", pad=True)) == len(lock(KEY, bytes(400), b"x", pad=True))


def test_a_box_opens_only_under_its_label() -> None:
    """A card cannot pass for a session."""
    with pytest.raises(NotOpenedError):
        unlock(KEY, lock(KEY, b"draft", b"session"), b"card")


def test_a_box_opens_only_with_its_key() -> None:
    """Yesterday's key is gone, and so is what it locked."""
    with pytest.raises(NotOpenedError):
        unlock(fixed("another"), lock(KEY, b"draft", b"session"), b"session")


@pytest.mark.parametrize("box", [b"", b"\x01", b"\x01" + bytes(12), b"\x01" + bytes(11), b"\x02" + bytes(40)])
def test_what_is_no_box_does_not_open(box: bytes) -> None:
    """Cut off or of another format: the same refusal."""
    with pytest.raises(NotOpenedError):
        unlock(KEY, box, b"")


def test_a_keyed_name_is_the_same_for_the_same_parts() -> None:
    """Text and its bytes are one part; 32 bytes come out."""
    assert keyed_name(KEY, "telegram", "42") == keyed_name(KEY, b"telegram", "42")
    assert len(keyed_name(KEY)) == 32


def test_a_keyed_name_tells_parts_apart() -> None:
    """Another key, another split, another order: another name."""
    names = [
        keyed_name(KEY, "ab", "c"),
        keyed_name(KEY, "a", "bc"),
        keyed_name(KEY, "c", "ab"),
        keyed_name(KEY, "abc"),
        keyed_name(fixed("another"), "ab", "c"),
    ]
    assert len(set(names)) == 5
