"""Deeds around wishes and the survey. What is chosen stays in the session only until it is said or dropped."""

from collections.abc import Callable
from typing import cast

from msgspec.structs import replace

from bot.conversation.effects import AnswerSurvey, Effect, Say, Wish
from bot.conversation.events import Opened, Wished
from bot.conversation.heard import Heard
from bot.conversation.house import House
from bot.conversation.rows import Then
from bot.conversation.session import Session
from bot.conversation.walk import Turn

WITHDRAW_STATEMENT, WITHDRAW_REPORT, BECOME_REPORT = "withdraw_statement", "withdraw_report", "become_report"
#: The questions of the survey, in their order.
SURVEY = ("clear", "safe", "taken_seriously", "would_again")
#: Options and what they mean; a number is one of the person's own letters.
_MEANT = {"whole": WITHDRAW_REPORT, BECOME_REPORT: BECOME_REPORT}


def note_wishes(session: Session, heard: Heard) -> Session:
    """Remember what is possible in the inbox that was opened."""
    event = cast("Opened", heard.event)
    return drop_wish(replace(session, wishes=event.wishes, letters_kept=event.letters_kept))


def drop_wish(session: Session) -> Session:
    """Let go of a wish that was not confirmed, and of scores that were not sent."""
    return replace(session, wish="", letter=0, scores=())


def is_last_of_survey(session: Session) -> bool:
    """Whether no further question follows."""
    return len(session.scores) + 1 >= len(SURVEY)


def _choose_wish(_house: House, session: Session, heard: Heard) -> Turn:
    about = _MEANT.get(heard.option, WITHDRAW_STATEMENT)
    letter = int(heard.option) if about == WITHDRAW_STATEMENT else 0
    return replace(session, wish=about, letter=letter), ()


def _wish(_house: House, session: Session, _heard: Heard) -> Turn:
    return session, (Wish(session.handle, session.wish, session.letter),)


def _say_wished(house: House, session: Session, heard: Heard) -> Turn:
    """Say what the desk knows now, and what follows from it."""
    about = cast("Wished", heard.event).about
    return drop_wish(session), (Say(house.text(session, f"wish.{about}"), "good"),)


def _score(_house: House, session: Session, heard: Heard) -> Turn:
    """Keep a score from 1 to 5; 0 for a question that was passed over."""
    return replace(session, scores=(*session.scores, int(heard.option) if heard.option else 0)), ()


def _answer_survey(house: House, session: Session, _heard: Heard) -> Turn:
    """Have the scores counted, unless every question was passed over."""
    given = {question: value for question, value in zip(SURVEY, session.scores, strict=False) if value}
    effects: tuple[Effect, ...] = (AnswerSurvey(session.handle, given),) if given else ()
    left = () if given else (Say(house.text(session, "survey.left")),)
    return drop_wish(session), (*effects, *left)


def _note_survey(_house: House, session: Session, _heard: Heard) -> Turn:
    return replace(session, wishes=tuple(wished for wished in session.wishes if wished != "survey")), ()


WISH_DEEDS: dict[Then, Callable[[House, Session, Heard], Turn]] = {
    Then.CHOOSE_WISH: _choose_wish,
    Then.WISH: _wish,
    Then.SAY_WISHED: _say_wished,
    Then.DROP_WISH: lambda _house, session, _heard: (drop_wish(session), ()),
    Then.SCORE: _score,
    Then.ANSWER_SURVEY: _answer_survey,
    Then.NOTE_SURVEY: _note_survey,
}
