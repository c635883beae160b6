"""The repository as the house tests see it: its root, the files that belong to it, its modules.

What git ignores (the environment, data, keys, caches) is no part of it. Reads only.
"""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: What is installed; tests and documents stay behind.
PACKAGES = ("bot", "backend", "madoguchi")


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, committed, as a path below `ROOT`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    return tuple(sorted(Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()))


def files_ending(*suffixes: str) -> tuple[Path, ...]:
    """The files of the repository whose names end in one of `suffixes`."""
    return tuple(path for path in files() if path.suffix in suffixes)


def product_files() -> tuple[Path, ...]:
    """The Python files that are installed."""
    return tuple(path for path in files_ending(".py") if path.parts[0] in PACKAGES)


def modules() -> tuple[str, ...]:
    """The dotted names of the product's modules, packages included."""
    dotted = (path.with_suffix("").parts for path in product_files())
    return tuple(".".join(parts[:-1] if parts[-1] == "__init__" else parts) for parts in dotted)
