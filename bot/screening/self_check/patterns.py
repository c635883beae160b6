"""Bricks that patterns are made of."""


def one_of(*words: str) -> str:
    """Match one of some words, given with spaces between them; a `_` is a space. The longest come first."""
    every = {word.replace("_", " ") for line in words for word in line.split()}
    return f"(?:{'|'.join(sorted(every, key=lambda word: (-len(word), word)))})"


#: The writer, in Japanese.
I_JA = one_of("私 わたし わたくし 自分 僕 ぼく 俺 当方")
#: A small number, in Japanese.
NUMBER_JA = r"[\d一二三四五六七八九十]{1,3}"
#: A length of time, in Japanese.
TIME_JA = rf"(?:半年|{NUMBER_JA} ?(?:年半?|[かヶカヵ]月))"
#: Apostrophes that people and keyboards type.
QUOTE = "['’]"
#: A word with a capital: `O'Hara`, `Smith-Jones`.
CAPITAL = r"[A-ZÀ-ÖØ-Þ][^\W\d_]{0,20}(?:['’\-][^\W\d_]{1,20})?"
