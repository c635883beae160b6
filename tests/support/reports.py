"""Sealed reports and letters as the bot and staff would send them, with a clock and dice that a test can set.

Ciphertext here is made-up bytes: the case store cannot tell, which is its point.
"""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from backend.contract import (
    Compartment,
    FromReporter,
    FromStaff,
    Move,
    MoveCase,
    Person,
    Publication,
    Rules,
    SealedGrant,
    SealedPart,
    Stage,
    Submission,
    Told,
)
from backend.ports import Circumstances
from backend.profiles import profile

TODAY = date(2026, 11, 21)
REASONS = ("not_in_scope", "no_facts")


class SetClock:
    """`ports.Clock` that stands still until it is moved."""

    def __init__(self, moment: datetime = datetime(2026, 11, 21, 3, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment that was set."""
        return self.moment

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**by)


class CountedChance:
    """`ports.Chance` whose bytes can be told beforehand: hashes of 0, 1, 2, ..."""

    def __init__(self) -> None:
        self.drawn = 0

    def bytes(self, count: int) -> bytes:
        """The first bytes of the next hash."""
        self.drawn += 1
        return sha256(self.drawn.to_bytes(8)).digest()[:count]


def circumstances(now: int = 1_800_000_000, today: date = TODAY) -> Circumstances:
    """What a command may know."""
    return Circumstances(now=now, today=today, chance=CountedChance())


def locator(name: str) -> bytes:
    """32 bytes that go by a name."""
    return sha256(name.encode()).digest()


def token_hash(token: str) -> bytes:
    """What the store keeps of a bearer token."""
    return sha256(token.encode()).digest()


def submission(name: str = "first", holders: tuple[str, ...] = ("sato",), **more: object) -> Submission:
    """A report that goes by a name, with all compartments granted to each holder."""
    given: dict[str, object] = {
        "submission_id": name,
        "desk": "integrated",
        "locator": locator(name),
        "card": b"card of " + name.encode(),
        "parts": (
            SealedPart(part_id="facts", compartment=Compartment.FACTS, ciphertext=b"sealed facts"),
            SealedPart(part_id="identity", compartment=Compartment.IDENTITY, ciphertext=b"sealed name"),
        ),
        "grants": tuple(
            SealedGrant(holder=holder, compartment=compartment, ciphertext=f"{holder} {compartment}".encode())
            for holder in holders
            for compartment in Compartment
        ),
    }
    return Submission(**(given | more))  # type: ignore[arg-type]


def from_reporter(name: str = "first", message_id: str = "r1", card_version: int = 1, **more: object) -> FromReporter:
    """A reporter's letter to the case that goes by a name."""
    given: dict[str, object] = {
        "locator": locator(name),
        "message_id": message_id,
        "ciphertext": b"from reporter " + message_id.encode(),
        "card": b"card after " + message_id.encode(),
        "card_version": card_version,
    }
    return FromReporter(**(given | more))  # type: ignore[arg-type]


def told(mailbox: str | None, card_version: int = 1, name: str = "first") -> Told:
    """A reporter's wish to be told."""
    card = f"card with {mailbox} after {card_version}".encode()
    return Told(locator=locator(name), mailbox=mailbox, card=card, card_version=card_version)


def from_staff(message_id: str = "s1", seen: int = 0, *, note: bool = False) -> FromStaff:
    """A letter of the desk, or a note."""
    for_reporter = None if note else b"for reporter " + message_id.encode()
    return FromStaff(
        message_id=message_id, for_desk=b"for desk " + message_id.encode(), for_reporter=for_reporter, seen=seen
    )


def move(kind: Move = Move.ACCEPT, reason: str | None = None, **more: object) -> MoveCase:
    """A stage change with its notice."""
    given: dict[str, object] = {
        "move": kind,
        "from_stage": Stage.RECEIVED,
        "reason": reason,
        "letter": from_staff("notice"),
    }
    return MoveCase(**(given | more))  # type: ignore[arg-type]


def publication(serial: int = 1, tokens: dict[str, str] | None = None, document: bytes = b"signed") -> Publication:
    """A roster with staff ids and their bearer tokens."""
    posted = {"sato": "token of sato", "suzuki": "token of suzuki"} if tokens is None else tokens
    return Publication(
        serial=serial,
        document=document,
        desks=("integrated",),
        people=tuple(
            Person(
                staff_id=who,
                credential_hash=token_hash(token),
                desks=("integrated",),
                trained_until=date(2099, 3, 31),
            )
            for who, token in posted.items()
        ),
        policy=profile(),
        rules=Rules(version=0, text={}),
    )
