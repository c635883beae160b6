"""What an organ publishes: its signed roster, and what the store must know of it in clear."""

from datetime import date
from enum import StrEnum

from backend.contract.notices import LawTopic
from backend.contract.words import CaseKind, Move, Obligation, Office, Record


class Unit(StrEnum):
    """In what a period is counted."""

    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    MONTHS = "months"


class Period(Record, frozen=True):
    """How long something may take. Several counts mean several times, each from the same day (check-ins)."""

    obligation: Obligation
    counts: tuple[int, ...]
    unit: Unit = Unit.DAYS


class Edition(Record, frozen=True):
    """The periods for what was received on a day or later; a case keeps the edition of its day."""

    since: date
    periods: tuple[Period, ...]


class CodeList(StrEnum):
    """The lists an organ keeps of reasons, each of which has a code."""

    NOT_ACCEPTED = "not_accepted"
    NOT_INVESTIGATED = "not_investigated"
    FINDING = "finding"
    """What an investigation found."""
    REVIEW = "review"
    """What the check of the measures found; the code `reopen` takes measures up again."""
    GROUND = "ground"
    """Why a notice is withheld (Guidelines 3(2)i and iv, 3(4)i)."""
    EXCEPTION = "exception"
    """Why a notice cannot or need not be given (Guidelines 3(1)ii)."""
    HOLD = "hold"
    """Why a case may not be destroyed."""
    INQUIRY = "inquiry"
    """Just causes for asking an anonymous reporter who they are."""
    REFUSAL = "refusal"
    """Just causes for not cooperating (Guidelines 5(3))."""
    RECONFIRMATION = "reconfirmation"
    """What came of asking whoever made a statement to reconfirm it."""
    TAKE_UP_AGAIN = "take_up_again"
    """Why a case that was ended is taken up again."""
    ELSEWHERE = "elsewhere"
    """Why a case ends here although its matter goes on."""


class Codes(Record, frozen=True):
    """The codes of one list."""

    name: CodeList
    codes: tuple[str, ...]


class Preservation(Record, frozen=True):
    """How many years after its end a case of a kind is preserved."""

    kind: CaseKind
    years: int


class Law(Record, frozen=True):
    """What the law says on a topic in cases received on a day or later; the bot has the words for the code."""

    topic: LawTopic
    since: date
    code: str
    #: For `elsewhere`: after how many days without a decision on an investigation the reporter is told of it.
    days: int | None = None


class Policy(Record, frozen=True, kw_only=True):
    """What an organ has set, in clear: periods, lists of reasons, its calendar."""

    profile: str
    time_zone: str
    #: Whose public holidays count, as an ISO 3166 code.
    country: str
    #: Days on which the organ is closed beside weekends and public holidays.
    closures: tuple[date, ...] = ()
    #: Days of every year on which it is closed, as `MM-DD`.
    yearly_closures: tuple[str, ...] = ()
    #: Oldest first.
    editions: tuple[Edition, ...]
    lists: tuple[Codes, ...]
    categories: tuple[str, ...]
    #: Moves whose notice leaves only when the overseer has approved it.
    approvals: tuple[Move, ...] = ()
    preservation: tuple[Preservation, ...]
    #: Findings after which a case is not closed before measures were taken.
    needs_measures: tuple[str, ...] = ("violation",)
    #: Days before something falls due on which staff are reminded; days after it on which the overseer is told.
    remind_before: int = 3
    escalate_after: int = 1
    #: Days after which somebody else is to be responsible for a case.
    rotate_after: int = 365
    #: The month with which the organ's year begins; figures are counted by halves of it.
    year_begins: int = 4
    #: What reporters are told of the law; a case keeps what was so on its day.
    laws: tuple[Law, ...] = ()


class Person(Record, frozen=True):
    """A member of the organ, as the store knows them. Of the credential it keeps the SHA-256."""

    staff_id: str
    credential_hash: bytes
    offices: tuple[Office, ...] = (Office.STAFF,)
    desks: tuple[str, ...] = ()
    #: The last day on which the training counts; absent for `recovery`, which is nobody.
    trained_until: date | None = None
    #: The department whose responsible person this is (Guidelines 2(3)).
    department: str = ""


class Rules(Record, frozen=True):
    """The organ's internal rules (Guidelines 2(1)ii): everyone acknowledges a version before opening a case."""

    version: int
    #: By language.
    text: dict[str, str]


class InForce(Record, frozen=True):
    """What counts at an organ today: its policy, and which version of its rules everyone has to know."""

    policy: Policy
    #: 0 where it has published none.
    rules_version: int = 0


class Publication(Record, frozen=True):
    """A signed roster with what the store must know of it in clear. The bot trusts only the signed document."""

    serial: int
    document: bytes
    desks: tuple[str, ...]
    people: tuple[Person, ...]
    policy: Policy
    rules: Rules
    executive: str | None = None
    deputy: str | None = None
    #: Where a case goes whose desk has nobody left; outside counsel as a rule.
    fallback_desk: str | None = None
    #: Departments that must have a responsible person.
    departments: tuple[str, ...] = ()
    #: Desks of outside counsel, of whose cases the organ knows only that they exist.
    external_desks: tuple[str, ...] = ()


class RosterDocument(Record, frozen=True):
    """The newest published roster, as signed bytes."""

    serial: int
    document: bytes
