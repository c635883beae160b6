"""A second organ in the same case store as a hall's: keys, desks, rules, regime and bot of its own.

Its people have the ids that the first organ's have, so that nothing but the organ tells them apart.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from madoguchi import private_files
from madoguchi.organ.demo import Demo
from madoguchi.organ.founding import found
from tests.support.hall import Hall, open_hall
from tests.support.organs import copied
from tests.support.system import System

ORGAN: Final = "agency"
#: What it has otherwise than the first, each with its own words in the document.
CHANGES: Final = {
    'organ = "demo"': f'organ = "{ORGAN}"',
    '"jp-national-organ"': '"eu-2019-1937"',
    "Ministry of Examples": "Agency of Samples",
    "見本省": "見本庁",
    "Internal desk": "Trust desk",
    "1. Nobody searches": "1. With us, nobody searches",
}


@asynccontextmanager
async def open_halls(organ: Path, folder: Path) -> AsyncIterator[tuple[Hall, Hall]]:
    """Start one case store for both organs, and a bot for each; stop all of it in the end."""
    both = copied(organ, folder / "both")
    theirs = Demo.below(folder / "second/keys", both / "keys/backend/credentials.json")
    made = found(theirs.places, ORGAN, {"ja": "見本庁", "en": "Agency of Samples"})
    private_files.write(theirs.passphrase("organ"), f"{made.passphrases[0]}\n".encode())
    async with open_hall(both, folder / "first") as first:
        second = System(folder / "second")
        second.store, second.clock = first.system.store, first.system.clock
        second.outside = replace(second.outside, clock=second.clock)
        await second.publish(_changed)
        try:
            await second.start_bot()
            yield first, Hall(second)
        finally:
            await second.stop_bot()


def _changed(document: str) -> str:
    for old, new in CHANGES.items():
        assert old in document, old
        document = document.replace(old, new)
    return document
