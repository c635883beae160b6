"""Attacks on a case's log in the database: each is named, and at the place where it was made."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from backend.contract import LogEntry, Tip
from backend.domain import chain
from madoguchi.verify_entries import Break, Damage, first_break
from tests.support.logs import DAY, START, tip_of, whole_log

lengths = st.integers(1, 9)
ints = st.integers(0, 1000)


def ends_of(log: list[LogEntry], *held: int) -> list[Tip]:
    """What checkpoints hold of a log, and what the store says of its end."""
    said = Tip(chain=START, length=len(log), head=log[-1].entry_hash, trail=b"")
    return [*(tip_of(log[:length]) for length in sorted(held)), said]


def place_of(found: Break | None) -> tuple[Damage, int] | None:
    """What is said, without how far it may reach."""
    return (found.damage, found.first) if found else None


def flipped(value: bytes, bit: int) -> bytes:
    """The same bytes but for one bit."""
    place = bit % (8 * len(value))
    return (int.from_bytes(value) ^ 1 << place).to_bytes(len(value))


@given(lengths, st.lists(lengths, max_size=3))
def test_a_whole_log_is_whole(length: int, held: list[int]) -> None:
    """However many checkpoints it stands in."""
    log = whole_log(length)
    assert first_break(log, START, ends_of(log, *(each for each in held if each <= length))) is None


@given(lengths, ints, st.sampled_from(["content_hash", "previous_hash", "entry_hash"]), st.integers(0, 255), ints)
def test_a_flipped_bit_is_named_where_it_is(length: int, at: int, field: str, bit: int, held: int) -> None:
    """Of any hash, in any entry, whether a checkpoint holds the entry or not."""
    log = whole_log(length)
    ends, place = ends_of(log, 1 + held % length), at % length
    log[place] = replace(log[place], **{field: flipped(getattr(log[place], field), bit)})
    assert place_of(first_break(log, START, ends)) == (Damage.CHANGED, place)


@given(lengths, ints, st.sampled_from(["actor", "act", "on", "sequence"]), ints)
def test_a_changed_field_is_named_where_it_is(length: int, at: int, field: str, held: int) -> None:
    """Nobody can put a deed on someone else, on another day or in another place."""
    log = whole_log(length)
    ends, place = ends_of(log, 1 + held % length), at % length
    changed = {"actor": "ito", "act": "other", "on": DAY.replace(day=1), "sequence": 99}[field]
    log[place] = replace(log[place], **{field: changed})
    assert place_of(first_break(log, START, ends)) == (Damage.CHANGED, place)


@given(lengths, ints, ints, st.booleans())
def test_a_removed_entry_is_named_where_it_was(length: int, at: int, held: int, renumbered: bool) -> None:
    """Also when those that came after it were given new numbers, and also at the end."""
    log = whole_log(length)
    ends, place = ends_of(log, 1 + held % length), at % length
    del log[place]
    if renumbered:
        log = [replace(entry, sequence=number) for number, entry in enumerate(log)]
    assert place_of(first_break(log, START, ends)) == (Damage.MISSING, place)


@given(lengths, ints, ints, st.booleans(), st.booleans())
def test_an_inserted_entry_is_named_where_it_is(length: int, at: int, held: int, fits: bool, renumbered: bool) -> None:
    """Even one that fits to the entry before it in every way."""
    log = whole_log(length)
    ends, place = ends_of(log, 1 + held % length), at % (length + 1)
    previous = log[place - 1].entry_hash if place and fits else START if fits else bytes(32)
    forged = chain.entry(
        sequence=place, on=DAY, actor="ito", act="wrote", content_hash=bytes(32), previous_hash=previous
    )
    log.insert(place, forged)
    if renumbered:
        log = [replace(entry, sequence=number) for number, entry in enumerate(log)]
    assert place_of(first_break(log, START, ends)) == (Damage.INSERTED, place)


@given(lengths, ints, ints, ints)
def test_a_copied_entry_is_named_where_the_copy_is(length: int, source: int, at: int, held: int) -> None:
    """It fits nowhere else than where it came from."""
    log = whole_log(length)
    ends, place = ends_of(log, 1 + held % length), at % (length + 1)
    # A copy right beside what it is a copy of may be either of the two.
    copied = source % length
    log.insert(place, log[copied])
    found = place_of(first_break(log, START, ends))
    assert found == (Damage.INSERTED, copied + 1 if place == copied else place)


@given(st.integers(2, 9), st.data(), ints)
def test_exchanged_entries_are_named_at_the_first(length: int, data: st.DataObject, held: int) -> None:
    """Order is part of what is committed to."""
    log = whole_log(length)
    ends = ends_of(log, 1 + held % length)
    first, second = sorted(data.draw(st.lists(st.integers(0, length - 1), min_size=2, max_size=2, unique=True)))
    log[first], log[second] = log[second], log[first]
    assert place_of(first_break(log, START, ends)) == (Damage.MOVED, first)


@given(st.integers(2, 9), ints)
def test_a_shortened_tail_is_named_even_when_the_store_says_nothing_is_missing(length: int, at: int) -> None:
    """What a checkpoint held must still be there, whatever the case's own row says."""
    log = whole_log(length)
    kept = 1 + at % (length - 1)
    ends = [*ends_of(log[:kept]), tip_of(log)]
    assert first_break(log[:kept], START, ends) == Break(Damage.MISSING, kept, length - 1)


@given(st.integers(3, 9), ints, ints)
def test_a_log_written_anew_from_some_entry_on_is_narrowed_down_between_checkpoints(
    length: int, at: int, held: int
) -> None:
    """Every hash fits, but a later checkpoint holds another end; the earlier one tells what is still the old log."""
    log, early = whole_log(length), 1 + held % (length - 1)
    place = early + at % (length - early)
    ends = [tip_of(log[:early]), tip_of(log)]
    forged = log[:place]
    while len(forged) < length:
        forged.append(
            chain.entry(
                sequence=len(forged),
                on=DAY,
                actor="ito",
                act="wrote",
                content_hash=bytes(32),
                previous_hash=forged[-1].entry_hash,
            )
        )
    found = first_break(forged, START, [*ends, *ends_of(forged)])
    assert found is not None
    assert found.first <= place <= found.last
    assert (found.damage, found.first) == (Damage.REWRITTEN, early)


@given(lengths)
def test_a_past_that_was_swapped_under_a_signature_is_found_by_the_trail(length: int) -> None:
    """Whoever showed the bot hashes of entries that never were has committed to them all the same."""
    log = whole_log(length)
    honest = tip_of(log)
    lied = replace(honest, trail=chain.fingerprint(honest.trail))
    assert place_of(first_break(log, START, [lied])) == (Damage.REWRITTEN, 0)


@given(lengths)
def test_the_log_of_another_case_is_broken_from_the_beginning(length: int) -> None:
    """A chain begins with its organ and its submission."""
    log = whole_log(length, case="second")
    assert place_of(first_break(log, START, ends_of(log))) == (Damage.CHANGED, 0)
