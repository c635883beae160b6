"""Whatever happened to a file on its way, it gets a verdict: nothing is raised, nothing hangs."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.screening.cleaning import screen
from bot.screening.kinds import Kind
from bot.screening.wire import Cleaning, Request
from tests.support.people_files import FORMATS, TOLD, document, photo, with_photo, with_remark, with_scripts, written

SOUND = {kind: photo(kind) for kind in FORMATS} | {Kind.PDF: written(with_photo(with_remark(with_scripts(document()))))}
#: The first bytes of each kind, so that noise gets past the door.
OPENINGS = [data[:12] for data in SOUND.values()]


def judged(data: bytes, kind: Kind) -> str:
    """Look at a file under the name it would have."""
    verdict, _ = screen(Request(f"a.{FORMATS.get(kind, 'pdf').lower()}", ""), data)
    assert verdict.cleaning in get_args(Cleaning)
    return verdict.cleaning


@pytest.mark.parametrize("kind", SOUND)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_flipped_bytes_raise_nothing(kind: Kind, data: st.DataObject) -> None:
    """Up to eight bytes changed anywhere."""
    changed = bytearray(SOUND[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    judged(bytes(changed), kind)


@pytest.mark.parametrize("kind", SOUND)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_file_cut_anywhere_raises_nothing(kind: Kind, data: st.DataObject) -> None:
    """A beginning without its end, or an end without its beginning, or with a hole."""
    whole = SOUND[kind]
    a, b = sorted((data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, len(whole)))))
    judged(whole[:a] + whole[b:], kind)


@settings(max_examples=100, deadline=None)
@given(opening=st.sampled_from(OPENINGS), noise=st.binary(max_size=400), kind=st.sampled_from(list(Kind)))
def test_noise_behind_a_sound_beginning_raises_nothing(opening: bytes, noise: bytes, kind: Kind) -> None:
    """Bytes that look like a file for a moment."""
    judged(opening + noise, kind)


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_is_called_cleaned_tells_nothing(kind: Kind, data: st.DataObject) -> None:
    """Damage in the picture does not save the metadata: either it is gone or the file is said to be kept as it came."""
    whole = SOUND[kind]
    changed = bytearray(whole)
    changed[data.draw(st.integers(len(whole) // 2, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    verdict, left = screen(Request(f"a.{FORMATS[kind].lower()}", ""), bytes(changed))
    assert [told for told in TOLD if told in left] == []
    assert bool(left) == (verdict.cleaning in ("cleaned", "redrawn", "part", "misnamed"))
