"""What is shown while a wish or the survey is asked.

On which day a letter was written joins only in the view: a stored screen tells nothing of a case.
"""

from bot.conversation.effects import Ask, Effect, Option, Question, Text
from bot.conversation.events import Command
from bot.conversation.house import House
from bot.conversation.questions import ALWAYS, choice
from bot.conversation.session import Session
from bot.conversation.wishing_deeds import BECOME_REPORT, SURVEY, WITHDRAW_REPORT, WITHDRAW_STATEMENT

#: The groups, of which `wish_…` is one a wish.
WITHDRAW, SURVEYED = "withdraw", "survey"
WISH_GROUPS = (
    WITHDRAW,
    SURVEYED,
    *(f"wish_{wish}" for wish in (WITHDRAW_STATEMENT, WITHDRAW_REPORT, BECOME_REPORT)),
    *(f"survey_{question}" for question in SURVEY),
)
#: So many of one's own letters are offered, the newest first: more do not fit a small screen.
_OFFERED = 8
_SCORES = ("1", "2", "3", "4", "5")
_BACK, _SKIP = Command.BACK.value, Command.SKIP.value


def inbox_wishes(session: Session) -> tuple[str, ...]:
    """List the options of an inbox that lead to a wish or to the survey."""
    may_withdraw = not {WITHDRAW_STATEMENT, WITHDRAW_REPORT}.isdisjoint(session.wishes)
    offers = ((SURVEYED, SURVEYED in session.wishes), (BECOME_REPORT, BECOME_REPORT in session.wishes))
    return (*(option for option, offered in offers if offered), *((WITHDRAW,) if may_withdraw else ()))


def choosing_statement(house: House, session: Session) -> tuple[Effect, ...]:
    """Ask what is taken back: one of the letters, or the whole."""
    newest = session.letters_kept[: -_OFFERED - 1 : -1]
    letters = (Option(str(number), Text("option.withdraw.letter")) for number in newest)
    fixed = choice(house, session, WITHDRAW, ("whole", "back") if WITHDRAW_REPORT in session.wishes else ("back",))
    question = Question(WITHDRAW, "choice", fixed.prompt, options=(*letters, *fixed.options), skippable=False)
    return (Ask(WITHDRAW, (question,), commands=(_BACK, *ALWAYS)),)


def confirming_wish(house: House, session: Session) -> tuple[Effect, ...]:
    """Ask whether the desk shall be told."""
    group = f"wish_{session.wish or BECOME_REPORT}"
    return (Ask(group, (choice(house, session, group, ("no", "yes")),), commands=(_BACK, *ALWAYS)),)


def surveying(house: House, session: Session) -> tuple[Effect, ...]:
    """Put the next question of the survey."""
    at = min(len(session.scores), len(SURVEY) - 1)
    options = tuple(Option(score, Text(f"option.survey.{score}")) for score in _SCORES)
    prompt = house.text(session, f"question.survey_{SURVEY[at]}.prompt")
    question = Question(f"survey_{SURVEY[at]}", "choice", prompt, options=options)
    return (Ask(SURVEYED, (question,), 0, at + 1, len(SURVEY), commands=(_SKIP, _BACK, *ALWAYS)),)
