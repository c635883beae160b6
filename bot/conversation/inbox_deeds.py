"""Deeds around the token and the inbox: opening, reading, replying, being told.

Words and files stay in the session until it is known that they are at the desk.
"""

from typing import cast

from msgspec.structs import replace

from bot.conversation import place
from bot.conversation.drafts_ending_deeds import say_left
from bot.conversation.effects import CloseInbox, Effect, Say, Text
from bot.conversation.events import CheckInAnswered, HandedOver, Opened, Retracted, ShowedToken, ToldSet
from bot.conversation.heard import Heard
from bot.conversation.house import House
from bot.conversation.report import report_of
from bot.conversation.session import Session, State
from bot.conversation.states import DRAFTING
from bot.conversation.walk import Turn
from bot.conversation.wishing_deeds import drop_wish, note_wishes


def say_who_opens(house: House, session: Session, heard: Heard) -> Turn:
    """Say that the report is handed over, and plainly who can open it."""
    event = cast("HandedOver", heard.event)
    name = house.desk_name(event.desk, session.language)
    return replace(session, desk=event.desk), (
        Say(house.text(session, f"handed.{event.escalation}", desk=name), "good"),
    )


def enter_inbox(house: House, session: Session, heard: Heard) -> Turn:
    """Take the opened inbox as the one that is read."""
    event = cast("Opened", heard.event)
    here = event.can_be_told and session.channel in house.can_be_told
    said = (*_if_unreached(house, session, event, here=here), *_if_empty(house, session, event))
    entered = replace(session, handle=event.handle, told=event.told, can_be_told=here, asked=event.asked)
    return note_wishes(entered, heard), said


def _if_unreached(house: House, session: Session, event: Opened, *, here: bool) -> tuple[Effect, ...]:
    # Once a visit is enough: an inbox that is looked at anew keeps its handle.
    if not event.unreached or session.handle == event.handle:
        return ()
    keys = ("told.unreached", "told.again") if here else ("told.unreached",)
    return tuple(Say(house.text(session, key), "warning") for key in keys)


def _if_empty(house: House, session: Session, event: Opened) -> tuple[Effect, ...]:
    return () if event.letters or session.state is not State.OPENING else (Say(house.text(session, "inbox.empty")),)


def close_inbox(session: Session) -> Turn:
    """Have the opened inbox dropped from memory, if there is one."""
    return drop_handle(session), (CloseInbox(session.handle),) if session.handle else ()


def close_stray_inbox(session: Session, heard: Heard) -> Turn:
    """Have an inbox dropped that nobody waits for any more."""
    handle = cast("Opened | ShowedToken", heard.event).handle
    return session, () if handle == session.handle else (CloseInbox(handle),)


def drop_handle(session: Session) -> Session:
    """Let go of an inbox that is no longer in memory."""
    gone = replace(session, handle="", told=False, can_be_told=False, asked=False, wishes=(), letters_kept=())
    return drop_wish(gone)


def note_told(house: House, session: Session, heard: Heard) -> Turn:
    """Remember whether answers are told here, and say so."""
    on = cast("ToldSet", heard.event).on
    return replace(session, told=on), (Say(house.text(session, "told.on" if on else "told.off"), "good"),)


def note_check_in(house: House, session: Session, heard: Heard) -> Turn:
    """Remember that the check-in is answered, and say what follows from the answer."""
    answer = cast("CheckInAnswered", heard.event).answer
    return replace(session, asked=False), (Say(house.text(session, f"check_in.{answer}"), "good"),)


def say_retracted(house: House, session: Session, heard: Heard) -> Turn:
    """Say how many messages are gone from this chat, and that some are not."""
    event = cast("Retracted", heard.event)
    done = Say(house.text(session, "clear.done"), "good")
    left = Say(house.text(session, "clear.left", left=str(event.left)), "warning")
    return session, (left,) if event.left else (done,)


def say_status(house: House, session: Session) -> Turn:
    """Say where this is and what is kept."""
    where = place.home(session)
    text = _draft_status(house, session) if where in DRAFTING else house.text(session, f"status.{where}")
    unsent = (house.text(session, "reply.still_kept"),) if session.reply or session.reply_files else ()
    return session, (*(Say(each) for each in (text, *unsent)), *say_left(house, session))


def _draft_status(house: House, session: Session) -> Text:
    report = report_of(house, session)
    answers = len(report.facts) + len(report.identity)
    return house.text(session, "status.draft", answered=str(answers), files=str(len(report.files)))
