"""The talk around the questions, written as a table.

One row is one thing that may happen: in one of `states`, when one of `on` arrives and `only_if` holds, do `then`, say
`say`, move to `to` and show what stands there. The first row that fits counts, so exceptions stand above their rule.
Every state answers everything: the last part of the table is for all states, and what has no better row is answered by
showing again where the person is. Nothing typed or sent is dropped on any row: words go to the draft while there is
one, and to the reply when it is out of reach. Nothing in this file talks to a chat service, a clock or a store.
"""

from bot.conversation.anywhere import ANYWHERE
from bot.conversation.checking_in import CHECKING_IN
from bot.conversation.copying import COPYING
from bot.conversation.drafts_ending import DRAFTS_ENDING
from bot.conversation.handling_files import HANDLING_FILES
from bot.conversation.renewing import RENEWING
from bot.conversation.rows import Given, On, Row, Then
from bot.conversation.self_checking import SELF_CHECKING
from bot.conversation.session import State
from bot.conversation.starting import ORDERS, STARTING
from bot.conversation.states import ALL, FREE
from bot.conversation.wishing import ABOUT_AN_INBOX, WISHING

#: Short, so that a row fits on a line.
S = State

#: States whose outcome must not be missed: a token shown there is asked for again.
_ENGAGED = (S.SEARCHING, S.HANDING_OVER, S.SENDING, S.RENEWING)
_OPENABLE = tuple(state for state in ALL if state not in _ENGAGED)
_INBOX_OPEN = (S.READING, S.REPLYING, S.OFFERED_TOLD)
_INBOX_HELD = (S.OPENING, S.READING, S.REPLYING, S.SENDING, S.OFFERED_RENEWAL, S.FORGETTING, *ABOUT_AN_INBOX)
_LEAVABLE = (S.WANTING_TOKEN, *_INBOX_OPEN, S.OFFERED_RENEWAL, S.FORGETTING)
_AWAY = (*_INBOX_HELD, S.WANTING_TOKEN, S.CHOOSING_LANGUAGE, S.CANCELLING, S.HANDLING_FILE)
_STEP_ASIDE = (On.BACK, On.CANCEL, On.SKIP, On.DONE)
_TOKEN_WORDS = ("token.keep", "token.secret", "handed.next")

_BEGINNING = (
    Row((S.NEW,), (On.START,), S.CHOOSING_LANGUAGE, (Then.LEAVE,), ("menu.welcome",), (Given.NO_LANGUAGE,)),
    Row((S.NEW,), (On.START, On.SENT_NOTHING), say=("menu.welcome",)),
    Row(
        (S.NEW, S.CHOOSING_MATTER), (On.WROTE,), S.CHOOSING_LANGUAGE,
        (Then.BEGIN_REPORT, Then.KEEP_FIRST_WORDS, Then.GO_ON, Then.LEAVE), ("kept.story",),
        (Given.NO_LANGUAGE,),
    ),
    Row(
        (S.NEW, S.CHOOSING_MATTER), (On.WROTE,), None, (Then.BEGIN_REPORT, Then.KEEP_FIRST_WORDS, Then.GO_ON),
        ("kept.story",),
    ),
    Row(
        (S.NEW, S.CHOOSING_MATTER), (On.ATTACHED,), S.CHOOSING_LANGUAGE,
        (Then.BEGIN_REPORT, Then.KEEP_FILE, Then.GO_ON, Then.LEAVE), (), (Given.NO_LANGUAGE,),
    ),
    Row((S.NEW, S.CHOOSING_MATTER), (On.ATTACHED,), None, (Then.BEGIN_REPORT, Then.KEEP_FILE, Then.GO_ON)),
    Row((S.NEW,), (On.PICKED_TOKEN,), S.WANTING_TOKEN, (Then.REST,)),
    Row((S.NEW,), (On.MISTYPED_TOKEN,), S.WANTING_TOKEN, (Then.REST, Then.SAY_MISTYPED)),
    Row((S.NEW,), (On.CANCEL,), say=("cancel.nothing",)),
)  # fmt: skip

