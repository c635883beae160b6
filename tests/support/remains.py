"""What is left behind: raw bytes of the files of a system, and all that the bot's own key opens of them."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from bot.anonymity.boxes import unlock
from bot.anonymity.relay import open_address
from bot.dispatcher.context import Store
from bot.ports.storing import Changes
from tests.support.places import InFiles, Places, Record

#: What each kind of record is sealed for, beside its name.
_LABELS = {"talk": b"talk/1:", "parcel": b"parcel/1:", "secret": b""}


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
    return opened(InFiles(data), keys)


def opened(places: Places, keys: Path) -> dict[str, bytes]:
    """The same, wherever the bot keeps it."""
    key = (keys / "bot.key").read_bytes()
    return {f"{record.kind} {record.name.hex()}": _opened(key, record) for record in places.records()}


def _opened(key: bytes, record: Record) -> bytes:
    if record.kind == "relay":
        return repr(open_address(key, record.name.decode(), record.box).address).encode()
    return unlock(key, record.box, _LABELS[record.kind] + record.name)


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
        return self.still_in(InFiles(data), keys, secret)

    def still_in(self, places: Places, keys: Path, secret: str) -> int:
        """The same, wherever the bot keeps it."""
        revealing = self._revealing(keys, secret)
        assert revealing, "these words were never stored"
        # A long record is spread over pages; 48 bytes behind its nonce stand together.
        on_disk = places.on_disk()
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
