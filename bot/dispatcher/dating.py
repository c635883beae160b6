"""Days of the person's own letters, put into a screen as it is shown: they come from memory, and are never stored."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from bot.conversation.days import day_params
from bot.conversation.effects import Ask, Option, Question, Text, Visible
from bot.conversation.session import Session
from bot.ports.talking import InboxPage, OwnLetter

WITHDRAW, WISH = "withdraw", "wish_withdraw_statement"


def dated(items: Iterable[Visible], session: Session, page: InboxPage | None) -> tuple[Visible, ...]:
    """Say in the questions about one's own letters when each was written; as they are where that is not known."""
    letters = {letter.number: letter for letter in page.sent} if page else {}
    return tuple(_asked(item, session, letters) if isinstance(item, Ask) else item for item in items)


def _asked(ask: Ask, session: Session, letters: Mapping[int, OwnLetter]) -> Ask:
    if ask.group == WITHDRAW:
        return replace(ask, questions=tuple(_with_days(question, letters) for question in ask.questions))
    letter = letters.get(session.letter)
    if ask.group == WISH and letter is not None:
        prompt = Text(f"question.{WISH}.dated", _params(letter))
        return replace(ask, questions=tuple(replace(question, prompt=prompt) for question in ask.questions))
    return ask


def _with_days(question: Question, letters: Mapping[int, OwnLetter]) -> Question:
    return replace(question, options=tuple(_dated(option, letters) for option in question.options))


def _dated(option: Option, letters: Mapping[int, OwnLetter]) -> Option:
    letter = letters.get(int(option.value)) if option.value.isdecimal() else None
    if letter is None:
        return option
    if letter.place == 1:
        return replace(option, label=Text("option.withdraw.dated", _params(letter)))
    place = {"place": str(letter.place)}
    return replace(option, label=Text("option.withdraw.dated_again", {**_params(letter), **place}))


def _params(letter: OwnLetter) -> dict[str, str]:
    return day_params("day", letter.on.isoformat())
