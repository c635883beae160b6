"""Opening the signing keys of those who sign the roster: each in a lockbox of its own, each with its own six words."""

from collections.abc import Callable
from pathlib import Path

from bot.anonymity import lockbox
from bot.anonymity.errors import LockboxError
from madoguchi.organ.founding import Places
from madoguchi.words import NotDoneError


def open_seeds(places: Places, numbers: tuple[int, ...], passphrase: Callable[[int], str]) -> tuple[bytes, ...]:
    """Return the signing seeds of these signers, asking for each one's words."""
    return tuple(_open(places.signing_key(number), passphrase(number)) for number in numbers)


def _open(file: Path, passphrase: str) -> bytes:
    try:
        return lockbox.open_box(file.read_bytes(), passphrase)
    except OSError as missing:
        raise NotDoneError("key.missing", file=file) from missing
    except LockboxError as closed:
        raise NotDoneError(f"key.{closed.kind}", file=file) from closed
