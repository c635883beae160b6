"""What is left behind: raw bytes of the files of a system, and all that the bot's own key opens of them."""

import sqlite3
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from bot.anonymity.boxes import unlock
from bot.anonymity.relay import open_address
from bot.dispatcher.context import Store
from bot.ports.storing import Changes

_SELECTS = {
    "parcels": ("SELECT parcel_id, box FROM parcels", b"parcel/1:"),
    "secrets": ("SELECT name, box FROM secrets", b""),
}


def spellings(canary: str) -> Iterator[bytes]:
    """The ways in which words can lie in a file: UTF-8, UTF-16, hex, and base64 at any of its three alignments."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = canary.encode(encoding)
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        for lead in range(3):
            # The symbols at both ends hold bits of the neighbours, so they are left out.
            spelled = b64encode(bytes(lead) + raw).rstrip(b"=")
            inner = spelled[(lead * 8 + 5) // 6 : (lead + len(raw)) * 8 // 6]
            yield inner
            yield inner.translate(bytes.maketrans(b"+/", b"-_"))


def found_in(places: dict[str, bytes], canaries: dict[str, str]) -> list[str]:
    """Name every place in which a canary lies, in whichever spelling."""
    return [
        f"{name} in {place}"
        for name, canary in canaries.items()
        for spelling in set(spellings(canary))
        for place, content in places.items()
        if spelling in content
    ]


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with all of its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def opened_by_the_bots_key(data: Path, keys: Path) -> dict[str, bytes]:
    """Everything in `bot.db` that whoever seized it together with the bot's key could read."""
    key = (keys / "bot.key").read_bytes()
    read: dict[str, bytes] = {}
    with sqlite3.connect(f"file:{data / 'bot.db'}?mode=ro", uri=True) as database:
        for name, box in database.execute("SELECT name, box FROM talks"):
            read[f"talk {name.hex()}"] = unlock(key, box, b"talk/1:" + name)
        for table, (select, label) in _SELECTS.items():
            for name, box in database.execute(select):
                read[f"{table} {name}"] = unlock(key, box, label + name.encode())
        for mailbox, box in database.execute("SELECT mailbox, address FROM relay"):
            read[f"relay {mailbox}"] = repr(open_address(key, mailbox, box).address).encode()
    return read


class Witness:
    """Remembers every sealed record that the bot ever stored, to look for it later in the bytes of its files.

    What was replaced or deleted must be gone from the disk, since whoever seizes it may have the bot's key as well.
    """

    def __init__(self) -> None:
        self._boxes: list[tuple[bytes, bytes]] = []

    def watch(self, store: Store) -> Store:
        """Stand between the bot and its store."""
        return cast("Store", _Watched(store, self._boxes))

    def ever_held(self, keys: Path, secret: str) -> int:
        """Count the records that ever had these words in them."""
        return len(self._revealing(keys, secret))

    def still_there(self, data: Path, keys: Path, secret: str) -> int:
        """Count the records with these words in them, old ones too, whose bytes still lie in `bot.db` or its log."""
        revealing = self._revealing(keys, secret)
        assert revealing, "these words were never stored"
        on_disk = [path.read_bytes() for path in data.glob("bot.db*")]
        # A long record is spread over pages; 48 bytes behind its nonce stand together.
        return sum(any(box[13:61] in content for content in on_disk) for box in revealing)

    def _revealing(self, keys: Path, secret: str) -> list[bytes]:
        key = (keys / "bot.key").read_bytes()
        return [box for label, box in self._boxes if secret.encode() in unlock(key, box, label)]


class _Watched:
    def __init__(self, inner: Store, boxes: list[tuple[bytes, bytes]]) -> None:
        self._inner = inner
        self._boxes = boxes

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the inner one has
        return getattr(self._inner, name)

    async def commit(self, changes: Changes) -> None:
        self._boxes += [(b"talk/1:" + row.name, row.box) for row in changes.put]
        self._boxes += [(b"parcel/1:" + parcel.parcel_id.encode(), parcel.box) for parcel in changes.put_parcels]
        await self._inner.commit(changes)
