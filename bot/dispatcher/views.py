"""A stored talk as a channel shows it. Tokens and letters join here, from the sealed session and from memory."""

from bot.anonymity.references import read_token
from bot.conversation.catalog import LANGUAGES
from bot.conversation.effects import Line, ShowCopy, ShowInbox, ShowToken
from bot.conversation.summary import lines
from bot.dispatcher.context import Context
from bot.dispatcher.dating import dated
from bot.dispatcher.record import Talk
from bot.ports.talking import View


def view_of(talk: Talk, context: Context, *, over: bool = False) -> View:
    """Return the screen that stands in the record."""
    record, session = talk.record, talk.record.session
    shown = next((item for item in record.screen if isinstance(item, ShowInbox)), None)
    inbox = context.inboxes.peek(shown.handle) if shown else None
    own = context.inboxes.peek(session.handle) if session.wishes else None
    # There is a token from the moment of sealing; it is shown only when the talk says so: after the commit.
    token = session.token if any(isinstance(item, ShowToken) for item in record.screen) else ""
    return View(
        language=session.language,
        turn=session.turn,
        items=dated(record.screen, session, own.page if own else None),
        token=token,
        received_on=record.received_on if token else "",
        token_words=read_token(token).words(session.language or LANGUAGES[0]) if token else (),
        inbox=inbox.page if inbox else None,
        copy=_copy(talk, context) if any(isinstance(item, ShowCopy) for item in record.screen) else (),
        over=over,
        waiting=talk.awaits_desk,
        page=record.page,
    )


def _copy(talk: Talk, context: Context) -> tuple[Line, ...]:
    listed = lines(context.engine().house, talk.record.session)
    return tuple(line for line in listed if line.words or line.options or line.files)
