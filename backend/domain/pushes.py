"""When a push leaves, when it is tried again, and when no more: pure arithmetic on counts, in seconds.

The lease is the back-off: a push that was handed out and not acknowledged is handed out again when its lease ends, and
each lease is twice as long as the one before.
"""

from typing import Final

#: After so many tries, about four hours, a mailbox is broken rather than slow: someone must look.
TRIES: Final = 8
#: Random bytes that the choice of a moment takes.
ENTROPY: Final = 4
#: How many pushes one worker gets at once: few enough to be done within the first lease.
AT_ONCE: Final = 32

_FIRST_LEASE: Final = 60


def delay(entropy: bytes, within: int) -> int:
    """How long a push waits before it may leave: any of 0 to `within` seconds, so that its moment tells nothing."""
    return int.from_bytes(entropy[:ENTROPY]) % (within + 1)


def lease_seconds(tries_before: int) -> int:
    """How long a worker has for a push that was handed out `tries_before` times: 1, 2, 4, ... 128 minutes."""
    return _FIRST_LEASE << min(tries_before, TRIES - 1)
