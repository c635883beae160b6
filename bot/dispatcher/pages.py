"""An opened inbox as a page: verified letters, newest first, with the names the roster gives.

What does not verify is counted and never shown. A notice of a kind this bot has no words for is shown as such, with the
desk's own words, rather than dropped: the desk's programs may be newer.
"""

from typing import NamedTuple

from bot.anonymity.card import CaseCard
from bot.anonymity.correspondence import read_as_reporter
from bot.anonymity.errors import ForgedError
from bot.anonymity.letters import Message, Notice, read
from bot.anonymity.roster import Roster
from bot.anonymity.signing import Kind
from bot.anonymity.threads import Letter
from bot.anonymity.token_keys import TokenKeys
from bot.conversation.catalog import Catalog
from bot.conversation.effects import Text
from bot.conversation.organ import in_language
from bot.ports.desk import DeskInbox
from bot.ports.talking import InboxLetter, InboxPage

#: Stands for every kind of notice that the catalogue does not word.
OTHER = Text("notice.other")


class Reader(NamedTuple):
    """Whose names and which words, in which language."""

    roster: Roster
    catalog: Catalog
    language: str

    def named(self, names: dict[str, str] | None) -> str:
        """Pick the name in the reader's language; all of them while the language is unknown."""
        return in_language(names or {}, self.language)

    def worded(self, notice: Notice) -> Text:
        """Find the words for a notice."""
        key = f"notice.{notice.kind}"
        is_known = key in self.catalog and self.catalog.placeholders(key) <= notice.params.keys()
        return Text(key, notice.params) if is_known else OTHER


def page_of(keys: TokenKeys, card: CaseCard, found: DeskInbox, reader: Reader) -> InboxPage:
    """Make the page; a letter that cannot be read counts as refused."""
    thread = read_as_reporter(keys, card, found.letters, reader.roster)
    desk = next((desk for desk in reader.roster.desks if desk.desk_id == found.desk), None)
    letters = [_letter(letter, reader) for letter in reversed(thread.letters)]
    shown = tuple(letter for letter in letters if letter is not None)
    return InboxPage(
        case_number=found.case_number,
        stage=found.stage,
        desk=reader.named(desk.name if desk else None) or found.desk,
        received_on=found.received_on,
        letters=shown,
        refused=thread.refused + len(letters) - len(shown),
        gaps=len(thread.gaps),
    )


def _letter(letter: Letter, reader: Reader) -> InboxLetter | None:
    envelope = letter.envelope
    people = (*reader.roster.members, *reader.roster.former)
    author = reader.named(next((one.name for one in people if one.staff_id == envelope.author), None))
    try:
        if envelope.kind is not Kind.NOTICE:
            return InboxLetter(kind="message", text=read(Message, envelope.body).text, author_name=author)
        notice = read(Notice, envelope.body)
    except ForgedError:
        return None
    return InboxLetter(kind="notice", text=notice.text, notice=reader.worded(notice), author_name=author)
