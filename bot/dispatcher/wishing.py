"""Telling the desk what is wished about something said before, and counting answers to the survey.

A wish is a letter like any other, without words: its purpose says it. Its id follows from the wish, so that the same
wish again is the same letter. The survey leaves neither letter nor trace.
"""

from contextlib import suppress

from bot.anonymity.boxes import keyed_name
from bot.anonymity.letters import Message
from bot.conversation.effects import AnswerSurvey, Wish
from bot.conversation.events import DeskUnreachable, InboxClosed, SurveyAnswered, Wished
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.looking_up import look_up
from bot.dispatcher.opened import OpenInbox as Open
from bot.dispatcher.record import Talk
from bot.dispatcher.sending import Outgoing, commit
from bot.ports.desk import DeskError


async def wish(context: Context, talk: Talk, act: Wish, _place: Place) -> Outcome:
    """Commit a wish; of a letter that it is about, the id goes along."""
    inbox = context.inboxes.get(act.handle)
    if inbox is None or inbox.card is None:
        return Outcome(event=InboxClosed())
    refers, language = _meant(inbox, act.letter), talk.record.session.language
    if act.letter and not refers:
        # Another device has made the list longer than it can be: which letter was meant is not known any more.
        return Outcome(event=DeskUnreachable(sealed=False))
    message = Message(text="", about=act.about, refers=refers)
    message_id = keyed_name(inbox.keys.card_key, act.about, refers).hex()[:32]
    try:
        await commit(context, inbox, Outgoing(message_id, message), language)
    except DeskError:
        return Outcome(event=DeskUnreachable(sealed=False))
    return Outcome(event=Wished(act.about))


async def answer_survey(context: Context, talk: Talk, act: AnswerSurvey, _place: Place) -> Outcome:
    """Bring the answers to the case store."""
    inbox = context.inboxes.get(act.handle)
    if inbox is None:
        return Outcome(event=InboxClosed())
    try:
        await context.desk.answer_as_reporter(inbox.keys.locator, act.scores)
    except DeskError:
        return Outcome(event=DeskUnreachable(sealed=False))
    with suppress(DeskError):
        await look_up(context, inbox, talk.record.session.language)
    return Outcome(event=SurveyAnswered())


def _meant(inbox: Open, letter: int) -> str:
    sent = inbox.card.sent if inbox.card else ()
    return sent[letter - 1].message_id if 0 < letter <= len(sent) else ""
