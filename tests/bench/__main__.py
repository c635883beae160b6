"""`make bench`: measures the product against this machine and prints one JSON object as the last line.

What counts is ratios between two things measured in turns within one run, since seconds say more about the machine than
about the product. The lines before the last one say what was measured, in words. `make bench B="talk login"` measures
some of it.
"""

import os
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import uvloop

from tests.bench import growth, logins, scaled, self_check, talk, telegram
from tests.support.repository import ROOT

Figures = dict[str, float]

MEASURES: dict[str, Callable[[Path], Awaitable[Figures]]] = {
    "talk": talk.measure,
    "scaled": scaled.measure,
    "login": logins.measure,
    "growth": growth.measure,
    "telegram": telegram.measure,
    "self_check": self_check.measure,
}


async def measure(names: Sequence[str]) -> Figures:
    """Measure one thing after the other, each in a folder of its own."""
    figures: Figures = {}
    for name in names:
        with disk() as folder:
            figures |= await MEASURES[name](folder)
    return figures


@contextmanager
def disk() -> Iterator[Path]:
    """Give an empty folder on the disk that the product's data lies on by default, and remove it afterwards."""
    # Relative, because the path of a Unix socket must be short, whatever the repository's own path.
    os.chdir(ROOT)
    var = Path("var")
    var.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=var, prefix="bench-") as made:
        yield Path(made).absolute().relative_to(ROOT)


if __name__ == "__main__":
    asked = sys.argv[1:] or [*MEASURES]
    if unknown := set(asked) - MEASURES.keys():
        sys.exit(f"there is no {', '.join(sorted(unknown))}; there is {', '.join(MEASURES)}")
    print(msgspec.json.encode(uvloop.run(measure(asked))).decode())