_LANGUAGE = (
    Row(
        (S.CHOOSING_LANGUAGE,), (On.PICKED,), None, (Then.SET_LANGUAGE, Then.RETURN), ("language.set", "menu.welcome"),
        (Given.MENU_BENEATH,),
    ),
    Row((S.CHOOSING_LANGUAGE,), (On.PICKED,), None, (Then.SET_LANGUAGE, Then.RETURN), ("language.set",)),
    Row((S.CHOOSING_LANGUAGE,), _STEP_ASIDE, only_if=(Given.NO_LANGUAGE,)),
    Row((S.CHOOSING_LANGUAGE,), _STEP_ASIDE, None, (Then.RETURN,)),
    # Whoever types a story instead of choosing a language is not made to choose first.
    Row(
        (S.CHOOSING_LANGUAGE,), (On.WROTE,), S.CHOOSING_LANGUAGE,
        (Then.RETURN, Then.BEGIN_REPORT, Then.KEEP_FIRST_WORDS, Then.GO_ON, Then.LEAVE), ("kept.story",),
        (Given.MENU_BENEATH, Given.NO_LANGUAGE),
    ),
    Row(
        (S.CHOOSING_LANGUAGE,), (On.WROTE,), None,
        (Then.RETURN, Then.BEGIN_REPORT, Then.KEEP_FIRST_WORDS, Then.GO_ON), ("kept.story",), (Given.MENU_BENEATH,),
    ),
    Row(
        (S.CHOOSING_LANGUAGE,), (On.ATTACHED,), S.CHOOSING_LANGUAGE,
        (Then.RETURN, Then.BEGIN_REPORT, Then.KEEP_FILE, Then.GO_ON, Then.LEAVE), (),
        (Given.MENU_BENEATH, Given.NO_LANGUAGE),
    ),
    Row(
        (S.CHOOSING_LANGUAGE,), (On.ATTACHED,), None, (Then.RETURN, Then.BEGIN_REPORT, Then.KEEP_FILE, Then.GO_ON), (),
        (Given.MENU_BENEATH,),
    ),
    Row((S.CHOOSING_LANGUAGE,), (On.LANGUAGE,)),
    Row(FREE, (On.LANGUAGE,), S.CHOOSING_LANGUAGE, (Then.LEAVE,)),
)  # fmt: skip

_DRAFT = (
    Row((S.ASKING,), (On.WROTE, On.PICKED), None, (Then.ANSWER,)),
    Row((S.ASKING,), (On.FILLED,), None, (Then.FILL,)),
    Row((S.ASKING,), (On.BACK,), None, (Then.STEP_BACK,)),
    Row((S.ASKING,), (On.SKIP,), None, (Then.PASS_OVER,)),
    Row((S.ASKING,), (On.DONE,), None, (Then.FINISH,)),
    Row((S.ASKING,), (On.REWRITE,), None, (Then.REWRITE,)),
    Row((S.CHECKING,), (On.PICKED_HAND_OVER,), S.HANDING_OVER, (Then.HAND_OVER,)),
    Row((S.CHECKING,), (On.PICKED_CHANGE,), S.CHANGING),
    Row((S.CHECKING, S.CHANGING), (On.PICKED,), None, (Then.EDIT,)),
    Row((S.CHECKING,), (On.BACK,), S.ASKING, (Then.GO_TO_LAST,)),
    Row((S.CHANGING, S.OFFERED_OTHERS), (On.BACK, On.PICKED_BACK), S.CHECKING),
    Row((S.ASKING, S.CHECKING, S.CHANGING, S.OFFERED_OTHERS), (On.CANCEL,), S.CANCELLING, (Then.LEAVE,)),
    Row(
        (S.CANCELLING,), (On.PICKED_YES,), S.READING, (Then.WIPE_REPLY, Then.RETURN), ("reply.wiped",),
        (Given.REPLY_BENEATH,),
    ),
    Row((S.CANCELLING,), (On.PICKED_YES,), S.NEW, (Then.WIPE_DRAFT,), ("cancel.done",)),
    Row((S.CANCELLING,), (On.PICKED_NO, On.BACK), None, (Then.RETURN,)),
)  # fmt: skip

