"""Names under which files of strangers are saved."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.staff.saving import harmless_name


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("../../etc/passwd", "01-etc-passwd"),
        ("領収書 7月.PDF", "01-領収書-7月.pdf"),
        ("a\u202efdp.exe", "01-a-fdp.exe"),
        ("", "01-file"),
        ("....", "01-file"),
        (".bashrc", "01-file.bashrc"),
        ("-rf *.txt", "01-rf.txt"),
        ("x.tar.gz", "01-x-tar.gz"),
        ("a.b c", "01-a-b-c"),
    ],
)
def test_a_strangers_name_is_cut_to_what_harms_nobody(name: str, saved: str) -> None:
    """The number keeps apart what would be called alike."""
    assert harmless_name(1, name) == saved


@given(st.text())
def test_no_name_leaves_the_folder(name: str) -> None:
    """Whatever it is, it is one short, visible part of a path that begins with its number."""
    saved = harmless_name(7, name)
    assert PurePosixPath(saved).parts == (saved,)
    assert saved.startswith("07-")
    assert saved.isprintable()
    assert len(saved) <= 75
