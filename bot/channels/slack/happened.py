"""Reads off a window what the person did. Pure: Slack's shapes in, events out.

Whatever button sent the form, what was typed comes along. A window that cannot be understood loses no words: they come
as a form of a screen that has passed.
"""

import hashlib
import json
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from bot.channels.slack.fields import MENU
from bot.channels.slack.marks import Kind, Mark, Note, read_mark, read_note
from bot.channels.slack.modal import THEN
from bot.channels.slack.payloads import Interaction, SlackFile, Value, Window
from bot.conversation.events import Command, Commanded, Event, Filled, Said
from bot.conversation.session import Answer

_COMMANDS = frozenset(Command)


class Sent(Struct, frozen=True):
    """A form as it came in, with the button that sent it."""

    #: The same for a repeat of the very same act, and for nothing else.
    event_id: str
    note: Note
    then: str
    answers: dict[str, Answer]
    #: A story typed before any question.
    story: str = ""
    files: tuple[SlackFile, ...] = ()


def sent_by(interaction: Interaction, window: Window) -> Sent:
    """Read a form that was sent, or whose button was pressed."""
    note = read_note(window.private_metadata)
    pressed = interaction.actions[0].action_id.removeprefix(THEN) if interaction.actions else ""
    filled = sorted(_filled(window), key=lambda each: each[0])
    return Sent(
        event_id=_event_id(window, pressed),
        note=note,
        then=(pressed if pressed in _COMMANDS else "next") if interaction.actions else note.then,
        answers=_answers(filled),
        story="".join(value.value or "" for mark, value in filled if mark.kind is Kind.FIRST_WORDS),
        files=tuple(file for _, value in filled for file in value.files or ()),
    )


def events_of(sent: Sent, then: str) -> tuple[Event, ...]:
    """Return what the form says; a story typed at the menu counts before the choice there."""
    said: tuple[Event, ...] = (Said(text=sent.story),) if sent.story.strip() else ()
    if said and (sent.note.group == MENU or not any(sent.answers.values())):
        return (*said, Commanded(Command(then))) if then in _COMMANDS else said
    return (Filled(group=sent.note.group, answers=sent.answers, then=then, turn=sent.note.turn), *said)


def _filled(window: Window) -> Iterator[tuple[Mark, Value]]:
    for name, elements in (window.state.values if window.state else {}).items():
        mark = read_mark(name)
        for value in elements.values():
            if mark is not None:
                yield mark, value


def _answers(filled: list[tuple[Mark, Value]]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for mark, value in filled:
        before = answers.get(mark.question)
        match mark.kind:
            case Kind.MANY:
                ticked = [option.value for option in value.selected_options or ()]
                answers[mark.question] = [*(before if isinstance(before, list) else []), *ticked]
            case Kind.ONE:
                chosen = value.selected_option.value if value.selected_option else ""
                answers[mark.question] = chosen or f"{before or ''}{value.value or ''}"
    for mark, value in filled:
        if mark.kind is Kind.MORE and value.value and value.value.strip():
            answers[mark.question] = f"{str(answers.get(mark.question, '')).rstrip()}\n\n{value.value}"
    return answers


def _event_id(window: Window, pressed: str) -> str:
    """Name the act by the window, its state and the button.

    Slack gives no id to what is done in a window, and none to a second try. What was typed is part of the name: a form
    that was changed after an answer got lost is another one, and its words must not be taken for a repeat.
    """
    # Escaped to ASCII: what was typed may hold half of a character.
    typed = hashlib.sha256(json.dumps(msgspec.to_builtins(window.state), sort_keys=True).encode()).hexdigest()
    return f"{window.id}/{window.hash}/{pressed}/{typed}"
