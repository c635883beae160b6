"""Taking a new token in place of an old one, as rows of the flow table.

A token that somebody at the desk may have seen is replaced before it opens anything; any other one when its reporter
asks. It is always asked first, since a new token must be written down: the old one dies when the case store has taken
the new one. From then on it is held and confirmed like the token of a report.
"""

from bot.conversation.rows import Given, On, Row, Then
from bot.conversation.session import State

S = State

_STEP_ASIDE = (On.PICKED_NO, On.BACK, On.CANCEL, On.SKIP, On.DONE)
_ASKS = (On.NEW_TOKEN, On.PICKED_RENEW)

RENEWING: tuple[Row, ...] = (
    Row((S.OPENING,), (On.OPENED,), None, (Then.CLOSE_STRAY_INBOX, Then.GO_HOME), ("renew.held_first",),
        (Given.PROVISIONAL, Given.HOME_HELD)),
    Row((S.OPENING,), (On.OPENED,), S.OFFERED_RENEWAL, (Then.HOLD_INBOX,), ("renew.why",), (Given.PROVISIONAL,)),
    Row((S.READING, S.REPLYING), _ASKS, say=("renew.held",), only_if=(Given.HOME_HELD,)),
    Row((S.READING, S.REPLYING), _ASKS, S.OFFERED_RENEWAL, (Then.LEAVE,)),
    Row((S.OFFERED_RENEWAL,), (On.NEW_TOKEN,)),
    Row((S.OFFERED_RENEWAL,), (On.PICKED_YES,), S.RENEWING, (Then.RENEW,)),
    Row((S.OFFERED_RENEWAL,), _STEP_ASIDE, None, (Then.RETURN,), (), (Given.INBOX_BENEATH,)),
    Row((S.OFFERED_RENEWAL,), _STEP_ASIDE, None, (Then.CLOSE_INBOX, Then.GO_HOME), ("renew.not_now",)),
    Row((S.RENEWING,), (On.TOKEN_REPLACED,), S.HOLDING_TOKEN, (Then.SHOW_TOKEN,),
        ("renew.done", "token.keep", "token.secret")),
    # It may have been replaced, and then the new token is nowhere but here: nobody leads away from it.
    Row((S.RENEWING,), (On.DESK_UNREACHABLE,), None, (), ("renew.waiting",), (Given.SEALED,), tone="warning"),
    Row((S.RENEWING,), (On.DESK_UNREACHABLE,), S.WANTING_TOKEN, (Then.END_RENEWAL,), ("inbox.unreachable",),
        tone="warning"),
    Row((S.RENEWING,), (On.TOKEN_REFUSED,), S.WANTING_TOKEN, (Then.END_RENEWAL,), ("token.refused",)),
    Row((S.RENEWING,), (On.INBOX_CLOSED,), S.WANTING_TOKEN, (Then.END_RENEWAL,), ("inbox.timed_out",)),
    Row((S.HOLDING_TOKEN,), (On.CANCEL,), say=("renew.too_late",), only_if=(Given.RENEWED,)),
    Row((S.CONFIRMING,), (On.OPENED,), S.REPLYING, (Then.END_RENEWAL, Then.ENTER_INBOX, Then.SHOW_INBOX),
        ("reply.unsent",), (Given.RENEWED, Given.UNSENT)),
    Row((S.CONFIRMING,), (On.OPENED,), S.READING, (Then.END_RENEWAL, Then.ENTER_INBOX, Then.SHOW_INBOX), (),
        (Given.RENEWED,)),
    Row((S.CONFIRMING,), (On.DESK_UNREACHABLE, On.INBOX_CLOSED, On.TOKEN_REFUSED), None,
        (Then.END_RENEWAL, Then.GO_HOME), ("renew.saved",), (Given.RENEWED,)),
)  # fmt: skip

#: Where no inbox is open there is nothing to replace.
ELSEWHERE = Row(tuple(S), (On.NEW_TOKEN,), say=("renew.open_first",))
