"""What the bot says for a reporter: a sealed report, what a token opens, a letter."""

from datetime import date

import msgspec

from backend.contract.notices import CheckInAnswer, LawTopic, StandardNotice
from backend.contract.words import CaseKind, Compartment, Concern, Escalation, Record, Side, Stage


class SealedPart(Record, frozen=True):
    """A sealed letter that came with the report: the facts, or who the reporter is."""

    part_id: str
    compartment: Compartment
    ciphertext: bytes


class SealedGrant(Record, frozen=True):
    """One compartment's seed, sealed to one holder (a staff id, or `recovery`)."""

    holder: str
    compartment: Compartment
    ciphertext: bytes
    #: Which of the compartment's key pairs: 0 at hand-over, one more with every fresh one.
    epoch: int = 0


class Submission(Record, frozen=True):
    """A sealed report. Its files have been put up before, under ids that the bot made."""

    submission_id: str
    desk: str
    locator: bytes
    card: bytes
    parts: tuple[SealedPart, ...]
    grants: tuple[SealedGrant, ...]
    file_ids: tuple[str, ...] = ()
    escalation: Escalation = Escalation.NONE
    #: The reporter marked danger: staff see it now and not with the next batch. Not kept anywhere.
    at_once: bool = False
    kind: CaseKind = CaseKind.REPORT
    #: Who oversees the case: the executive, or the deputy where the executive is kept out; absent where both are.
    overseer: str | None = None
    #: Who oversees it while the overseer is away; absent where that person is kept out of it.
    stand_in: str | None = None
    #: Outside counsel who hear of a concern beside the overseer, and get no key by it; nobody whom it is kept from.
    counsel: tuple[str, ...] = ()


class Receipt(Record, frozen=True):
    """The case is committed. A repeat of the same submission gets the same receipt."""

    case_number: str
    desk: str
    received_on: date


class Locate(Record, frozen=True):
    """Whoever derives a locator from a token may open the mailbox behind it."""

    locator: bytes  # 32 bytes


class Letter(Record, frozen=True):
    """One sealed letter of the thread, as far as its reader may have it."""

    message_id: str
    side: Side
    on: date
    ciphertext: bytes


class Inbox(Record, frozen=True):
    """What the reporter's token opens. `card_version` goes back with every letter: two devices must not overwrite."""

    case_number: str
    submission_id: str
    stage: Stage
    desk: str
    received_on: date
    card: bytes
    card_version: int
    #: Only what was written for the reporter, oldest first.
    letters: tuple[Letter, ...]
    #: A mailbox is known at which the reporter is told of answers; one that was unreachable is known no more.
    told: bool = False
    #: An answer has not been announced yet; once the reporter has read it, `LettersRead` says that it need not be.
    announcing: bool = False
    #: What the mechanism told, oldest first.
    notices: tuple[StandardNotice, ...] = ()
    #: Codes of what the law says for a case of that day.
    laws: dict[LawTopic, str] = msgspec.field(default_factory=dict)
    kind: CaseKind = CaseKind.REPORT
    #: How many letters and notices the reporter has had before them, the oldest first.
    letters_read: int = 0
    notices_read: int = 0
    #: The organ's day.
    today: date | None = None
    #: The reporter may answer the survey now.
    asks_survey: bool = False


class LettersRead(Record, frozen=True):
    """The reporter has so many letters and standard notices before them: what was announced for these need not be."""

    locator: bytes
    letters: int
    notices: int = 0


class FromReporter(Record, frozen=True):
    """A letter to the desk, with the case card it leaves behind."""

    locator: bytes
    message_id: str
    ciphertext: bytes
    card: bytes
    card_version: int
    file_ids: tuple[str, ...] = ()
    #: As in `Submission`; what was held of the case before goes along.
    at_once: bool = False
    #: What this is beside the matter itself; begins what is owed for it and tells the overseer.
    concern: Concern | None = None
    #: To which compartment it is sealed: who the reporter is joins the parts of the case, all else the thread.
    compartment: Compartment = Compartment.FACTS


class AnswerCheckIn(Record, frozen=True):
    """A reporter answers a check-in. Whoever is treated badly says so in a letter, so that the desk hears it signed."""

    locator: bytes
    notice_id: str
    answer: CheckInAnswer
    #: For `badly`, and only then.
    letter: FromReporter | None = None
