"""Files that only their owner may read: keys, tokens, passphrases, saved evidence.

A file is 0600 and its folder 0700 from the first byte on. It appears whole or not at all: written beside its place,
flushed to the disk, then moved. What this room refuses: overwriting through `create`, so that no command can replace
a key by accident.
"""

import os
from pathlib import Path


def private_folder(folder: Path) -> Path:
    """Make `folder` and what is missing above it, readable by the owner alone; folders that exist keep their mode."""
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def write(path: Path, data: bytes) -> None:
    """Put `data` at `path`, replacing what stood there in one move."""
    _written_beside(path, data).replace(path)
    _flush_folder(path.parent)


def create(path: Path, data: bytes) -> None:
    """Put `data` at `path`, where nothing may stand yet.

    Raises `FileExistsError` and leaves what is there as it was.
    """
    beside = _written_beside(path, data)
    try:
        # A hard link fails when the name is taken, a rename would not.
        path.hardlink_to(beside)
    finally:
        beside.unlink()
    _flush_folder(path.parent)


def _written_beside(path: Path, data: bytes) -> Path:
    private_folder(path.parent)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return beside


def _flush_folder(folder: Path) -> None:
    # Without this a power cut may keep the data and lose the name.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
