"""Attacks on a case's log: whatever is changed in it afterwards is found."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from backend.contract import LogEntry
from backend.domain.chain import Act, broken_at, entry, fingerprint, genesis

START = genesis("ministry", "submission")

Written = list[tuple[str, Act, date, bytes]]
written: st.SearchStrategy[Written] = st.lists(
    st.tuples(st.text(max_size=12), st.sampled_from(Act), st.dates(), st.binary(max_size=8)), min_size=1, max_size=8
)


def chained(acts: Written, start: bytes = START) -> list[LogEntry]:
    """A log as it is written, act after act."""
    log: list[LogEntry] = []
    for sequence, (actor, act, on, content) in enumerate(acts):
        previous = log[-1].entry_hash if log else start
        log.append(
            entry(
                sequence=sequence,
                on=on,
                actor=actor,
                act=act,
                content_hash=fingerprint(content),
                previous_hash=previous,
            )
        )
    return log


def flipped(value: bytes, bit: int) -> bytes:
    """The same bytes but for one bit."""
    place = bit % (8 * len(value))
    return (int.from_bytes(value) ^ 1 << place).to_bytes(len(value))


@given(written)
def test_a_log_as_it_was_written_holds_together(acts: Written) -> None:
    """Nothing is found where nothing was done."""
    log = chained(acts)
    assert broken_at(log, START, log[-1].entry_hash) is None


@given(written, st.data())
def test_any_flipped_bit_of_a_hash_is_found(acts: Written, data: st.DataObject) -> None:
    """Of content, predecessor or entry, in any place."""
    log = chained(acts)
    head = log[-1].entry_hash
    place = data.draw(st.integers(0, len(log) - 1))
    field = data.draw(st.sampled_from(["content_hash", "previous_hash", "entry_hash"]))
    bit = data.draw(st.integers(0, 255))
    log[place] = replace(log[place], **{field: flipped(getattr(log[place], field), bit)})
    assert broken_at(log, START, head) == place


@given(written, st.data())
def test_a_changed_actor_act_day_or_place_is_found(acts: Written, data: st.DataObject) -> None:
    """Nobody can put a deed on someone else or on another day."""
    log = chained(acts)
    head = log[-1].entry_hash
    place = data.draw(st.integers(0, len(log) - 1))
    forged = data.draw(
        st.sampled_from(
            [
                replace(log[place], actor=log[place].actor + "x"),
                replace(log[place], act=log[place].act + "x"),
                replace(log[place], on=date.fromordinal(log[place].on.toordinal() % 700_000 + 1)),
                replace(log[place], sequence=log[place].sequence + 1),
            ]
        )
    )
    log[place] = forged
    assert broken_at(log, START, head) == place


@given(written, st.data())
def test_a_removed_entry_is_found_even_at_the_end(acts: Written, data: st.DataObject) -> None:
    """The known head gives away what the rest of the log cannot."""
    log = chained(acts)
    head = log[-1].entry_hash
    del log[data.draw(st.integers(0, len(log) - 1))]
    assert broken_at(log, START, head) is not None


@given(written, written, st.data())
def test_an_inserted_entry_is_found(acts: Written, others: Written, data: st.DataObject) -> None:
    """Even one that is sound in itself, made with all that is public."""
    log = chained(acts)
    head = log[-1].entry_hash
    place = data.draw(st.integers(0, len(log)))
    previous = log[place - 1].entry_hash if place else START
    (forged,) = chained(others[:1], previous)
    log.insert(place, replace(forged, sequence=place))
    assert broken_at(log, START, head) is not None


@given(written.filter(lambda acts: len(acts) > 1), st.data())
def test_exchanged_entries_are_found(acts: Written, data: st.DataObject) -> None:
    """Order is part of what is committed to."""
    log = chained(acts)
    head = log[-1].entry_hash
    first, second = data.draw(st.lists(st.integers(0, len(log) - 1), min_size=2, max_size=2, unique=True))
    log[first], log[second] = log[second], log[first]
    assert broken_at(log, START, head) is not None


@given(written)
def test_the_log_of_one_case_does_not_pass_for_anothers(acts: Written) -> None:
    """The chain begins with organ and submission."""
    log = chained(acts)
    for start in (genesis("ministry", "another"), genesis("agency", "submission")):
        assert broken_at(log, start, log[-1].entry_hash) == 0


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_no_two_lists_of_fields_read_alike(one: list[bytes], other: list[bytes]) -> None:
    """What moves from one field to the next changes the fingerprint."""
    assert (fingerprint(*one) == fingerprint(*other)) == (one == other)


def test_the_shape_that_is_hashed_has_not_changed() -> None:
    """Logs written years ago must still verify: this value may never be edited."""
    link = entry(
        sequence=0,
        on=date(2026, 12, 1),
        actor="reporter",
        act=Act.RECEIVED,
        content_hash=fingerprint(b"content"),
        previous_hash=START,
    )
    assert link.entry_hash.hex() == "2f9022f8aeec82a4b6aa83587fd51bb224b4b45208592ba6d36c6694f9b6ffa0"
    assert link.previous_hash.hex() == "503c26ed62b7babcac62b7ae3c439803eb7a413c1c7c0be9f8f914e8af1216e6"
