"""Sets of states that several rooms ask about: what is a draft, what waits for an outcome, where a talk rests."""

from bot.conversation.session import State

#: Short, so that a row fits on a line.
S = State

ALL = tuple(S)

#: States with a draft that can be changed.
DRAFTING = (
    S.ASKING, S.CHECKING, S.CHANGING, S.HANDLING_FILE, S.CANCELLING, S.WARNED, S.OFFERED_OTHERS, S.OFFERED_COPY,
    S.COPYING,
)  # fmt: skip

#: States that wait for an outcome. Commands that would lead away from them wait too.
BUSY = (S.SEARCHING, S.HANDING_OVER, S.CONFIRMING, S.OPENING, S.SENDING, S.RENEWING)

#: States to come back to after an inbox. They remember no other place.
RESTING = (S.NEW, S.ASKING, S.CHECKING, S.CHANGING, S.WARNED, S.OFFERED_OTHERS, S.WAITING, S.HOLDING_TOKEN)

#: States that nothing is waited for in.
FREE = tuple(state for state in ALL if state not in BUSY)
