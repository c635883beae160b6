"""An entry on its way, kept until the case store has it: after an answer that never came the very same is sent again.

Locked under a key derived from the staff member's own, like what their machine remembers. What was written lies in it
sealed; the token does lie in it, since it is nowhere else, and goes with the file.
"""

from pathlib import Path

import msgspec

from backend.contract import Entry
from bot.anonymity.boxes import keyed_name, lock, unlock
from bot.anonymity.errors import NotOpenedError
from bot.anonymity.hidden import Hidden
from madoguchi import private_files
from madoguchi.staff.entering import Kind
from madoguchi.staff.keyfile import StaffKey
from madoguchi.words import NotDoneError

_LABEL = b"madoguchi/entry/1"


class Parcel(Hidden, frozen=True, kw_only=True):
    """What is needed to send an entry, and to acknowledge it."""

    entry: Entry
    files: tuple[tuple[str, bytes], ...]
    token: str
    kind: Kind
    language: str
    mail: str


def keep(file: Path, key: StaffKey, parcel: Parcel) -> None:
    """Keep a parcel, readable by its owner alone."""
    private_files.write(file, lock(_key(key), msgspec.msgpack.encode(parcel), _LABEL))


def kept(file: Path, key: StaffKey) -> Parcel:
    """Read one that was kept. Raises `NotDoneError` when it is none, or another's."""
    try:
        return msgspec.msgpack.decode(unlock(_key(key), file.read_bytes(), _LABEL), type=Parcel)
    except (OSError, NotOpenedError, msgspec.DecodeError) as strange:
        raise NotDoneError("enter.not_parcel", file=file) from strange


def forget(file: Path) -> None:
    """Delete a parcel that has done its work, or never will."""
    file.unlink(missing_ok=True)


def _key(key: StaffKey) -> bytes:
    return keyed_name(key.signing_seed, "entry", key.organ, key.staff_id)
