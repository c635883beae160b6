"""The words of the API: roles, stages, moves, faults; and the base of every record. No behaviour."""

from enum import StrEnum

import msgspec

API_VERSION = 1  # the version in every path: `/api/v1/...`


class Role(StrEnum):
    """What a bearer credential is good for; each belongs to one organ."""

    INTAKE = "intake"
    """The bot: hands over, opens inboxes by locator, drains the outbox. Reads no staff route."""
    STAFF = "staff"
    """One staff member: the cases granted to them."""
    PUBLISHER = "publisher"
    """The organ's administration: publishes rosters and staff credentials. Reads no case."""


class Office(StrEnum):
    """What a member of an organ is there for (Guidelines 2(1) to 2(3)); one may hold several."""

    STAFF = "staff"
    """Responsible for reports at a desk."""
    EXECUTIVE = "executive"
    """Responsible for the mechanism: oversees all cases that do not exclude them. Reads none without a grant."""
    DEPUTY = "deputy"
    """Oversees the cases that the executive is kept out of."""
    AUDITOR = "auditor"
    """Reads logs and figures only."""
    ADMINISTRATOR = "administrator"
    """Sets the organ up. Reads nothing."""


class CaseKind(StrEnum):
    """What a case is about; decides how long it is preserved."""

    REPORT = "report"
    CONSULTATION = "consultation"
    FEEDBACK = "feedback"
    RELIEF = "relief"
    """Somebody is treated badly, is searched for or was made to promise silence, and has no case yet."""
    SUPERVISOR = "supervisor"
    """A report that a supervisor received and passes on."""
    APPROACH = "approach"
    """A record of what a politician asked for; named."""


