"""What a task holds while it has a talk's turn, so that its writes can be refused once the turn is lost."""

from contextvars import ContextVar


class Grip:
    """A lock in Redis and the token that proves it; `is_over` once it was let go."""

    __slots__ = ("is_over", "lock", "token")

    def __init__(self, lock: str, token: str) -> None:
        self.lock = lock
        self.token = token
        self.is_over = False


#: The grip of the running task. A task begun within a turn shares it until the turn ends.
HELD: ContextVar[Grip | None] = ContextVar("HELD", default=None)


def proof() -> tuple[str, str]:
    """Return the lock and token that a write must prove; empty where no turn is held."""
    grip = HELD.get()
    return ("", "") if grip is None or grip.is_over else (grip.lock, grip.token)
