"""Answering how one is treated, as rows of the flow table: three buttons of an inbox in which a check-in waits.

Whoever is treated badly has told the desk so with one tap; what happened they may write afterwards, or never.
"""

from bot.conversation.rows import Given, On, Row, Then
from bot.conversation.session import State

S = State

CHECKING_IN: tuple[Row, ...] = (
    Row((S.READING,), (On.PICKED_FINE, On.PICKED_BADLY, On.PICKED_STOP), None, (Then.ANSWER_CHECK_IN,)),
    Row((S.READING,), (On.CHECK_IN_ANSWERED,), S.REPLYING, (Then.NOTE_CHECK_IN,), (), (Given.TREATED_BADLY,)),
    Row(tuple(S), (On.CHECK_IN_ANSWERED,), None, (Then.NOTE_CHECK_IN,)),
)
