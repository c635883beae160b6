"""The survey on the mechanism (Guidelines 5(4)ii): who may answer, and with what they show that they may."""

from backend.contract.figures import Respondent, Score
from backend.contract.words import Record


class AnswerAsReporter(Record, frozen=True):
    """A reporter's answers, once a case, after its end. That they answered is kept; what, only as a count."""

    locator: bytes
    scores: tuple[Score, ...]


class AnswerByCode(Record, frozen=True):
    """Answers of somebody who was given a code. It works once."""

    code: str
    scores: tuple[Score, ...]


class AnswerAsStaff(Record, frozen=True):
    """A member's own answers, once in half a year."""

    scores: tuple[Score, ...]


class OfferSurvey(Record, frozen=True):
    """So many codes are asked for, to be given to people who cannot sign in."""

    respondent: Respondent
    count: int


class SurveyCodes(Record, frozen=True):
    """Codes that were made; the store keeps only what recognises them."""

    codes: tuple[str, ...]
