"""Every deed and every condition of the flow table, by name.

Each line says how a deed reaches what it works on: the session alone, the session and the form, or the event as well.
A name without a line here stops the machine before it starts.
"""

from collections.abc import Callable
from typing import cast

from msgspec.structs import replace

from bot.conversation import (
    copying,
    draft_deeds,
    drafts_ending_deeds,
    file_choice_deeds,
    filling,
    inbox_deeds,
    informing,
    mistyping,
    place,
    renewing_deeds,
    reply_deeds,
    searching,
    self_checking_deeds,
    starting_deeds,
    walk,
    wishing_deeds,
)
from bot.conversation.draft import answered, emptied, has_something, with_remark
from bot.conversation.effects import (
    Act,
    AnswerCheckIn,
    CheckSelf,
    ConfirmSaved,
    Forget,
    OpenInbox,
    Retract,
    SendDraft,
    SetTold,
    ShowInbox,
    ShowToken,
    Visible,
    WipeDraft,
)  # fmt: skip
from bot.conversation.events import (
    CheckInAnswered,
    DeskUnreachable,
    Filled,
    NobodyLeft,
    Opened,
    SelfChecked,
    ShowedToken,
)
from bot.conversation.file_choices import travelling
from bot.conversation.forms import IDENTITY
from bot.conversation.heard import Heard
from bot.conversation.house import House
from bot.conversation.passages import LEAVE_OUT, is_rewriting
from bot.conversation.questions import notice
from bot.conversation.rows import Given, Then
from bot.conversation.session import Session, State
from bot.conversation.starting import FLOW_OF
from bot.conversation.states import DRAFTING
from bot.conversation.walk import Turn
from bot.conversation.words import guess_language

Deed = Callable[[House, Session, Heard], Turn]
Condition = Callable[[House, Session, Heard], bool]


def _alone(change: Callable[[Session], Session]) -> Deed:
    return lambda _house, session, _heard: (change(session), ())


def _in_house(change: Callable[[House, Session], Session]) -> Deed:
    return lambda house, session, _heard: (change(house, session), ())


def _heard(change: Callable[[Session, Heard], Session]) -> Deed:
    return lambda _house, session, heard: (change(session, heard), ())


def _asking_for(effect: Callable[[Session, Heard], Act | Visible]) -> Deed:
    return lambda _house, session, heard: (session, (effect(session, heard),))


