"""Copies of an organ that was founded once: making keys takes a second of stretching on purpose, copying them none."""

import shutil
from pathlib import Path


def copied(organ: Path, folder: Path) -> Path:
    """Copy keys and store into a folder of the test's own; sockets stay behind."""
    shutil.copytree(organ, folder, ignore=shutil.ignore_patterns("*.sock"), dirs_exist_ok=True)
    return folder
