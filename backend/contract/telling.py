"""What is said about telling a reporter of answers: where, and the pushes that leave for it."""

from backend.contract.words import Record


class Told(Record, frozen=True):
    """Whether the reporter wants to be told of answers: a mailbox id that only the bot can trace, or none."""

    locator: bytes
    mailbox: str | None
    card: bytes
    card_version: int


class Push(Record, frozen=True):
    """Something is waiting at a mailbox. It says no more than that."""

    push_id: str
    mailbox: str


class Lease(Record, frozen=True):
    """A worker asks for pushes. One that is new falls due at a random moment `within` so many seconds from now."""

    within: int = 0


class Leased(Record, frozen=True):
    """Pushes handed to one worker until the lease ends; unacknowledged ones are handed out again."""

    pushes: tuple[Push, ...]


class Delivered(Record, frozen=True):
    """Pushes that arrived, and those that never will (the mailbox is gone)."""

    push_ids: tuple[str, ...]
    undeliverable: tuple[str, ...] = ()