class Stage(StrEnum):
    """Where a case stands (Guidelines 3)."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    INVESTIGATING = "investigating"
    NOT_INVESTIGATED = "not_investigated"
    CONCLUDED = "concluded"
    """The investigation has a result."""
    MEASURES = "measures"
    CLOSED = "closed"
    """The handling has ended; the reporter is looked after."""
    REVIEWED = "reviewed"
    """It was checked whether the measures work."""
    DESTROYED = "destroyed"


class Phase(StrEnum):
    """The parts of handling, at each of which everyone declares whether they have a conflict (Guidelines 2(5)ii)."""

    RECEIPT = "receipt"
    ACCEPTANCE = "acceptance"
    INVESTIGATION = "investigation"
    MEASURES = "measures"
    FOLLOW_UP = "follow_up"


class Move(StrEnum):
    """An act on a case that comes with a letter. What each is and needs stands in `domain/lifecycle.py`."""

    ACKNOWLEDGE = "acknowledge"
    ACCEPT = "accept"
    DECLINE = "decline"
    INVESTIGATE = "investigate"
    NOT_INVESTIGATE = "not_investigate"
    PROGRESS = "progress"
    CONCLUDE = "conclude"
    TAKE_MEASURES = "take_measures"
    CLOSE = "close"
    REVIEW = "review"
    TAKE_UP_AGAIN = "take_up_again"
    HAND_ON = "hand_on"
    """Another organ is the one to turn to."""
    JOIN = "join"
    """It is handled with another case on the same matter."""
    CHANGE_PERIOD = "change_period"
    ANSWER_CONCERN = "answer_concern"
    ANSWER_FEEDBACK = "answer_feedback"
    ASK_CONSENT = "ask_consent"
    RECORD_CONSENT = "record_consent"
    RECORD_NO_CONSENT = "record_no_consent"
    """They do not agree; of this and consent the newest counts."""
    RECORD_MEASURE = "record_measure"
    RECORD_ACTION = "record_action"
    RECORD_CHECK = "record_check"
    RECORD_COOPERATION = "record_cooperation"
    RECORD_REFUSAL = "record_refusal"
    RECORD_INQUIRY = "record_inquiry"
    RECORD_DISCLOSURE = "record_disclosure"
    BECOME_REPORT = "become_report"
    """What was asked or said becomes a report, at the wish of whoever asked."""
    READ_BACK = "read_back"
    """An approach record was read back, and confirmed or corrected statement by statement."""
    ASK_RECONFIRMATION = "ask_reconfirmation"
    RECORD_RECONFIRMATION = "record_reconfirmation"
    RECORD_MINISTER = "record_minister"
    """What the minister confirmed with whoever approached, and how it was responded to."""
    FILE_RECORD = "file_record"


class Obligation(StrEnum):
    """A kind of thing that is owed. What begins and ends each stands in `domain/obligations.py`."""

    ACKNOWLEDGE = "acknowledge"
    DECIDE_ACCEPTANCE = "decide_acceptance"
    DECIDE_INVESTIGATION = "decide_investigation"
    TELL_PROGRESS = "tell_progress"
    FINISH = "finish"
    """The end of handling, within the standard or expected period."""
    TELL_RESULT = "tell_result"
    CHECK_INVESTIGATION = "check_investigation"
    TAKE_MEASURES = "take_measures"
    CHECK_IN = "check_in"
    REVIEW = "review"
    ANSWER_FEEDBACK = "answer_feedback"
    RELIEVE = "relieve"
    READ_BACK = "read_back"
    RECONFIRM = "reconfirm"
    """Whoever made a statement that is kept in detail is asked whether it is right."""
    CONFIRM_BY_MINISTER = "confirm_by_minister"
    RENEW_KEYS = "renew_keys"
    REASSIGN = "reassign"
    DECIDE_DESTRUCTION = "decide_destruction"


class Ending(StrEnum):
    """How something owed came to its end."""

    DONE = "done"
    UNSAID = "unsaid"
    """It was decided, and not told, on a listed ground that stands in the log."""
    LAPSED = "lapsed"
    """What it was owed for is no more."""


class Concern(StrEnum):
    """What a reporter may say beside the matter itself; in clear, since it decides who must hear of it at once."""

    FEEDBACK = "feedback"
    RETALIATION = "retaliation"
    SEARCH = "search"
    """Somebody tries to find out who reported."""
    SILENCE = "silence"
    """They were made to promise not to report."""
    LEAK = "leak"
    """Somebody told what was to be kept secret."""


class AlertKind(StrEnum):
    """Why somebody who oversees is told of a case."""

    FALLBACK = "fallback"
    RECOVERY = "recovery"
    OVERDUE = "overdue"
    CONFLICT = "conflict"
    NOBODY_LEFT = "nobody_left"
    CONCERN = "concern"
    UNDELIVERED = "undelivered"
    RECOVERY_USED = "recovery_used"
    KEY_MISSING = "key_missing"


class Compartment(StrEnum):
    """The three sealed rooms of a case, each with a key of its own."""

    FACTS = "facts"
    IDENTITY = "identity"
    MASKED = "masked"


class Escalation(StrEnum):
    """How a case came to where it is, when nobody at the chosen desk could be given a key."""

    NONE = "none"
    FALLBACK = "fallback"
    RECOVERY = "recovery"


class Side(StrEnum):
    """Who wrote a letter of the thread; what it says is sealed."""

    REPORTER = "reporter"
    STAFF = "staff"


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all that crosses the API: immutable, and refusing fields it does not know."""


class Fault(StrEnum):
    """Why a request was refused; the HTTP status says who must act."""

    UNREADABLE = "unreadable"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NO_SUCH_MOVE = "no_such_move"
    REASON_NEEDED = "reason_needed"
    NOT_UNSAID = "not_unsaid"
    """This notice may not be left out, or not on this ground."""
    DATE_NEEDED = "date_needed"
    CATEGORY_NEEDED = "category_needed"
    UNTRAINED = "untrained"
    RULES_UNREAD = "rules_unread"
    UNDECLARED = "undeclared"
    KEY_NEEDED = "key_needed"
    """Whoever is to do this holds no key to the case."""
    CONSENT_NEEDED = "consent_needed"
    """The reporter must have agreed first."""
    WAITING = "waiting"
    """Something on the case waits for approval first."""
    ON_HOLD = "on_hold"
    NOT_YET = "not_yet"
    FILE_MISSING = "file_missing"
    OLDER_ROSTER = "older_roster"
    TOO_LARGE = "too_large"
    BUSY = "busy"


class Refusal(Record, frozen=True):
    """The body of every answer that is not 2xx."""

    fault: Fault