DEEDS: dict[Then, Deed] = {
    Then.ANSWER: walk.answer,
    Then.FILL: lambda house, session, heard: filling.fill(house, session, cast("Filled", heard.event)),
    Then.GO_ON: _in_house(walk.go_on),
    Then.BEGIN: lambda house, session, heard: (starting_deeds.begin(house, session, heard), ()),
    Then.BEGIN_REPORT: _in_house(starting_deeds.begin_report),
    Then.BEGIN_FOR_CASE: lambda house, session, heard: (starting_deeds.begin_for_case(house, session, heard), ()),
    Then.BEGIN_AFRESH: _in_house(starting_deeds.begin_afresh),
    Then.STEP_BACK: _in_house(walk.step_back),
    Then.PASS_OVER: lambda house, session, _heard: draft_deeds.pass_over(house, session),
    Then.FINISH: _in_house(walk.finish),
    Then.EDIT: lambda house, session, heard: (walk.edit(house, session, heard.option), ()),
    Then.RETURN: _alone(place.come_back),
    Then.GO_HOME: _alone(place.go_home),
    Then.GO_TO_LAST: _in_house(walk.go_to_last),
    Then.REWRITE: lambda house, session, _heard: draft_deeds.rewrite(house, session),
    Then.KEEP_FIRST_WORDS: lambda house, session, heard: (draft_deeds.keep_first_words(house, session, heard), ()),
    Then.KEEP_REMARK: _heard(lambda session, heard: with_remark(session, heard.words)),
    Then.MARK_DANGER: _alone(lambda session: replace(session, danger=True)),
    Then.KEEP_REPLY: _heard(reply_deeds.keep_reply),
    Then.KEEP_FILE: draft_deeds.keep_file,
    Then.KEEP_REPLY_FILE: reply_deeds.keep_reply_file,
    Then.TAKE_UP_FILE: file_choice_deeds.take_up,
    Then.HANDLE_FILE: file_choice_deeds.handle,
    Then.KEEP_LATE_FORM: draft_deeds.keep_late_form,
    Then.MOVE_REPLY: lambda house, session, _heard: draft_deeds.move_reply(house, session),
    Then.LEAVE: _alone(place.leave),
    Then.REST: _alone(place.rest),
    Then.SET_LANGUAGE: _heard(lambda session, heard: replace(session, language=heard.option)),
    Then.CHOOSE_OTHER_DESK: _heard(lambda session, heard: answered(session, "desk", heard.option)),
    Then.REMEMBER_OTHERS: _heard(
        lambda session, heard: replace(session, others=cast("NobodyLeft", heard.event).others)
    ),
    Then.WIPE_DRAFT: lambda _house, session, _heard: (replace(emptied(session), before=""), (WipeDraft(),)),
    Then.DROP_DRAFT: _alone(emptied),
    Then.WIPE_REPLY: lambda _house, session, _heard: (reply_deeds.wipe_reply(session), (WipeDraft(),)),
    Then.DROP_REPLY: _alone(reply_deeds.drop_reply),
    Then.HAND_OVER: lambda house, session, _heard: draft_deeds.hand_over(house, session, anyone=False),
    Then.HAND_OVER_TO_ANYONE: lambda house, session, _heard: draft_deeds.hand_over(house, session, anyone=True),
    Then.SAY_WHO_OPENS: inbox_deeds.say_who_opens,
    Then.SHOW_TOKEN: _asking_for(lambda _session, _heard: ShowToken()),
    Then.CONFIRM_SAVED: _asking_for(lambda _session, _heard: ConfirmSaved()),
    Then.OPEN_INBOX: _asking_for(lambda _session, heard: OpenInbox(cast("ShowedToken", heard.event).handle)),
    Then.REOPEN_INBOX: _asking_for(lambda session, _heard: OpenInbox(session.handle)),
    Then.ENTER_INBOX: inbox_deeds.enter_inbox,
    Then.SHOW_INBOX: _asking_for(lambda session, _heard: ShowInbox(session.handle)),
    Then.CLOSE_INBOX: lambda _house, session, _heard: inbox_deeds.close_inbox(session),
    Then.CLOSE_STRAY_INBOX: lambda _house, session, heard: inbox_deeds.close_stray_inbox(session, heard),
    Then.DROP_HANDLE: _alone(inbox_deeds.drop_handle),
    Then.TOLD_ON: _asking_for(lambda session, _heard: SetTold(session.handle, on=True)),
    Then.TOLD_OFF: _asking_for(lambda session, _heard: SetTold(session.handle, on=False)),
    Then.NOTE_TOLD: inbox_deeds.note_told,
    Then.SEND: lambda _house, session, _heard: reply_deeds.send(session),
    Then.SEND_DRAFT: _asking_for(lambda session, _heard: SendDraft(session.handle)),
    Then.RETRACT: _asking_for(lambda _session, _heard: Retract()),
    Then.SAY_RETRACTED: inbox_deeds.say_retracted,
    Then.FORGET: lambda _house, session, _heard: (session, (WipeDraft(), Forget(session.handle))),
    Then.START_AFRESH: _alone(
        lambda session: Session(channel=session.channel, language=session.language, turn=session.turn)
    ),
    Then.SAY_EXPOSURE: lambda house, session, _heard: (session, notice(house, session, "exposure")),
    Then.SAY_RULES: lambda house, session, _heard: (session, informing.say_rules(house, session)),
    Then.SAY_STATUS: lambda house, session, _heard: inbox_deeds.say_status(house, session),
    Then.SAY_MISTYPED: mistyping.say_mistyped,
    Then.SAY_FILE_FAULT: draft_deeds.say_file_fault,
    Then.SAY_ENDING: drafts_ending_deeds.say_ending,
    Then.WARN_OF_COPY: lambda house, session, _heard: copying.warn(house, session),
    Then.HOLD_INBOX: _heard(renewing_deeds.hold_inbox),
    Then.RENEW: lambda _house, session, _heard: renewing_deeds.renew(session),
    Then.END_RENEWAL: _alone(renewing_deeds.end_renewal),
    Then.ANSWER_CHECK_IN: _asking_for(lambda session, heard: AnswerCheckIn(session.handle, heard.option)),
    Then.NOTE_CHECK_IN: inbox_deeds.note_check_in,
    **wishing_deeds.WISH_DEEDS,
    Then.CHECK_SELF: _asking_for(lambda _session, _heard: CheckSelf()),
    Then.CHECK_AGAIN: lambda _house, session, _heard: self_checking_deeds.check_again(session),
    Then.KEEP_FINDINGS: _heard(self_checking_deeds.keep_findings),
    Then.END_REWRITING: _alone(self_checking_deeds.end_rewriting),
    Then.ACCEPT: _alone(self_checking_deeds.accept),
    Then.SHOW_MORE: _alone(self_checking_deeds.show_more),
    Then.LEAVE_OUT: self_checking_deeds.leave_out,
    Then.LEAVE_ALL: lambda house, session, _heard: self_checking_deeds.leave_all(house, session),
    Then.REWRITE_ANSWER: lambda house, session, heard: (
        self_checking_deeds.rewrite_answer(house, session, heard),
        (),
    ),
    Then.ANSWER_ANEW: lambda house, session, heard: (self_checking_deeds.answer_anew(house, session, heard), ()),
}

