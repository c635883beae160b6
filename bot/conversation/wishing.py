"""Wishes about what was said before, and the survey, as rows of the flow table: all from an open inbox.

Nothing is taken back at one tap: it is always asked first, and said that the record stays. What was never said to the
desk cannot be taken back here. The survey is asked once, after the end; leaving it half-way counts nothing.
"""

from bot.conversation.rows import Given, On, Row, Then
from bot.conversation.session import State

S = State

#: States above an open inbox in which something about it is asked.
ABOUT_AN_INBOX = (S.CHOOSING_STATEMENT, S.CONFIRMING_WISH, S.SURVEYING)

_STEP_ASIDE = (On.PICKED_NO, On.PICKED_BACK, On.BACK, On.CANCEL, On.SKIP, On.DONE)

WISHING: tuple[Row, ...] = (
    Row((S.READING,), (On.PICKED_WITHDRAW,), S.CHOOSING_STATEMENT),
    Row((S.CHOOSING_STATEMENT,), (On.PICKED, On.PICKED_WHOLE), S.CONFIRMING_WISH, (Then.CHOOSE_WISH,)),
    Row((S.READING,), (On.PICKED_BECOME_REPORT,), S.CONFIRMING_WISH, (Then.CHOOSE_WISH,)),
    Row((S.CONFIRMING_WISH,), (On.PICKED_YES,), None, (Then.WISH,)),
    Row((S.CONFIRMING_WISH,), (On.WISHED,), S.OPENING, (Then.SAY_WISHED, Then.REOPEN_INBOX)),
    Row(tuple(S), (On.WISHED,), None, (Then.SAY_WISHED,)),
    Row((S.CONFIRMING_WISH,), (On.DESK_UNREACHABLE,), say=("wish.unreachable",), tone="warning"),
    Row((S.CHOOSING_STATEMENT, S.CONFIRMING_WISH), _STEP_ASIDE, S.READING, (Then.DROP_WISH,)),
    Row((S.READING,), (On.PICKED_SURVEY,), S.SURVEYING, (Then.DROP_WISH,), ("survey.lead",)),
    Row((S.SURVEYING,), (On.PICKED, On.SKIP), S.READING, (Then.SCORE, Then.ANSWER_SURVEY), (),
        (Given.LAST_OF_SURVEY,)),
    Row((S.SURVEYING,), (On.PICKED, On.SKIP), None, (Then.SCORE,)),
    Row((S.SURVEYING,), _STEP_ASIDE, S.READING, (Then.DROP_WISH,), ("survey.left",)),
    Row(tuple(S), (On.SURVEY_ANSWERED,), None, (Then.NOTE_SURVEY,), ("survey.thanks",), tone="good"),
    Row(ABOUT_AN_INBOX, (On.WROTE,), S.REPLYING, (Then.KEEP_REPLY, Then.DROP_WISH), ("reply.kept",)),
    Row(ABOUT_AN_INBOX, (On.ATTACHED,), S.REPLYING, (Then.KEEP_REPLY_FILE, Then.DROP_WISH)),
)  # fmt: skip
