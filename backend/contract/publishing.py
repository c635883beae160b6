"""What an organ publishes: its signed roster, and what the store must know of it in clear."""

from backend.contract.words import Record


class PostedBy(Record, frozen=True):
    """A staff member's credential, as the store keeps it: the SHA-256 of the bearer token."""

    staff_id: str
    credential_hash: bytes


class Publication(Record, frozen=True):
    """A signed roster with what the store must know of it in clear. The bot trusts only the signed document."""

    serial: int
    document: bytes
    desks: tuple[str, ...]
    credentials: tuple[PostedBy, ...]
    reasons: tuple[str, ...]  # codes for not accepting a report (Guidelines 3(1)iv)


class RosterDocument(Record, frozen=True):
    """The newest published roster, as signed bytes."""

    serial: int
    document: bytes