CONDITIONS: dict[Given, Condition] = {
    Given.DRAFT: lambda _house, session, _heard: place.home(session) in DRAFTING,
    Given.SAME_FLOW: lambda _house, session, heard: FLOW_OF[heard.on] == session.flow,
    Given.SAYS_WHO: lambda _house, session, _heard: session.flow == IDENTITY,
    Given.FOR_CASE: lambda _house, session, _heard: starting_deeds.is_for_case(session),
    # A reply is sent from above the draft, which is then what was left.
    Given.SENDS_DRAFT: lambda _house, session, _heard: starting_deeds.is_for_case(session) and not session.before,
    Given.NO_INBOX: lambda _house, session, _heard: not session.handle,
    Given.MISSING: lambda house, session, _heard: any(not each.skippable for each in walk.still_open(house, session)),
    Given.AT_HOME: lambda _house, session, _heard: place.home(session) is State.NEW,
    Given.DRAFT_BENEATH: lambda _house, session, _heard: place.left_from(session) in DRAFTING,
    Given.MENU_BENEATH: lambda _house, session, _heard: place.left_from(session) is State.NEW,
    Given.REPLY_BENEATH: lambda _house, session, _heard: place.left_from(session) is State.REPLYING,
    Given.WAITING_BENEATH: lambda _house, session, _heard: place.home(session) is State.WAITING,
    Given.HOME_HELD: lambda _house, session, _heard: place.home(session) in (State.WAITING, State.HOLDING_TOKEN),
    Given.EMPTY_DRAFT: lambda house, session, _heard: not has_something(house, session),
    Given.NO_LANGUAGE: lambda _house, session, heard: not (session.language or guess_language(heard.words)),
    Given.UNSENT: lambda _house, session, _heard: bool(session.reply or travelling(session.reply_files)),
    Given.FILE_MEANT: file_choice_deeds.is_meant,
    Given.SEALED: lambda _house, _session, heard: cast("DeskUnreachable", heard.event).sealed,
    Given.CAN_CLEAR: lambda house, session, _heard: session.channel in house.can_clear,
    Given.CANNOT_COPY: lambda house, session, _heard: not copying.can_copy(house, session),
    Given.PROVISIONAL: lambda _house, _session, heard: cast("Opened", heard.event).provisional,
    Given.INBOX_BENEATH: lambda _house, session, _heard: place.left_from(session) in (State.READING, State.REPLYING),
    Given.TREATED_BADLY: lambda _house, _session, heard: cast("CheckInAnswered", heard.event).answer == "badly",
    Given.UNNAMED: lambda house, session, _heard: searching.is_unnamed(house, session),
    Given.FOUND: lambda _house, session, heard: bool(searching.fresh(session, heard)),
    Given.UNSEARCHED: lambda _house, _session, heard: not cast("SelfChecked", heard.event).made,
    Given.REWRITTEN: lambda _house, session, _heard: bool(session.rewriting),
    Given.REWRITING: lambda _house, session, _heard: is_rewriting(session),
    Given.LEAVES_OUT: lambda _house, _session, heard: heard.option.startswith(LEAVE_OUT),
    Given.LAST_OF_SURVEY: lambda _house, session, _heard: wishing_deeds.is_last_of_survey(session),
    Given.RENEWED: lambda _house, session, _heard: bool(session.renewing),
    Given.CAN_BE_TOLD: lambda house, session, heard: (
        cast("Opened", heard.event).can_be_told and session.channel in house.can_be_told
    ),
}
