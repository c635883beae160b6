"""The words that the flow table is written in: what can come in, what may be asked first, what can be done.

Only vocabulary. What a deed does is written in `deeds`, what a condition asks in `given`, what is shown in `screens`.
"""

from enum import StrEnum

from msgspec import Struct

from bot.conversation.session import State


class On(StrEnum):
    """What came in. A command is `/name`, an option that was picked is `=value`."""

    WROTE = "wrote"
    """Words that are no command and no option."""
    CORRECTED = "corrected"
    """Words that were sent before, changed."""
    PICKED = "picked"
    """An option that has no name in this table, such as a desk."""
    PICKED_LATE = "picked_late"
    """An option of a question that is no longer asked."""
    FILLED = "filled"
    """The form of the question that is being asked."""
    FILLED_LATE = "filled_late"
    """A form from a screen that has passed."""
    ATTACHED = "attached"
    ATTACH_FAILED = "attach_failed"
    SENT_NOTHING = "sent_nothing"
    SHOWED_TOKEN = "showed_token"
    MISTYPED_TOKEN = "mistyped_token"
    HANDED_OVER = "handed_over"
    DESK_UNREACHABLE = "desk_unreachable"
    NOBODY_LEFT = "nobody_left"
    TOKEN_READY = "token_ready"
    OPENED = "opened"
    TOKEN_REFUSED = "token_refused"
    INBOX_CLOSED = "inbox_closed"
    SENT = "sent"
    TOLD_SET = "told_set"
    FORGOTTEN = "forgotten"
    RETRACTED = "retracted"
    ANSWER_WAITING = "answer_waiting"
    TOKEN_REPLACED = "token_replaced"
    CHECK_IN_ANSWERED = "check_in_answered"

    START = "/start"
    REPORT = "/report"
    CONSULT = "/consult"
    CONCERN = "/concern"
    FEEDBACK = "/feedback"
    SUPERVISOR = "/supervisor"
    APPROACH = "/approach"
    RELIEF = "/relief"
    PROCEDURE = "/procedure"
    FIGURES = "/figures"
    LOST = "/lost"
    COME_BACK = "/token"
    BACK = "/back"
    SKIP = "/skip"
    HELP = "/help"
    LANGUAGE = "/language"
    CANCEL = "/cancel"
    DANGER = "/danger"
    STATUS = "/status"
    RULES = "/rules"
    ABOUT = "/about"
    EXPOSURE = "/exposure"
    CLEAR = "/clear"
    DONE = "/done"
    REWRITE = "/rewrite"
    NEW_TOKEN = "/newtoken"

    PICKED_REPORT = "=report"
    PICKED_CONSULT = "=consult"
    PICKED_CONCERN = "=concern"
    PICKED_FEEDBACK = "=feedback"
    PICKED_SUPERVISOR = "=supervisor"
    PICKED_APPROACH = "=approach"
    PICKED_IDENTITY = "=identity"
    PICKED_OTHER = "=other"
    PICKED_AFRESH = "=afresh"
    PICKED_AS_REPORT = "=as_report"
    PICKED_TOKEN = "=token"
    PICKED_HAND_OVER = "=hand_over"
    PICKED_CHANGE = "=change"
    PICKED_ANYONE = "=anyone"
    PICKED_BACK = "=back"
    PICKED_YES = "=yes"
    PICKED_NO = "=no"
    PICKED_SAVED = "=saved"
    PICKED_SHOW = "=show"
    PICKED_CHECK = "=check"
    PICKED_LETTERS = "=letters"
    PICKED_REPLY = "=reply"
    PICKED_TOLD_ON = "=told_on"
    PICKED_TOLD_OFF = "=told_off"
    PICKED_FORGET = "=forget"
    PICKED_CLOSE = "=close"
    PICKED_RENEW = "=renew"
    PICKED_FINE = "=fine"
    PICKED_BADLY = "=badly"
    PICKED_STOP = "=stop"


