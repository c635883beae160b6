"""Buckets: what a length still tells."""

import pytest

from bot.anonymity.errors import NotOpenedError
from bot.anonymity.padding import pad, unpad

KIB = 1024


@pytest.mark.parametrize(
    ("size", "bucket"),
    [
        (0, 512),
        (508, 512),
        (509, 1 * KIB),
        (1 * KIB - 4, 1 * KIB),
        (1 * KIB, 2 * KIB),
        (33 * KIB, 64 * KIB),
        (64 * KIB - 4, 64 * KIB),
        (64 * KIB, 128 * KIB),
        (130 * KIB, 192 * KIB),
    ],
)
def test_a_length_is_hidden_in_its_bucket(size: int, bucket: int) -> None:
    """Half a KiB, doubling to 64 KiB, then steps of 64 KiB; the content comes back whole."""
    assert len(pad(bytes(size))) == bucket
    assert unpad(pad(b"x" * size)) == b"x" * size


@pytest.mark.parametrize(
    "other",
    [b"", bytes(511), bytes(1024), b"\xff" * 512, bytes(511) + b"\x01", (600).to_bytes(4, "big") + bytes(508)],
    ids=["empty", "no bucket", "too large a bucket", "too long a length", "filling that is not zero", "cut off"],
)
def test_another_layout_is_refused(other: bytes) -> None:
    """There is one way to pad a content, so nothing can be hidden in the filling."""
    with pytest.raises(NotOpenedError):
        unpad(other)
