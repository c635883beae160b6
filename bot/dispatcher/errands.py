"""Which room carries out which act: one row an act."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.conversation.effects import (
    AnswerCheckIn,
    AnswerSurvey,
    CheckSelf,
    CloseInbox,
    ConfirmSaved,
    Forget,
    HandOver,
    OpenInbox,
    RenewToken,
    Retract,
    Send,
    SendDraft,
    SetTold,
    WipeDraft,
    Wish,
)
from bot.dispatcher import (
    checking_in,
    checking_self,
    hand_over,
    inboxes,
    renewing,
    sending,
    taking_back,
    telling,
    wishing,
)
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.record import AnyAct, Deliver, ReplaceToken, Talk

Errand = Callable[[Context, Talk, Any, Place], Awaitable[Outcome]]

ERRANDS: dict[type[AnyAct], Errand] = {
    CheckSelf: checking_self.look,
    HandOver: hand_over.seal,
    Deliver: hand_over.deliver,
    OpenInbox: inboxes.open_inbox,
    ConfirmSaved: inboxes.confirm_saved,
    Send: sending.send,
    SendDraft: sending.send_draft,
    Wish: wishing.wish,
    AnswerSurvey: wishing.answer_survey,
    CloseInbox: inboxes.close,
    RenewToken: renewing.prepare,
    ReplaceToken: renewing.replace_token,
    AnswerCheckIn: checking_in.answer,
    SetTold: telling.set_told,
    Retract: taking_back.take_back,
    Forget: telling.forget,
    WipeDraft: telling.wipe,
}

#: Acts that live in memory only: after a crash they are not taken up again, the token is asked for instead.
NEVER_STORED: tuple[type[AnyAct], ...] = (OpenInbox,)