class Given(StrEnum):
    """What must be so for a row to count."""

    DRAFT = "there is a draft"
    SAME_FLOW = "the draft is in this flow"
    FOR_CASE = "the draft belongs to the open case"
    NO_INBOX = "no inbox is open"
    MISSING = "an answer is missing"
    AT_HOME = "nothing else is under way"
    DRAFT_BENEATH = "left from the draft"
    MENU_BENEATH = "left from the menu"
    REPLY_BENEATH = "left from the reply"
    WAITING_BENEATH = "a report is waiting"
    HOME_HELD = "a report is waiting or its token is held"
    EMPTY_DRAFT = "nothing in the draft"
    NO_LANGUAGE = "no language known"
    UNSENT = "there is an unsent reply"
    SEALED = "it is sealed"
    CAN_BE_TOLD = "can be told here"
    CAN_CLEAR = "messages can be taken back here"
    PROVISIONAL = "staff may have seen the token"
    INBOX_BENEATH = "left from the inbox"
    RENEWED = "the token replaces another"
    TREATED_BADLY = "treated badly"


class Then(StrEnum):
    """What is done, in the order of the row. Only those before REWRITE can lead to another state by themselves."""

    ANSWER = "answer"
    FILL = "fill"
    GO_ON = "go on"
    BEGIN = "begin this flow"
    BEGIN_FOR_CASE = "begin this flow for the open case"
    BEGIN_AFRESH = "begin a report about an earlier one"
    STEP_BACK = "step back"
    PASS_OVER = "pass over"
    FINISH = "finish"
    EDIT = "edit"
    RETURN = "return"
    GO_HOME = "go home"
    GO_TO_LAST = "go to the last question"
    REWRITE = "empty the answer"
    KEEP_FIRST_WORDS = "keep the first words"
    KEEP_REMARK = "keep a remark"
    MARK_DANGER = "mark danger"
    KEEP_REPLY = "keep for the reply"
    KEEP_FILE = "keep a file"
    KEEP_REPLY_FILE = "keep a file for the reply"
    KEEP_LATE_FORM = "keep a late form"
    MOVE_REPLY = "move the unsent reply into the draft"
    LEAVE = "remember this place"
    REST = "remember the resting place"
    SET_LANGUAGE = "set the language"
    CHOOSE_OTHER_DESK = "choose the other desk"
    REMEMBER_OTHERS = "remember the other desks"
    WIPE_DRAFT = "wipe the draft"
    DROP_DRAFT = "drop the draft"
    WIPE_REPLY = "wipe the reply"
    DROP_REPLY = "drop the sent reply"
    HAND_OVER = "hand over"
    HAND_OVER_TO_ANYONE = "hand over to anyone"
    SAY_WHO_OPENS = "say who can open it"
    SHOW_TOKEN = "show the token"
    CONFIRM_SAVED = "confirm that it is saved"
    OPEN_INBOX = "open the inbox"
    REOPEN_INBOX = "open the inbox again"
    ENTER_INBOX = "enter the inbox"
    SHOW_INBOX = "show the inbox"
    CLOSE_INBOX = "close the inbox"
    CLOSE_STRAY_INBOX = "close an inbox nobody waits for"
    DROP_HANDLE = "let go of the inbox"
    TOLD_ON = "tell here"
    TOLD_OFF = "do not tell here"
    NOTE_TOLD = "note whether told"
    SEND = "send"
    SEND_DRAFT = "send the draft"
    RETRACT = "take the messages back"
    SAY_RETRACTED = "say what was taken back"
    FORGET = "forget"
    START_AFRESH = "start afresh"
    SAY_EXPOSURE = "say what is exposed"
    SAY_STATUS = "say the status"
    SAY_FILE_FAULT = "say why a file is missing"
    HOLD_INBOX = "hold the inbox unread"
    RENEW = "replace the token"
    END_RENEWAL = "go on where the renewal began"
    ANSWER_CHECK_IN = "answer the check-in"
    NOTE_CHECK_IN = "note that it is answered"


#: What a row says besides: catalogue keys, in order.
Says = tuple[str, ...]


class Row(Struct, frozen=True):
    """One thing that may happen: in one of `states`, when one of `on` arrives and `only_if` holds.

    Do `then`, say `say`, move to `to`; the screen of the state that is reached always follows.
    """

    states: tuple[State, ...]
    on: tuple[On, ...]
    #: Where it leads; none where it stays.
    to: State | None = None
    SAY_RULES = "say how reporters are protected, and the organ's rules"
    SAY_MISTYPED = "say what is mistyped"
    then: tuple[Then, ...] = ()
    #: Said after the deeds, before the screen.
    say: Says = ()
    #: All of these must hold.
    only_if: tuple[Given, ...] = ()
    tone: str = "plain"