_HANDING_OVER = (
    Row(
        (S.HANDING_OVER, S.WAITING), (On.HANDED_OVER,), S.HOLDING_TOKEN,
        (Then.DROP_DRAFT, Then.SAY_WHO_OPENS, Then.SHOW_TOKEN), _TOKEN_WORDS,
    ),
    # The report was waiting while its reporter looked elsewhere: the token comes first, whatever they were reading.
    Row(
        _AWAY, (On.HANDED_OVER,), S.HOLDING_TOKEN,
        (Then.CLOSE_INBOX, Then.GO_HOME, Then.SAY_WHO_OPENS, Then.SHOW_TOKEN), _TOKEN_WORDS, (Given.WAITING_BENEATH,),
    ),
    Row((S.HANDING_OVER,), (On.DESK_UNREACHABLE,), S.WAITING, (Then.DROP_DRAFT,), (), (Given.SEALED,)),
    Row((S.HANDING_OVER,), (On.DESK_UNREACHABLE,), S.CHECKING, (), ("hand_over.failed",), tone="warning"),
    Row((S.HANDING_OVER,), (On.NOBODY_LEFT,), S.OFFERED_OTHERS, (Then.REMEMBER_OTHERS,)),
    Row((S.WAITING,), (On.DESK_UNREACHABLE,)),
    Row(
        (S.OFFERED_OTHERS,), (On.PICKED,), S.HANDING_OVER, (Then.CHOOSE_OTHER_DESK, Then.HAND_OVER),
    ),
    Row(
        (S.OFFERED_OTHERS,), (On.PICKED_ANYONE,), S.HANDING_OVER, (Then.HAND_OVER_TO_ANYONE,),
    ),
    Row((S.HANDING_OVER, S.WAITING, S.HOLDING_TOKEN), (On.CANCEL,), say=("cancel.too_late",)),
)  # fmt: skip

_TOKEN = (
    Row((S.HOLDING_TOKEN,), (On.PICKED_SHOW,), None, (Then.SHOW_TOKEN,)),
    Row((S.HOLDING_TOKEN,), (On.TOKEN_READY,), say=("token.maybe_shown",)),
    Row((S.READING, S.REPLYING), (On.TOKEN_READY,), say=("inbox.maybe_shown",)),
    Row((S.HOLDING_TOKEN,), (On.PICKED_SAVED,), S.CONFIRMING, (Then.CONFIRM_SAVED,), ("token.saved",)),
    Row(
        (S.CONFIRMING,), (On.OPENED,), S.REPLYING, (Then.ENTER_INBOX, Then.SHOW_INBOX), ("reply.unsent",),
        (Given.UNSENT,),
    ),
    Row((S.CONFIRMING,), (On.OPENED,), S.OFFERED_TOLD, (Then.ENTER_INBOX,), (), (Given.CAN_BE_TOLD,)),
    Row((S.CONFIRMING,), (On.OPENED,), S.NEW, (Then.ENTER_INBOX, Then.CLOSE_INBOX), ("farewell.thanks",)),
    Row((S.CONFIRMING,), (On.DESK_UNREACHABLE, On.INBOX_CLOSED, On.TOKEN_REFUSED), S.NEW, (), ("farewell.thanks",)),
    Row((S.OFFERED_TOLD,), (On.PICKED_YES,), None, (Then.TOLD_ON,)),
    Row((S.OFFERED_TOLD,), (On.TOLD_SET,), S.NEW, (Then.NOTE_TOLD, Then.CLOSE_INBOX), ("farewell.thanks",)),
    Row((S.OFFERED_TOLD,), (On.PICKED_NO, *_STEP_ASIDE), S.NEW, (Then.CLOSE_INBOX,), ("farewell.thanks",)),
    Row((S.OFFERED_TOLD,), (On.INBOX_CLOSED,), S.NEW, (Then.DROP_HANDLE,), ("told.too_late", "farewell.thanks")),
)  # fmt: skip

_COMING_BACK = (
    Row(FREE, (On.COME_BACK,), S.WANTING_TOKEN, (Then.CLOSE_INBOX, Then.REST)),
    Row(
        _OPENABLE, (On.SHOWED_TOKEN,), S.OPENING, (Then.CLOSE_INBOX, Then.REST, Then.KEEP_REPLY, Then.OPEN_INBOX),
    ),
    Row(
        _ENGAGED, (On.SHOWED_TOKEN,), None, (Then.CLOSE_STRAY_INBOX, Then.KEEP_REPLY),
        ("token.later",),
    ),
    Row((S.WANTING_TOKEN,), _STEP_ASIDE, None, (Then.GO_HOME,)),
    Row((S.OPENING,), (On.BACK, On.CANCEL), S.WANTING_TOKEN),
    Row(
        (S.OPENING,), (On.OPENED,), S.REPLYING, (Then.ENTER_INBOX, Then.SHOW_INBOX), ("reply.unsent",),
        (Given.UNSENT,),
    ),
    Row((S.OPENING,), (On.OPENED,), S.READING, (Then.ENTER_INBOX, Then.SHOW_INBOX)),
    Row((S.OPENING,), (On.TOKEN_REFUSED,), S.WANTING_TOKEN, (), ("token.refused",)),
    Row((S.OPENING,), (On.DESK_UNREACHABLE,), S.WANTING_TOKEN, (), ("inbox.unreachable",), tone="warning"),
    Row(
        _INBOX_HELD, (On.INBOX_CLOSED,), S.WANTING_TOKEN,
        (Then.DROP_HANDLE, Then.REST), ("inbox.timed_out", "reply.still_kept"), (Given.UNSENT,),
    ),
    Row(
        _INBOX_HELD, (On.INBOX_CLOSED,), S.WANTING_TOKEN,
        (Then.DROP_HANDLE, Then.REST), ("inbox.timed_out",),
    ),
)  # fmt: skip

