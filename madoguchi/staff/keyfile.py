"""A staff member's key file: everything with which they read and speak, in one lockbox under six generated words.

The file is made once and only read afterwards, so that no slip of a program can lose a key. What changes lies beside
it, in `memory.py`. Fields may be added; none may change its meaning.
"""

from pathlib import Path

import msgspec

from bot.anonymity import lockbox
from bot.anonymity.errors import LockboxError
from bot.anonymity.sealing import new_seed, public_key
from bot.anonymity.signing import new_signing_seed, signing_public
from madoguchi import private_files
from madoguchi.credentials import credential_hash, fingerprint, new_credential
from madoguchi.organ.card import Enrolment, OrganCard, as_json, is_staff_id
from madoguchi.words import NotDoneError


class StaffKey(msgspec.Struct, frozen=True, kw_only=True):
    """One staff member at one organ."""

    organ: str
    staff_id: str
    name: dict[str, str]
    sealing_seed: bytes
    signing_seed: bytes
    credential: str
    #: Where the case store is: a web address or the path of a Unix socket.
    store: str
    #: By which keys the organ's roster is recognised.
    pins: tuple[bytes, ...]
    threshold: int

    def __repr__(self) -> str:
        return f"<StaffKey {self.staff_id}>"


class Made(msgspec.Struct, frozen=True):
    """A new key file: the six words, shown once, and what two people compare."""

    passphrase: str
    fingerprint: str

    def __repr__(self) -> str:
        return "<Made>"


def make_key(file: Path, enrolment: Path, card: OrganCard, staff_id: str, name: dict[str, str], store: str) -> Made:
    """Make a key file and its enrolment. Raises `NotDoneError` when the file exists or the id cannot be."""
    if not is_staff_id(staff_id):
        raise NotDoneError("key.bad_id", value=staff_id)
    key = StaffKey(
        organ=card.organ,
        staff_id=staff_id,
        name=name,
        sealing_seed=new_seed(),
        signing_seed=new_signing_seed(),
        credential=new_credential(),
        store=store,
        pins=card.pins,
        threshold=card.threshold,
    )
    passphrase = lockbox.new_passphrase()
    try:
        private_files.create(file, lockbox.close(msgspec.msgpack.encode(key), passphrase))
    except FileExistsError as taken:
        raise NotDoneError("key.exists", file=file) from taken
    public = enrolment_of(key)
    private_files.write(enrolment, as_json(public))
    return Made(passphrase, fingerprint(public.sealing_public, public.signing_public))


def enrolment_of(key: StaffKey) -> Enrolment:
    """Return the public halves of a key."""
    return Enrolment(
        organ=key.organ,
        staff_id=key.staff_id,
        name=key.name,
        sealing_public=public_key(key.sealing_seed),
        signing_public=signing_public(key.signing_seed),
        credential_hash=credential_hash(key.credential),
    )


def open_key(file: Path, passphrase: str) -> StaffKey:
    """Open a key file. Raises `NotDoneError` when it is not there, not one of ours, or not opened by these words."""
    try:
        return msgspec.msgpack.decode(lockbox.open_box(file.read_bytes(), passphrase), type=StaffKey)
    except OSError as missing:
        raise NotDoneError("key.missing", file=file) from missing
    except LockboxError as closed:
        raise NotDoneError(f"key.{closed.kind}", file=file) from closed
    except msgspec.DecodeError as foreign:
        raise NotDoneError("key.shape", file=file) from foreign
