"""Byte buckets, so that a length says little: 512 bytes, doubling up to 64 KiB, then multiples of 64 KiB.

Layout: length as four bytes, big-endian; the data; zeros up to the bucket. It may never change, sealed things depend on
it.
"""

from bot.anonymity.errors import NotOpenedError

_PREFIX = 4
_SMALLEST = 512
_STEP = 64 * 1024


def pad(data: bytes) -> bytes:
    """Fill up to the next bucket; the bucket includes the length."""
    framed = len(data).to_bytes(_PREFIX, "big") + data
    return framed.ljust(_bucket(len(framed)), b"\0")


def unpad(padded: bytes) -> bytes:
    """Take the filling off; raises `NotOpenedError` on any other layout than `pad` makes."""
    end = _PREFIX + int.from_bytes(padded[:_PREFIX], "big")
    if len(padded) != _bucket(end) or padded.count(0, end) != len(padded) - end:
        raise NotOpenedError
    return padded[_PREFIX:end]


def _bucket(size: int) -> int:
    if size > _STEP:
        return -(-size // _STEP) * _STEP
    return max(_SMALLEST, 1 << (size - 1).bit_length())
