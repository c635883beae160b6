"""Where a talk can go back to: the states that were left for a moment, kept in the session as words, innermost last."""

from msgspec.structs import replace

from bot.conversation.session import Session, State
from bot.conversation.states import RESTING


def beneath(session: Session) -> tuple[State, ...]:
    """List the states that were left, innermost last."""
    return tuple(State(name) for name in session.before.split())


def left_from(session: Session) -> State:
    """Give the state that was left last; the menu when none was."""
    return beneath(session)[-1] if session.before else State.NEW


def home(session: Session) -> State:
    """Give the resting place: the innermost state, this one included, in which nothing is going on but what it says."""
    resting = [state for state in (*beneath(session), session.state) if state in RESTING]
    return resting[-1] if resting else State.NEW


def leave(session: Session) -> Session:
    """Remember this state, to come back to it."""
    return replace(session, before=f"{session.before} {session.state}".strip())


def come_back(session: Session) -> Session:
    """Go back to the state that was left last."""
    rest = beneath(session)[:-1]
    return replace(session, state=left_from(session), before=" ".join(rest))


def go_home(session: Session) -> Session:
    """Go back to the resting place; it remembers nothing further."""
    return replace(session, state=home(session), before="")


def rest(session: Session) -> Session:
    """Remember only the resting place, whatever else was left on the way."""
    return replace(session, before=home(session).value)
