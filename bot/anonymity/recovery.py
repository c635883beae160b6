"""The recovery key in three hands: SLIP-39 shares, any two of which give it back and one of which gives nothing.

No passphrase on the shares: three people must be able to act years later with the words alone.
"""

from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from bot.anonymity.errors import LockboxError

_NEEDED = 2
_SHARES = 3


def split(seed: bytes) -> tuple[str, str, str]:
    """Split a seed into three shares of words, any two of which are enough."""
    ((first, second, third),) = generate_mnemonics(1, [(_NEEDED, _SHARES)], seed)
    return first, second, third


def combine(shares: Sequence[str]) -> bytes:
    """Give the seed back from two shares; raises `LockboxError` for one, for twins, or for shares of different keys."""
    try:
        return bytes(combine_mnemonics([" ".join(share.lower().split()) for share in shares]))
    except MnemonicError as unfit:
        raise LockboxError("shares") from unfit
