"""An opened inbox as a page: verified letters and standard notices, new ones first, with the names the roster gives.

What does not verify is counted and never shown. A notice of a kind this bot has no words for is shown as such, with the
desk's own words, rather than dropped: the desk's programs may be newer.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from bot.anonymity.card import CaseCard, Sent
from bot.anonymity.correspondence import read_as_reporter
from bot.anonymity.errors import ForgedError
from bot.anonymity.letters import Message, Notice, read
from bot.anonymity.roster import Roster
from bot.anonymity.signing import Kind
from bot.anonymity.threads import Letter, Thread
from bot.anonymity.token_keys import TokenKeys
from bot.anonymity.widening import take_fresh_keys
from bot.conversation.catalog import Catalog
from bot.conversation.effects import Text
from bot.conversation.notices import SIGNED, STANDARD, notice_texts
from bot.conversation.organ import in_language
from bot.ports.desk import DeskInbox, DeskNotice
from bot.ports.talking import InboxLetter, InboxPage, OwnLetter

#: The kind of notice that waits for an answer.
CHECK_IN = "check_in"


class Reader(NamedTuple):
    """Whose names and which words, in which language."""

    roster: Roster
    catalog: Catalog
    language: str

    def named(self, names: dict[str, str] | None) -> str:
        """Pick the name in the reader's language; all of them while the language is unknown."""
        return in_language(names or {}, self.language)

    def worded(self, family: str, said: Notice | DeskNotice, laws: Mapping[str, str]) -> tuple[Text, ...]:
        """Find the words for a notice, sentence by sentence."""
        return notice_texts(self.catalog, family, said.kind, said.params, laws)


def page_of(keys: TokenKeys, card: CaseCard, found: DeskInbox, reader: Reader) -> tuple[InboxPage, CaseCard]:
    """Make the page, and give the card with the keys that its letters tell of.

    A letter that cannot be read counts as refused.
    """
    thread = read_as_reporter(keys, card, found.letters, reader.roster)
    page = replace(_page(thread, found, reader), sent=tuple(_own(card.sent)))
    return page, take_fresh_keys(card, thread)


def _page(thread: Thread, found: DeskInbox, reader: Reader) -> InboxPage:
    desk = next((desk for desk in reader.roster.desks if desk.desk_id == found.desk), None)
    letters = list(_letters(thread, found, reader))
    shown = [(on, letter) for on, letter in letters if letter is not None]
    notices = list(_notices(found, reader))
    return InboxPage(
        case_number=found.case_number,
        stage=found.stage,
        desk=reader.named(desk.name if desk else None) or found.desk,
        received_on=found.received_on,
        # Of one day the letter stands above: it explains the notice that came with it.
        letters=tuple(one for _, one in sorted([*shown, *notices], key=_newness, reverse=True)),
        refused=thread.refused + len(letters) - len(shown),
        gaps=len(thread.gaps),
        check_in=_waiting(found),
    )


def _letters(thread: Thread, found: DeskInbox, reader: Reader) -> Iterator[tuple[date, InboxLetter | None]]:
    """Give the letters, newest first, with their days; none in the place of one that cannot be read."""
    read = {message_id for message_id, _ in found.letters[: found.letters_read]}
    for letter in reversed(thread.letters):
        shown = _letter(letter, found, reader)
        is_new = letter.message_id not in read
        yield _day(letter, found), shown and replace(shown, new=is_new)


def _notices(found: DeskInbox, reader: Reader) -> Iterator[tuple[date, InboxLetter]]:
    for at, notice in reversed(list(enumerate(found.notices))):
        yield notice.on, replace(_standard(notice, found, reader), new=at >= found.notices_read)


def _newness(one: tuple[date, InboxLetter]) -> tuple[bool, date]:
    on, letter = one
    return letter.new, on


def _own(sent: Iterable[Sent]) -> Iterator[OwnLetter]:
    days: Counter[date] = Counter()
    for number, letter in enumerate(sent, 1):
        days[letter.on] += 1
        yield OwnLetter(number, letter.on, days[letter.on])


def _waiting(found: DeskInbox) -> str:
    """The check-in that is still to be answered: the last one, unless its reporter wants to be asked no more."""
    asked = [notice for notice in found.notices if notice.kind == CHECK_IN]
    is_over = not asked or any(notice.answered == "stop" for notice in asked)
    return "" if is_over or asked[-1].answered else asked[-1].notice_id


def _day(letter: Letter, found: DeskInbox) -> date:
    return found.days.get(letter.message_id, found.received_on)


def _standard(notice: DeskNotice, found: DeskInbox, reader: Reader) -> InboxLetter:
    first, *beside = reader.worded(STANDARD, notice, found.laws)
    key = f"check_in.said.{notice.answered}"
    said = [Text(key)] if notice.answered and key in reader.catalog else []
    return InboxLetter(kind="standard", notice=first, beside=(*beside, *said), on=notice.on.isoformat())


def _letter(letter: Letter, found: DeskInbox, reader: Reader) -> InboxLetter | None:
    envelope = letter.envelope
    people = (*reader.roster.members, *reader.roster.former)
    author = reader.named(next((one.name for one in people if one.staff_id == envelope.author), None))
    try:
        if envelope.kind is not Kind.NOTICE:
            return InboxLetter(kind="message", text=read(Message, envelope.body).text, author_name=author)
        notice = read(Notice, envelope.body)
    except ForgedError:
        return None
    first, *beside = reader.worded(SIGNED, notice, found.laws)
    return InboxLetter(kind="notice", text=notice.text, notice=first, beside=tuple(beside), author_name=author)