_INBOX = (
    Row((S.READING,), (On.PICKED_LETTERS,), None, (Then.SHOW_INBOX,)),
    Row((S.READING,), (On.PICKED_REPLY,), S.REPLYING),
    Row((S.READING,), (On.PICKED_TOLD_ON,), None, (Then.TOLD_ON,)),
    Row((S.READING,), (On.PICKED_TOLD_OFF,), None, (Then.TOLD_OFF,)),
    Row((S.READING,), (On.TOLD_SET,), None, (Then.NOTE_TOLD,)),
    # Forgetting takes everything of this chat along; a token nobody has written down must not go that way.
    Row((S.READING,), (On.PICKED_FORGET,), say=("forget.held",), only_if=(Given.HOME_HELD,)),
    Row((S.READING,), (On.PICKED_FORGET,), S.FORGETTING, (Then.LEAVE,)),
    Row(
        (S.READING,), (On.PICKED_CLOSE, *_STEP_ASIDE), None, (Then.CLOSE_INBOX, Then.GO_HOME),
        ("inbox.closed", "reply.still_kept"), (Given.UNSENT,),
    ),
    Row((S.READING,), (On.PICKED_CLOSE, *_STEP_ASIDE), None, (Then.CLOSE_INBOX, Then.GO_HOME), ("inbox.closed",)),
    Row(_INBOX_OPEN, (On.WROTE,), S.REPLYING, (Then.KEEP_REPLY,), ("reply.kept",)),
    Row(_INBOX_OPEN, (On.ATTACHED,), S.REPLYING, (Then.KEEP_REPLY_FILE,)),
    Row((S.REPLYING,), (On.DONE,), S.SENDING, (Then.SEND,), (), (Given.UNSENT,)),
    Row((S.REPLYING,), (On.DONE,), say=("reply.empty",)),
    Row((S.REPLYING,), (On.CANCEL,), S.CANCELLING, (Then.LEAVE,), (), (Given.UNSENT,)),
    Row((S.REPLYING,), (On.BACK, On.SKIP, On.CANCEL), S.READING),
    Row((S.SENDING,), (On.SENT,), S.OPENING, (Then.DROP_REPLY, Then.REOPEN_INBOX), ("reply.sent",)),
    Row((S.SENDING,), (On.DESK_UNREACHABLE,), S.REPLYING, (), ("reply.unreachable",), tone="warning"),
    Row((S.SENDING,), (On.BACK,), S.REPLYING),
    Row((S.FORGETTING,), (On.PICKED_YES,), None, (Then.RETRACT, Then.FORGET), (), (Given.CAN_CLEAR,)),
    Row((S.FORGETTING,), (On.PICKED_YES,), None, (Then.FORGET,)),
    Row((S.FORGETTING,), (On.PICKED_NO, *_STEP_ASIDE), None, (Then.RETURN,)),
    Row((S.FORGETTING,), (On.FORGOTTEN,), S.NEW, (Then.START_AFRESH,), ("forget.done",)),
)  # fmt: skip

_NEW_FROM_AN_INBOX = (
    Row(
        _LEAVABLE, ORDERS, None, (Then.CLOSE_INBOX, Then.GO_HOME),
        ("draft.already",), (Given.DRAFT,),
    ),
    Row(
        _LEAVABLE, ORDERS, None, (Then.CLOSE_INBOX, Then.GO_HOME), (),
        (Given.HOME_HELD,),
    ),
    Row(
        _LEAVABLE, ORDERS, None,
        (Then.CLOSE_INBOX, Then.GO_HOME, Then.BEGIN, Then.MOVE_REPLY, Then.GO_ON),
    ),
)  # fmt: skip

FLOW: tuple[Row, ...] = (
    *RENEWING,
    *HANDLING_FILES,
    *DRAFTS_ENDING,
    *COPYING,
    *STARTING,
    *SELF_CHECKING,
    *_BEGINNING,
    *_LANGUAGE,
    *_DRAFT,
    *_HANDING_OVER,
    *_TOKEN,
    *_COMING_BACK,
    *_INBOX,
    *CHECKING_IN,
    *WISHING,
    *_NEW_FROM_AN_INBOX,
    *ANYWHERE,
)
