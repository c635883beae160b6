"""Answering a check-in from the open inbox.

Whoever is treated badly says so in a letter of their own, signed and sealed like any other, so that the desk need not
take the case store's word for it. Its id follows from the question: the same answer again is the same letter.
"""

from contextlib import suppress

from bot.anonymity.boxes import keyed_name
from bot.anonymity.card import lock_card
from bot.anonymity.correspondence import write_to_desk
from bot.anonymity.letters import Message
from bot.anonymity.purposes import Purpose
from bot.conversation.effects import AnswerCheckIn, Text
from bot.conversation.events import CheckInAnswered, DeskUnreachable, InboxClosed
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.looking_up import TRIES, look_up
from bot.dispatcher.opened import OpenInbox as Open
from bot.dispatcher.record import Talk
from bot.ports.desk import DeskError, DeskRefusedError, ReporterLetter

BADLY = "badly"


async def answer(context: Context, talk: Talk, act: AnswerCheckIn, _place: Place) -> Outcome:
    """Bring the answer to the case store, over whatever card is newest."""
    inbox = context.inboxes.get(act.handle)
    if inbox is None or inbox.page is None:
        return Outcome(event=InboxClosed())
    asked, language = inbox.page.check_in, talk.record.session.language
    for _ in range(TRIES):
        try:
            await context.desk.answer_check_in(
                inbox.keys.locator, asked, act.answer, _letter(context, inbox, act, asked)
            )
        except DeskRefusedError as refused:
            if refused.fault != "changed_meanwhile":
                break
            with suppress(DeskError):
                await look_up(context, inbox, language)
        except DeskError:
            break
        else:
            with suppress(DeskError):
                await look_up(context, inbox, language)
            return Outcome(event=CheckInAnswered(act.answer))
    return Outcome(event=DeskUnreachable(sealed=False))


def _letter(context: Context, inbox: Open, act: AnswerCheckIn, asked: str) -> ReporterLetter | None:
    if act.answer != BADLY or inbox.card is None:
        return None
    message_id = keyed_name(inbox.keys.card_key, asked).hex()[:32]
    catalog = context.engine().house.catalog
    # Staff read it, in whatever language they read: it is said in all of them.
    words = Message(text=catalog.text("", Text("check_in.letter")), about=Purpose.RETALIATION)
    written = write_to_desk(inbox.keys, inbox.card, message_id, words, on=inbox.today)
    card = lock_card(written.card, inbox.keys.card_key)
    return ReporterLetter(message_id, written.sealed, card, inbox.card_version, at_once=inbox.card.at_once)
