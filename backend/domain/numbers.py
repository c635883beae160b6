"""Case numbers: what people say on the telephone, and nothing that tells which report came before which.

Random within the year, so that a number seen by chance says neither how many reports there were nor their order.
Draws nothing itself: the caller brings the random bytes.
"""

import re
from typing import Final

#: Crockford's base 32: no I, L, O or U, which are misread or misheard.
_SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 6
_SHAPE: Final = re.compile(rf"[0-9]{{4}}-[{_SYMBOLS}]{{{_LENGTH}}}")

#: Random bytes that one number takes: six symbols of five bits fit into four bytes.
ENTROPY: Final = 4


def case_number(year: int, entropy: bytes) -> str:
    """Spell a number such as `2026-7K3QF9` from `ENTROPY` random bytes; every number of the year is equally likely."""
    drawn = int.from_bytes(entropy[:ENTROPY])
    return f"{year:04}-" + "".join(_SYMBOLS[drawn >> (5 * place) & 31] for place in range(_LENGTH))


def is_case_number(text: str) -> bool:
    """Tell whether text has the shape of a case number; says nothing about whether the case exists."""
    return _SHAPE.fullmatch(text) is not None
