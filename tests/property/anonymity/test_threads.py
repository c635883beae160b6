"""Threads: whatever a store does to letters, what is shown is a true part of what was written, in its order."""

from hypothesis import given
from hypothesis import strategies as st

from bot.anonymity.signing import BEGINNING, Audience, Envelope, Kind, letter_hash, sign, signing_public
from bot.anonymity.threads import read_thread
from tests.support.sealed_organ import fixed

AUTHORS = ("sato", "mori")
PUBLICS = {name: signing_public(fixed(name)) for name in AUTHORS}


def chain(author: str, length: int) -> list[bytes]:
    """An author's letters, each naming the one before."""
    letters: list[bytes] = []
    for at in range(length):
        previous = letter_hash(letters[-1]) if letters else BEGINNING
        envelope = Envelope("o", "s", Kind.MESSAGE, author, Audience.REPORTER, at, previous, b"")
        letters.append(sign(envelope, fixed(author)))
    return letters


def key_of(claimed: Envelope, _signed: bytes) -> bytes | None:
    """The key of whoever claims to have written it."""
    return PUBLICS.get(claimed.author)


LETTERS = {(author, at): signed for author in AUTHORS for at, signed in enumerate(chain(author, 5))}


@given(st.lists(st.sampled_from(sorted(LETTERS)), max_size=15))
def test_a_store_can_hold_back_and_repeat_but_not_hide_it(kept: list[tuple[str, int]]) -> None:
    """Every letter kept is shown once, each author's in order; every hole before the last kept one is a gap."""
    thread = read_thread([("m", LETTERS[one]) for one in kept], key_of, "o", "s")
    shown = [(one.envelope.author, one.envelope.counter) for one in thread.letters]
    assert sorted(shown) == sorted(set(kept))
    assert thread.repeats == len(kept) - len(set(kept))
    for author in AUTHORS:
        mine = [at for who, at in shown if who == author]
        assert mine == sorted(mine)
        holes = [at for at in mine if at and at - 1 not in mine]
        assert [gap.counter for gap in thread.gaps if gap.author == author] == holes


@given(st.permutations(sorted(LETTERS)))
def test_the_order_of_arrival_decides_only_between_authors(arrived: list[tuple[str, int]]) -> None:
    """Whose turn it was is kept, whatever was turned."""
    thread = read_thread([("m", LETTERS[one]) for one in arrived], key_of, "o", "s")
    assert [one.envelope.author for one in thread.letters] == [who for who, _ in arrived]
    assert thread.gaps == ()
