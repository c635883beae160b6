"""Writing to the desk from an open inbox: the reply, and a draft that belongs to the case.

Words and files stay in the session until the desk has them. A letter's id follows from what it says, under a seed that
is stored before anything leaves: after a crash the same letter goes out under the same id, and the case store knows it.
"""

from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from bot.anonymity.boxes import keyed_name
from bot.anonymity.card import CaseCard, lock_card
from bot.anonymity.correspondence import Written, write_identity, write_to_desk
from bot.anonymity.letters import Identity, Message
from bot.anonymity.purposes import CONCERNS, Purpose
from bot.conversation.effects import Send, SendDraft
from bot.conversation.events import DeskUnreachable, FileRef, InboxClosed, Sent
from bot.conversation.file_choices import travelling, versions
from bot.conversation.report import Report, report_of
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.files import bring_files
from bot.dispatcher.hand_over import file_key
from bot.dispatcher.looking_up import TRIES, look_up
from bot.dispatcher.opened import OpenInbox as Open
from bot.dispatcher.record import Talk
from bot.ports.desk import DeskRefusedError, DeskUnreachableError, ReporterLetter
from bot.ports.storing import Changes

_FEEDBACK, _CONCERN = "feedback", "concern"


class Outgoing(NamedTuple):
    """A letter before it is sealed: to the desk, or to those who may know who the reporter is."""

    message_id: str
    body: Message | Identity
    files: tuple[FileRef, ...] = ()
    at_once: bool = False


async def commit(context: Context, inbox: Open, letter: Outgoing, language: str) -> None:
    """Seal a letter over whatever card is newest and commit it; the same again is fine.

    Raises `DeskUnreachableError` while that cannot be done.
    """
    await bring_files(context, [ref.file_id for ref in letter.files])
    for _ in range(TRIES):
        if inbox.card is None:
            break
        written = written_over(inbox, inbox.card, letter)
        try:
            await context.desk.write(inbox.keys.locator, _sealed(inbox, inbox.card, letter, written))
        except DeskRefusedError as refused:
            if refused.fault != "changed_meanwhile":
                raise DeskUnreachableError from refused
            await look_up(context, inbox, language)
        else:
            inbox.card, inbox.card_version = written.card, inbox.card_version + 1
            return
    raise DeskUnreachableError


async def send(context: Context, talk: Talk, act: Send, _place: Place) -> Outcome:
    """Seal the reply in the session to the desk and commit it there. The words stay in the session until then."""
    inbox = context.inboxes.get(act.handle)
    if inbox is None or inbox.card is None:
        return Outcome(event=InboxClosed())
    if not talk.record.reply_seed:
        talk.record = replace(talk.record, reply_seed=context.chance.bytes(16))
        return Outcome(then=(act,))
    session = talk.record.session
    # Only what was there when the person said "send": words that came since go with the next letter.
    words, files = session.reply[: session.sending], travelling(session.reply_files[: session.sending_files])
    message_id = keyed_name(talk.record.reply_seed, words, *(ref.file_id for ref in files)).hex()[:32]
    try:
        await commit(context, inbox, Outgoing(message_id, Message(text=words), files), session.language)
    except DeskUnreachableError:
        return Outcome(event=DeskUnreachable(sealed=False))
    talk.record = replace(talk.record, reply_seed=b"")
    return _sent(talk, (*session.files, *session.reply_files[session.sending_files :]))


async def send_draft(context: Context, talk: Talk, act: SendDraft, _place: Place) -> Outcome:
    """Seal the draft as a letter of the open case, and who the reporter is to those alone who may read it."""
    inbox = context.inboxes.get(act.handle)
    if inbox is None or inbox.card is None:
        return Outcome(event=InboxClosed())
    if not talk.record.draft_seed:
        talk.record = replace(talk.record, draft_seed=context.chance.bytes(16))
        return Outcome(then=(act,))
    session = talk.record.session
    report = report_of(context.engine().house, session)
    try:
        for letter in letters_of(report, talk.record.draft_seed):
            await commit(context, inbox, letter, session.language)
    except DeskUnreachableError:
        return Outcome(event=DeskUnreachable(sealed=False))
    talk.record = replace(talk.record, draft_seed=b"")
    return _sent(talk, session.reply_files)


def letters_of(report: Report, seed: bytes) -> list[Outgoing]:
    """Give what a draft becomes on a case that is there: who the reporter is, and all else; neither where it is empty.

    The name goes first: whoever reads the rest may be waiting for it.
    """
    identity, message = Identity(report.identity), _message(report)
    letters = []
    if report.identity:
        letters.append(Outgoing(_named(seed, identity), identity, at_once=report.danger))
    if report.facts or report.files:
        ids = [ref.file_id for ref in report.files]
        letters.append(Outgoing(_named(seed, message, *ids), message, report.files, report.danger))
    return letters


def written_over(inbox: Open, card: CaseCard, letter: Outgoing) -> Written:
    """Sign and seal a letter over a card."""
    if isinstance(letter.body, Identity):
        return write_identity(inbox.keys, card, letter.message_id, letter.body)
    files = [file_key(ref) for ref in letter.files]
    return write_to_desk(inbox.keys, card, letter.message_id, letter.body, files, inbox.today)


def _sealed(inbox: Open, card: CaseCard, letter: Outgoing, written: Written) -> ReporterLetter:
    about = "" if isinstance(letter.body, Identity) else letter.body.about
    return ReporterLetter(
        letter.message_id,
        written.sealed,
        lock_card(written.card, inbox.keys.card_key),
        inbox.card_version,
        tuple(ref.file_id for ref in letter.files),
        at_once=card.at_once or letter.at_once,
        concern=about if about in CONCERNS else None,
        compartment="identity" if isinstance(letter.body, Identity) else "facts",
    )


def _message(report: Report) -> Message:
    return Message(
        text="",
        about=_about(report),
        flow=report.flow,
        form=report.form,
        answers=report.facts,
        labels=report.labels,
    )


def _about(report: Report) -> str:
    """What the letter is for, by its form; a concern that was not named is bad treatment, which is heard by most."""
    if report.flow == _CONCERN:
        named = report.facts.get(_CONCERN)
        return named if isinstance(named, str) and named in CONCERNS else Purpose.RETALIATION
    return Purpose.FEEDBACK if report.flow == _FEEDBACK else ""


def _named(seed: bytes, body: Message | Identity, *files: str) -> str:
    return keyed_name(seed, msgspec.msgpack.encode(body), *files).hex()[:32]


def _sent(talk: Talk, unsent: tuple[FileRef, ...]) -> Outcome:
    gone = Changes(drop_files_of=(talk.name,), keep_files=versions(unsent), durable=True, forgets=True)
    return Outcome(event=Sent(), changes=gone)
