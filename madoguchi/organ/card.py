"""The organ's public card: by which keys its roster is recognised. Handed to all staff and to the bot.

Nothing in it is secret, and everything in it must arrive unchanged: it is the root of trust. Fields may be added;
none may change its meaning.
"""

import base64
import re
from pathlib import Path

import msgspec

from backend.domain.people import MECHANISM
from bot.anonymity.roster import RECOVERY
from bot.anonymity.signing import REPORTER
from madoguchi.words import NotDoneError

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


class OrganCard(msgspec.Struct, frozen=True, kw_only=True):
    """One organ as those who trust it know it."""

    organ: str
    name: dict[str, str]
    #: Ed25519 public keys that sign the roster, and how many of them must.
    pins: tuple[bytes, ...]
    threshold: int
    #: What is sealed to this opens with two of three shares.
    recovery_public: bytes
    #: SHA-256 of the credential with which share holders fetch such a case; it opens nothing.
    recovery_credential: bytes


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """What a staff member hands to the administrator: the public halves of their keys, and their credential's hash."""

    organ: str
    staff_id: str
    name: dict[str, str]
    sealing_public: bytes
    signing_public: bytes
    credential_hash: bytes


def is_staff_id(text: str) -> bool:
    """Tell whether text may be the id of a person or a desk: short, plain, and not a word with a meaning here."""
    return _ID.fullmatch(text) is not None and text not in (REPORTER, RECOVERY, MECHANISM)


def read_card(path: Path) -> OrganCard:
    """Read a public card."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=OrganCard)
    except (OSError, msgspec.DecodeError) as unreadable:
        raise NotDoneError("organ.no_card", file=path) from unreadable


def as_json(record: msgspec.Struct) -> bytes:
    """Write a card or an enrolment the way people can look at it."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def as_text(public: bytes) -> str:
    """Write a public key as settings hold it: base64."""
    return base64.b64encode(public).decode()
