"""A draft that is soon past its time, as rows of the flow table: its writer is told once, and goes on or deletes it.

What is said then holds nothing of the draft: it may appear on a telephone that somebody else looks at, or in a window
that was left open. Whatever the person does with it is kept, and leads back to where they were.
"""

from bot.conversation.house import House
from bot.conversation.rows import Given, On, Row, Then
from bot.conversation.session import Session, State

S = State

#: Hours before a draft ends at which its writer is told.
WARNED_BEFORE = 3

#: What they lead to must not be missed.
_BUSY = (S.SEARCHING, S.HANDING_OVER, S.CONFIRMING, S.SENDING, S.RENEWING)
_FREE = tuple(state for state in S if state not in (*_BUSY, S.ENDING))
_ON = ("ending.kept",)

DRAFTS_ENDING: tuple[Row, ...] = (
    # A report on its way, or a token nobody has written down, is not led away from.
    Row(tuple(S), (On.DRAFT_ENDING,), None, (Then.SAY_ENDING,), (), (Given.HOME_HELD,)),
    Row(_FREE, (On.DRAFT_ENDING,), S.ENDING, (Then.DROP_HANDLE, Then.GO_HOME, Then.LEAVE, Then.SAY_ENDING)),
    Row(tuple(S), (On.DRAFT_ENDING,), None, (Then.SAY_ENDING,)),
    Row((S.ENDING,), (On.PICKED_KEEP, On.BACK, On.SKIP, On.DONE), None, (Then.RETURN,), _ON),
    Row((S.ENDING,), (On.PICKED_DELETE,), S.NEW, (Then.WIPE_REPLY, Then.WIPE_DRAFT), ("cancel.done",)),
    Row((S.ENDING,), (On.CANCEL,)),
    Row((S.ENDING,), (On.FILLED_LATE,), None, (Then.KEEP_LATE_FORM, Then.RETURN), _ON),
    Row((S.ENDING,), (On.WROTE, On.CORRECTED), None, (Then.KEEP_REMARK, Then.RETURN), ("kept.remark", *_ON),
        (Given.DRAFT,)),
    Row((S.ENDING,), (On.WROTE, On.CORRECTED), None, (Then.KEEP_REPLY, Then.RETURN), ("kept.reply", *_ON)),
    Row((S.ENDING,), (On.ATTACHED,), None, (Then.KEEP_FILE, Then.RETURN), _ON, (Given.DRAFT,)),
    Row((S.ENDING,), (On.ATTACHED,), None, (Then.KEEP_REPLY_FILE, Then.RETURN), _ON),
    Row((S.ENDING,), (On.DANGER,), None, (Then.MARK_DANGER,), ("danger.call", "danger.contact", "danger.marked"),
        (Given.DRAFT,), tone="warning"),
)  # fmt: skip

#: Somebody comes back to a talk that is not kept any more.
CAME_LATE = Row(tuple(S), (On.CAME_LATE,), say=("ending.gone",))


def is_begun(house: House, session: Session) -> bool:
    """Whether there is anything that the person wrote, chose or sent and has not handed over."""
    answered = any(_counts(house, name) for name in session.answers)
    return answered or bool(session.files or session.reply or session.reply_files)


def _counts(house: House, name: str) -> bool:
    """How somebody goes through the questions is no part of what they have to say."""
    question = house.known(name)
    return question is None or question.compartment != "talk"
