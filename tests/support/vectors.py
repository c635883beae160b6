"""Known answers, as they stand in `tests/vectors/*.json`: bytes are base64, names are unique within a file.

The browser's code is held to the same files, so a vector is only ever added. One that no longer passes means that what
was stored or printed can no longer be opened.
"""

from pathlib import Path
from typing import TypeVar

import msgspec

from bot.anonymity.card import CaseCard
from bot.anonymity.grants import SealedGrant
from bot.anonymity.handover import SealedPart
from bot.anonymity.letters import Facts, Identity
from bot.anonymity.roster import Roster
from bot.anonymity.sealing import Binding
from bot.anonymity.signing import Envelope
from bot.anonymity.token_keys import TokenKeys

_Vector = TypeVar("_Vector", bound=msgspec.Struct)

FOLDER = Path(__file__).parent.parent / "vectors"


class TokenVector(msgspec.Struct, frozen=True):
    """What was typed, and the keys it gives."""

    name: str
    typed: str
    text: str
    secret: bytes
    keys: TokenKeys


class SpellingVector(msgspec.Struct, frozen=True):
    """The 15 bytes of a token, and the words that they are shown as in a language."""

    name: str
    secret: bytes
    language: str
    words: tuple[str, ...]


class SealingVector(msgspec.Struct, frozen=True):
    """A sealed text, its seed and its place."""

    name: str
    seed: bytes
    public: bytes
    binding: Binding
    info: bytes
    plaintext: bytes
    sealed: bytes


class LetterVector(msgspec.Struct, frozen=True):
    """A signed letter, its author's key and its hash."""

    name: str
    seed: bytes
    public: bytes
    envelope: Envelope
    signed: bytes
    hash: bytes


class CardVector(msgspec.Struct, frozen=True):
    """A locked card and its key."""

    name: str
    key: bytes
    card: CaseCard
    box: bytes


class FileVector(msgspec.Struct, frozen=True):
    """A sealed file."""

    name: str
    file_id: str
    data: bytes
    key: bytes
    digest: bytes
    ciphertext: bytes


class RosterVector(msgspec.Struct, frozen=True):
    """A signed roster and the pins it holds against."""

    name: str
    pins: list[bytes]
    threshold: int
    roster: Roster
    document: bytes


class CaseVector(msgspec.Struct, frozen=True):
    """A whole case as one staff member opens it, with what each of its letters says."""

    name: str
    organ: str
    submission: str
    holder: str
    sealing_seed: bytes
    roster: Roster
    grants: list[SealedGrant]
    parts: list[SealedPart]
    letters: list[tuple[str, bytes]]
    facts: Facts
    identity: Identity
    envelopes: list[Envelope]


class LockboxVector(msgspec.Struct, frozen=True):
    """A secret under a passphrase."""

    name: str
    passphrase: str
    secret: bytes
    box: bytes


class SharesVector(msgspec.Struct, frozen=True):
    """A recovery key in three shares."""

    name: str
    seed: bytes
    shares: tuple[str, str, str]


#: file name to shape
SHAPES: dict[str, type[msgspec.Struct]] = {
    "tokens": TokenVector,
    "spellings": SpellingVector,
    "sealing": SealingVector,
    "letters": LetterVector,
    "cards": CardVector,
    "files": FileVector,
    "rosters": RosterVector,
    "cases": CaseVector,
    "lockboxes": LockboxVector,
    "shares": SharesVector,
}


def path_of(shape: type[msgspec.Struct]) -> Path:
    """Where vectors of a shape stand."""
    return FOLDER / next(f"{name}.json" for name, one in SHAPES.items() if one is shape)


def vectors(shape: type[_Vector]) -> list[_Vector]:
    """All vectors of a shape."""
    return msgspec.json.decode(path_of(shape).read_bytes(), type=list[shape])  # type: ignore[valid-type]
