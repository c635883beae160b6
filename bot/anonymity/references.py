"""Reference tokens: the one thing that brings a reporter back, made, read the way people type, and found in free text.

A token is 24 random symbols and a check symbol of Crockford's base 32, shown as XXXXX-XXXXX-XXXXX-XXXXX-XXXXX. The
check is a weighted sum over GF(32), x^5 + x^2 + 1, that must be zero; the weights are the distinct powers of x, so it
catches every single wrong symbol and every swap of two, neighbours or not. Tokens hide from `repr` and `str`; `.text`
and `.words` are the ways to show one. Alphabet, weights and packing may never change: tokens in people's drawers
depend on them. The same token in twelve words is `token_words`'.
"""

import hmac
import os
import unicodedata
from functools import lru_cache

from bot.anonymity.errors import TokenFault, TokenUnreadableError
from bot.anonymity.token_words import attempted, read_words, spell

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYMBOLS = 25
GROUP = 5

_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_FIELD = 0b100101
#: dashes that Unicode does not class as such, and that Japanese and other keyboards produce
_DASHES = frozenset("\u2212\u30fc\uff70\u2500\u2501\u2043\u02d7\u2011\u00ad")
_SPACE = " "
_DASH = "-"
_OTHER = "\0"


class ReferenceToken:
    """One token; equal in constant time, hidden from logs and tracebacks."""

    __slots__ = ("_symbols",)

    def __init__(self, symbols: str) -> None:
        """Take 25 canonical symbols whose check already holds; `new_token` and `read_token` are the ways in."""
        self._symbols = symbols

    @property
    def text(self) -> str:
        """The grouped form that is shown to the reporter, once."""
        return "-".join(self._symbols[at : at + GROUP] for at in range(0, SYMBOLS, GROUP))

    def words(self, language: str) -> tuple[str, ...]:
        """Spell the same token in twelve words of a language's list."""
        return spell(self.secret, language)

    @property
    def secret(self) -> bytes:
        """The 120 random bits as 15 bytes, most significant symbol first: the input of the key derivation."""
        number = 0
        for symbol in self._symbols[:-1]:
            number = number << 5 | _VALUE[symbol]
        return number.to_bytes(15, "big")

    def __repr__(self) -> str:
        """Hide the token."""
        return "<ReferenceToken>"

    def __eq__(self, other: object) -> bool:
        """Compare in constant time."""
        if not isinstance(other, ReferenceToken):
            return NotImplemented
        return hmac.compare_digest(self._symbols, other._symbols)

    def __hash__(self) -> int:
        """Hash under the process's own random key."""
        return hash(self._symbols)


def new_token() -> ReferenceToken:
    """Draw a token from the system's randomness.

    A draw that the guard against tokens in free text could mistake for words once a symbol is lost (fewer than two of
    the digits 2-9: 7 draws in 1,000) is drawn again, at a cost of 0.01 of the 120 bits.
    """
    while True:
        if looks_random(symbols := _symbols_of(os.urandom(15)), digits=2):
            return ReferenceToken(symbols)


def token_of(secret: bytes) -> ReferenceToken:
    """Return the token of 15 bytes, which a token in words is read as."""
    return ReferenceToken(_symbols_of(secret))


def read_token(typed: str) -> ReferenceToken:
    """Read a token the way people type it: case, spaces, any dash, full-width and look-alike symbols; or twelve words.

    O is read as 0, I and L as 1. Raises `TokenUnreadableError` before anything is looked up, so a slip of the finger
    never counts as a failed guess. U stands in no token and is not guessed at: it may be a V or a 0.
    """
    attempt = attempted(typed)
    if attempt is not None:
        return token_of(read_words(attempt))
    plain = "".join(map(fold, typed)).replace(_SPACE, "").replace(_DASH, "")
    if any(symbol not in _VALUE for symbol in plain):
        raise TokenUnreadableError(TokenFault.SYMBOL)
    if len(plain) != SYMBOLS:
        raise TokenUnreadableError(TokenFault.LENGTH)
    canonical = "".join(ALPHABET[_VALUE[symbol]] for symbol in plain)
    if _check(canonical[:-1]) != canonical[-1]:
        raise TokenUnreadableError(TokenFault.CHECK)
    return ReferenceToken(canonical)


@lru_cache(maxsize=4096)
def fold(char: str) -> str:
    """Bring one character to the one it stands for: A-Z, 0-9, a space, a dash, or NUL for all else."""
    # Character by character rather than over the text: places found in the folded text must hold in the original.
    plain = unicodedata.normalize("NFKC", char).upper()
    if char in _DASHES or unicodedata.category(char) == "Pd":
        return _DASH
    if plain.isspace() or unicodedata.category(char) == "Cf":
        return _SPACE
    return plain if len(plain) == 1 and plain.isascii() and plain.isalnum() else _OTHER


def looks_random(symbols: str, digits: int) -> bool:
    """Whether so many digits and two letters past F are there, look-alikes aside: words lack those, hex lacks these."""
    letters = 2
    found = sum(map("23456789".__contains__, symbols)), sum(map("GHJKMNPQRSTVWXYZ".__contains__, symbols))
    return found[0] >= digits and found[1] >= letters


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        product ^= left if right & 1 else 0
        left <<= 1
        left ^= _FIELD if left & 32 else 0
        right >>= 1
    return product


def _rows() -> tuple[tuple[int, ...], ...]:
    weight, rows = 1, []
    for _ in range(SYMBOLS - 1):
        weight = _times(weight, 2)
        rows.append(tuple(_times(weight, value) for value in range(32)))
    return tuple(reversed(rows))


#: row i: what symbol value v adds to the sum at place i; the check symbol itself has weight 1
_ADDS = _rows()


def _symbols_of(secret: bytes) -> str:
    number = int.from_bytes(secret, "big")
    data = "".join(ALPHABET[number >> shift & 31] for shift in range(115, -1, -5))
    return data + _check(data)


def _check(data: str) -> str:
    total = 0
    for adds, symbol in zip(_ADDS, data, strict=True):
        total ^= adds[_VALUE[symbol]]
    return ALPHABET[total]
