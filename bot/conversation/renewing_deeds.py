"""Deeds around the replacing of a token. Where it began is remembered: a held token leaves room for nothing else."""

from typing import cast

from msgspec.structs import replace

from bot.conversation import place
from bot.conversation.effects import RenewToken
from bot.conversation.events import Opened
from bot.conversation.heard import Heard
from bot.conversation.inbox_deeds import drop_handle
from bot.conversation.session import Session
from bot.conversation.walk import Turn


def hold_inbox(session: Session, heard: Heard) -> Session:
    """Keep an opened inbox at hand without entering it."""
    return replace(session, handle=cast("Opened", heard.event).handle)


def renew(session: Session) -> Turn:
    """Have the token of the open inbox replaced; remember where to go on when the new one is saved."""
    under_way = replace(drop_handle(session), renewing=place.home(session).value, before="")
    return under_way, (RenewToken(session.handle),)


def end_renewal(session: Session) -> Session:
    """Go on, above the resting place at which the renewal began."""
    return replace(session, before=session.renewing, renewing="")
