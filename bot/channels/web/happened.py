"""Reads off a posted form what the person did. Pure: fields in, events out.

A form names its fields: `one.<question>` and `many.<question>` are answers, `words` a story typed before any question,
`chose` an option tapped, `then` the button that sent it. Whatever button it was, what was typed comes along; a form
that cannot be understood loses no words.
"""

from bot.channels.web.posted import Posted
from bot.conversation.events import Chose, Command, Commanded, Event, Filled, Said, SentNothing
from bot.conversation.session import Answer

#: What the edit buttons of the summary answer; they stand beside the question that is asked there.
EDIT = "edit"

_COMMANDS = frozenset(Command)


def events_of(posted: Posted) -> tuple[Event, ...]:
    """Return what the form says, at least one event."""
    group = posted.first("group")
    answers = _answers(posted)
    words = posted.first("words")
    if words.strip():
        return (Said(text=words), *_command(posted))
    question, _, option = posted.first("chose").partition("=")
    if question == EDIT or (question and not group):
        return (Chose(question=question, option=option),)
    if question:
        answers[question] = option
    if group:
        return (Filled(group=group, answers=answers, then=posted.first("then", "next"), turn=_turn(posted)),)
    return _without_group(posted, answers)


def _without_group(posted: Posted, answers: dict[str, Answer]) -> tuple[Event, ...]:
    words = [answer for answer in answers.values() if isinstance(answer, str) and answer.strip()]
    said: tuple[Event, ...] = tuple(Said(text=word) for word in words)
    return said + _command(posted) or (SentNothing(),)


def _command(posted: Posted) -> tuple[Event, ...]:
    then = posted.first("then")
    return (Commanded(command=Command(then)),) if then in _COMMANDS else ()


def _answers(posted: Posted) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for name, values in posted.fields.items():
        kind, _, question = name.partition(".")
        if kind == "one" and question:
            answers[question] = "\n\n".join(value for value in values if value) if len(values) > 1 else values[0]
        elif kind == "many" and question:
            # An empty value stands in the form so that "none of them" can be told from "not asked".
            answers[question] = [value for value in values if value]
    return answers


def _turn(posted: Posted) -> int:
    turn = posted.first("turn")
    return int(turn) if turn.isascii() and turn.isdecimal() and len(turn) < len("1000000000") else -1
