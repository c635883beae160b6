"""How grants are laid under erasure keys: shapes that may never change, and streams that never meet."""

from itertools import combinations

from backend.domain.erasure import NONCE_BYTES, Place, mark_of, unwrapped, wrapped

PLACE = Place("ministry", "2026-7K3QF9", "sato", "facts")
KEY = b"k" * 32
NONCE = b"n" * NONCE_BYTES
GRANT = b"sealed grant"


def test_a_grant_is_laid_under_its_key_as_it_always_was() -> None:
    """The bytes stand in databases and backups; a change of the shape would make every case unreadable."""
    assert wrapped(KEY, PLACE, NONCE, GRANT) == NONCE + bytes.fromhex("9461776e25d4e0603907e5c8")


def test_a_destroyed_case_is_known_by_the_mark_it_always_had() -> None:
    """The list of marks outlives every version of the program."""
    assert mark_of("ministry", "first").hex() == "1aadf7c36efb713b2915d8ff362a92ae2ea89c02edaffe94125d3830f1554e79"


def test_what_was_laid_under_a_key_comes_back_by_it() -> None:
    """Whatever its length, an empty one included."""
    for length in (0, 1, 32, 1168, 5000):
        grant = bytes(range(256)) * 20
        assert unwrapped(KEY, PLACE, wrapped(KEY, PLACE, NONCE, grant[:length])) == grant[:length]


def test_without_its_key_or_at_another_place_a_grant_is_noise() -> None:
    """Neither another key, organ, case, holder nor compartment gives it back, nor another nonce."""
    stored = wrapped(KEY, PLACE, NONCE, GRANT)
    others = [PLACE._replace(**{field: "other"}) for field in Place._fields]
    assert all(unwrapped(KEY, other, stored) != GRANT for other in others)
    assert unwrapped(b"l" * 32, PLACE, stored) != GRANT
    assert unwrapped(KEY, PLACE, b"m" * NONCE_BYTES + stored[NONCE_BYTES:]) != GRANT


def test_fields_that_read_alike_give_streams_that_do_not() -> None:
    """Moving a letter from one field into the next is another place."""
    places = [Place("a", "bc", "d", "e"), Place("ab", "c", "d", "e"), Place("a", "b", "cd", "e"), Place("", "", "", "")]
    streams = [wrapped(KEY, place, NONCE, bytes(32)) for place in places]
    assert all(one != other for one, other in combinations(streams, 2))
    assert mark_of("ab", "c") != mark_of("a", "bc")
