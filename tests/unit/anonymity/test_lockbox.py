"""Secrets in a local file under a passphrase."""

import msgspec
import pytest
from mnemonic import Mnemonic

from bot.anonymity.errors import LockboxError
from bot.anonymity.lockbox import close, new_passphrase, open_box

PASSPHRASE = "orbit lemon canvas widow tulip royal"
BOX = close(b"staff key", PASSPHRASE)


@pytest.mark.parametrize(
    "typed",
    [
        PASSPHRASE,
        PASSPHRASE.upper(),
        "  Orbit  lemon\tcanvas widow\ntulip royal ",
        PASSPHRASE.replace(" ", "-"),
        "ｏｒｂｉｔ　ｌｅｍｏｎ　ｃａｎｖａｓ　ｗｉｄｏｗ　ｔｕｌｉｐ　ｒｏｙａｌ",
    ],
)
def test_a_box_opens_however_the_passphrase_is_typed(typed: str) -> None:
    """Case, spaces, dashes and full-width letters do not matter."""
    assert open_box(BOX, typed) == b"staff key"


def test_a_wrong_passphrase_does_not_open_it() -> None:
    """One word off is as wrong as all."""
    with pytest.raises(LockboxError) as refusal:
        open_box(BOX, PASSPHRASE.replace("royal", "loyal"))
    assert refusal.value.kind == "passphrase"


def test_the_effort_stands_in_the_box() -> None:
    """64 MiB, three passes, one lane, so that it can grow and old boxes still open."""
    assert msgspec.msgpack.decode(BOX)["effort"] == {"memory": 64 * 1024, "passes": 3, "lanes": 1}


@pytest.mark.parametrize(
    ("effort", "kind"),
    [
        ({"memory": 8, "passes": 3, "lanes": 1}, "shape"),
        ({"memory": 2**31, "passes": 3, "lanes": 1}, "shape"),
        ({"memory": 64 * 1024, "passes": 10**6, "lanes": 1}, "shape"),
        ({"memory": 64 * 1024, "passes": 4, "lanes": 1}, "passphrase"),
    ],
    ids=["too little", "more memory than there is", "more time than there is", "another than it was closed with"],
)
def test_a_box_with_another_effort_stays_closed(effort: dict[str, int], kind: str) -> None:
    """Nobody weakens it by a byte, or stalls whoever opens it."""
    with pytest.raises(LockboxError) as refusal:
        open_box(msgspec.msgpack.encode(msgspec.msgpack.decode(BOX) | {"effort": effort}), PASSPHRASE)
    assert refusal.value.kind == kind


@pytest.mark.parametrize("box", [b"", b"\xc1", b"\x80", BOX[:-1]])
def test_a_damaged_file_is_told_from_a_wrong_passphrase(box: bytes) -> None:
    """So that nobody types on in vain."""
    with pytest.raises(LockboxError) as refusal:
        open_box(box, PASSPHRASE)
    assert refusal.value.kind == "shape"


def test_a_passphrase_is_six_words_of_the_list() -> None:
    """66 bits, drawn anew each time."""
    words = Mnemonic("english").wordlist
    drawn = [new_passphrase() for _ in range(20)]
    assert all(len(one.split()) == 6 and set(one.split()) <= set(words) for one in drawn)
    assert len(set(drawn)) == 20
