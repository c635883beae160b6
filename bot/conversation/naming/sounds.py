"""Romanised Japanese brought to one key, whichever way it is spelt: Hepburn, Kunrei, passports, long vowels, n and m.

Long vowels are dropped, because people and passports drop them; so 大野 and 小野 sound alike, and whoever asks must
know that. Names that are not Japanese get a key too, which is good for comparing and for nothing else.
"""

import re

import jaconv

#: Spellings in the order in which they are replaced; each line leaves less to tell apart.
_SPELLINGS = tuple(
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        ("[^a-z]", ""),
        ("l", "r"),
        ("v", "b"),
        ("tch", "cch"),
        ("sh", "sy"),
        ("ch", "ty"),
        ("c(?=ty)", "t"),
        ("dz", "z"),
        ("d(?=u)", "z"),
        ("ts", "t"),
        ("j", "zy"),
        ("yy", "y"),
        ("([stzd])yi", r"\1i"),
        ("di", "zi"),
        ("f", "h"),
        ("wo", "o"),
        ("m(?=[bmp])", "n"),
        ("n+", "n"),
        # Satoh, Ohta, Yuhko: an h behind a vowel and before no vowel only makes it long.
        ("([aeiou])h(?![aeiouy])", r"\1"),
        ("ou", "o"),
        ("([ou])\\1+", r"\1"),
    )
)
_LONG_O = re.compile("o[ou]")


def sound(spelt: str) -> str:
    """Give the key of one word in Latin letters, case and accents folded."""
    for pattern, becomes in _SPELLINGS:
        spelt = pattern.sub(becomes, spelt)
    return spelt


def romanised(kana: str) -> str:
    """Spell folded kana in Hepburn."""
    return jaconv.kana2alphabet(kana).replace("-", "")


def sounds_of(kana: str) -> frozenset[str]:
    """Give the keys by which folded kana may come in Latin letters: Oishi, Ooishi and Ohishi are one name."""
    plain = romanised(kana)
    return frozenset({sound(plain), sound(_LONG_O.sub("oh", plain))})
