"""Padding: nothing is lost, little is told."""

from hypothesis import given
from hypothesis import strategies as st

from bot.anonymity.padding import pad, unpad


@given(st.binary(max_size=3000), st.integers(0, 200_000))
def test_whatever_is_padded_comes_back(start: bytes, more: int) -> None:
    """Zeros at the end are content like any other."""
    content = start + bytes(more)
    assert unpad(pad(content)) == content


@given(st.integers(0, 60_000), st.integers(0, 60_000))
def test_a_longer_content_never_has_the_smaller_bucket(one: int, two: int) -> None:
    """And below 64 KiB there are eight buckets in all."""
    short, long = sorted((one, two))
    assert len(pad(bytes(short))) <= len(pad(bytes(long)))
    assert len(pad(bytes(one))) in {512 << step for step in range(8)}
