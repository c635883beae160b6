"""Files that only their owner may read."""

import os
from pathlib import Path

import pytest

from madoguchi import private_files


def mode(path: Path) -> int:
    """The permission bits of a path."""
    return path.stat().st_mode & 0o777


def test_a_private_file_and_its_new_folders_belong_to_their_owner_alone(tmp_path: Path) -> None:
    """Neither group nor others may look, not at the file and not at the folders made for it."""
    file = tmp_path / "keys" / "organ" / "signing-1.key"
    private_files.write(file, b"secret")
    assert (mode(file), mode(file.parent), mode(file.parent.parent)) == (0o600, 0o700, 0o700)
    assert file.read_bytes() == b"secret"


def test_a_key_is_never_replaced_by_making_another(tmp_path: Path) -> None:
    """What stands there stays, and no half-written neighbour is left behind."""
    file = tmp_path / "a.key"
    private_files.create(file, b"first")
    with pytest.raises(FileExistsError):
        private_files.create(file, b"second")
    assert file.read_bytes() == b"first"
    assert [each.name for each in tmp_path.iterdir()] == ["a.key"]


def test_writing_replaces_in_one_move(tmp_path: Path) -> None:
    """The new content is whole, the old one gone, and nothing else is left."""
    file = tmp_path / "memory"
    private_files.write(file, b"first")
    private_files.write(file, b"second")
    assert file.read_bytes() == b"second"
    assert [each.name for each in tmp_path.iterdir()] == ["memory"]


def test_what_a_killed_process_left_half_written_does_not_get_in_the_way(tmp_path: Path) -> None:
    """A neighbour of the same name from an earlier process is overwritten."""
    file = tmp_path / "a.key"
    private_files.create(file, b"x")
    file.with_name(f".{file.name}.{os.getpid()}").write_bytes(b"half")
    private_files.write(file, b"whole")
    assert file.read_bytes() == b"whole"
