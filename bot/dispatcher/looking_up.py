"""Looking up what a token opens: the page that is read in memory, and the case card that is written over."""

from bot.anonymity.card import unlock_card
from bot.anonymity.errors import AnonymityError
from bot.dispatcher.context import Context
from bot.dispatcher.opened import OpenInbox as Open
from bot.dispatcher.pages import Reader, page_of
from bot.ports.desk import DeskInbox

#: Two devices may write at once; the one that comes second reads the newer case card and tries again this often.
TRIES = 4


async def look_up(context: Context, inbox: Open, language: str) -> DeskInbox | None:
    """Fill `inbox` with what its token opens now, and return it as the desk gave it; None when it opens nothing."""
    found = await context.desk.open_inbox(inbox.keys.locator)
    roster = context.rosters.current
    if found is None or roster is None:
        return None
    try:
        card = unlock_card(found.card, inbox.keys.card_key)
    except AnonymityError:
        return None
    inbox.card_version, inbox.today = found.card_version, found.today
    reader = Reader(roster, context.engine().house.catalog, language or card.language)
    # Somebody may have lost their key since: what is written from now on goes to the fresh one.
    inbox.page, inbox.card = page_of(inbox.keys, card, found, reader)
    return found
