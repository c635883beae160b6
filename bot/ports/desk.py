"""The case store as the bot sees it.

A call that fails says who must act: `DeskUnreachableError` (wait and try again) or `DeskRefusedError` (this very
request will never be taken).
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol

from msgspec import Struct

from bot.anonymity.handover import SealedReport


class DeskError(Exception):
    """Base: the case store did not do what was asked."""


class DeskUnreachableError(DeskError):
    """No answer, or one that says `later`. Nothing is known to be lost; the same request may be repeated."""


class DeskRefusedError(DeskError):
    """The case store understood and refuses; `fault` is its code. Repeating changes nothing."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class DeskReceipt(Struct, frozen=True):
    """The case is committed."""

    case_number: str
    desk: str
    #: The day of receipt, as ISO 8601.
    received_on: str = ""


class DeskNotice(Struct, frozen=True):
    """What the case store itself tells the reporter, in clear: a kind with days (ISO 8601), counts and codes."""

    notice_id: str
    kind: str
    on: date
    params: dict[str, str]
    #: Of a check-in: what the reporter answered.
    answered: str | None = None


class DeskInbox(Struct, frozen=True):
    """What a locator opens: ciphertext, and the little that is in clear."""

    case_number: str
    submission: str
    stage: str
    desk: str
    received_on: date
    card: bytes
    card_version: int
    #: (message id, ciphertext), oldest first, the reporter's own not among them.
    letters: tuple[tuple[str, bytes], ...]
    #: The case store knows a mailbox at which to tell of answers; it forgets one at which nobody could be reached.
    told: bool = False
    #: An answer is still to be announced.
    announcing: bool = False
    #: On which day each letter was written, by message id.
    days: dict[str, date] = {}
    #: Oldest first.
    notices: tuple[DeskNotice, ...] = ()
    #: Codes of what the law says for this case, by topic.
    laws: dict[str, str] = {}
    kind: str = "report"
    #: How many letters and notices the reporter has had before them, the oldest first.
    letters_read: int = 0
    notices_read: int = 0
    #: The organ's day.
    today: date | None = None
    #: The reporter may answer the survey now.
    asks_survey: bool = False


class ReporterLetter(Struct, frozen=True):
    """A sealed letter to the desk with the case card it leaves behind."""

    message_id: str
    ciphertext: bytes
    card: bytes
    card_version: int
    file_ids: tuple[str, ...] = ()
    #: The reporter marked danger: not held for the next batch.
    at_once: bool = False
    #: What this is beside the matter itself (feedback, retaliation, search, silence, leak); in clear, since it decides
    #: who must hear of it at once.
    concern: str | None = None
    #: To which compartment it is sealed: `facts`, or `identity` for who the reporter is.
    compartment: str = "facts"


class TokenRenewal(Struct, frozen=True):
    """A new token in place of an old one: the letter that tells staff of its keys, and the card that it opens."""

    locator: bytes
    new_locator: bytes
    message_id: str
    ciphertext: bytes
    card: bytes
    card_version: int
    at_once: bool = False

    def __repr__(self) -> str:
        return "<TokenRenewal>"


class DeskPush(Struct, frozen=True):
    """Something waits at a mailbox."""

    push_id: str
    mailbox: str


class CaseDesk(Protocol):
    """The backend. Every call may raise `DeskUnreachableError`."""

    async def roster(self) -> bytes:
        """Return the newest signed roster, unverified."""

    async def put_file(self, file_id: str, ciphertext: bytes) -> None:
        """Put up a sealed file; the same again is fine."""

    async def hand_over(self, report: SealedReport, file_ids: Collection[str]) -> DeskReceipt:
        """Commit a sealed report; the same submission again gives the same receipt."""

    async def open_inbox(self, locator: bytes) -> DeskInbox | None:
        """Return what is behind a locator, or None."""

    async def write(self, locator: bytes, letter: ReporterLetter) -> None:
        """Commit a letter; raises `DeskRefusedError("changed_meanwhile")` when the card is not the newest."""

    async def renew_token(self, renewal: TokenRenewal) -> None:
        """Let the new locator lead to the case and the old one nowhere; the same again is fine.

        Raises `DeskRefusedError`: `not_found` when the old one leads nowhere and the new one neither,
        `changed_meanwhile` when the card is not the newest.
        """

    async def set_told(self, locator: bytes, mailbox: str | None, card: bytes, card_version: int) -> None:
        """Queue pushes for this case at `mailbox`, or no longer."""

    async def letters_read(self, locator: bytes, letters: int, notices: int = 0) -> None:
        """Say that so much is before the reporter: it need not be announced any more, and is not new the next time."""

    async def answer_check_in(
        self, locator: bytes, notice_id: str, answer: str, letter: ReporterLetter | None = None
    ) -> None:
        """Keep what a reporter answers; `badly` comes with a letter. The same again is fine.

        Raises `DeskRefusedError`: `changed_meanwhile` when the letter's card is not the newest.
        """

    async def answer_as_reporter(self, locator: bytes, scores: Mapping[str, int]) -> None:
        """Count what the reporter of a closed case thinks of the mechanism, by question, from 1 to 5; once a case."""

    async def lease_pushes(self, within: int) -> tuple[DeskPush, ...]:
        """Take pushes that are due; unacknowledged ones come again.

        A new one falls due at a moment that is drawn once, `within` so many seconds from the first time of asking.
        """

    async def delivered(self, push_ids: Collection[str], undeliverable: Collection[str]) -> None:
        """Say which pushes arrived and which never will."""

    async def destroyed_mailboxes(self) -> tuple[str, ...]:
        """Return mailboxes of cases that were destroyed, until it is said that they are forgotten."""

    async def mailboxes_forgotten(self, mailboxes: Collection[str]) -> None:
        """Say which of them lead nowhere any more; the same again is fine."""
