"""A copy of one's own report before it is handed over, as rows of the flow table.

It is never given without saying first what it gives away: whoever finds it knows what was reported, and where. Where
what is shown cannot be taken back, and somebody else reads along, there is none at all. It never holds a token, since
there is none yet.
"""

from bot.conversation.effects import Say
from bot.conversation.house import House
from bot.conversation.rows import Given, On, Row, Then
from bot.conversation.session import Session, State
from bot.conversation.walk import Turn

S = State

_STEP_ASIDE = (On.BACK, On.CANCEL, On.SKIP, On.DONE)

COPYING: tuple[Row, ...] = (
    Row((S.CHECKING,), (On.PICKED_COPY,), say=("hand_over.empty",), only_if=(Given.EMPTY_DRAFT,)),
    Row((S.CHECKING,), (On.PICKED_COPY,), say=("copy.not_here", "copy.elsewhere"), only_if=(Given.CANNOT_COPY,)),
    Row((S.CHECKING,), (On.PICKED_COPY,), S.OFFERED_COPY, (Then.LEAVE, Then.WARN_OF_COPY)),
    Row((S.OFFERED_COPY,), (On.PICKED_YES,), S.COPYING),
    Row((S.OFFERED_COPY,), (On.PICKED_NO, *_STEP_ASIDE), None, (Then.RETURN,)),
    Row((S.COPYING,), (On.PICKED_BACK, *_STEP_ASIDE), None, (Then.RETURN,)),
    # What was taken back must not come again with the very next screen.
    Row((S.COPYING, S.CHECKING, S.WARNED), (On.RETRACTED,), S.ENDING, (Then.GO_HOME, Then.LEAVE, Then.SAY_RETRACTED)),
)

#: Where the person alone decides what becomes of the copy. In any other place it must be possible to take it back.
_ON_PAPER = frozenset(("web", "terminal"))


def can_copy(house: House, session: Session) -> bool:
    """Whether a copy is given on this channel."""
    return session.channel in _ON_PAPER or session.channel in house.can_clear


def warn(house: House, session: Session) -> Turn:
    """Say what a copy gives away, and who keeps it where it is shown."""
    kept_by = session.channel if session.channel in _ON_PAPER else "chat"
    keys = ("copy.finders", f"copy.kept_by.{kept_by}")
    return session, tuple(Say(house.text(session, key), "warning") for key in keys)
