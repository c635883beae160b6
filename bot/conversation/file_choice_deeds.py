"""Deeds around the choice for one file: taking it up from the list, choosing, and reading choices off a form."""

from msgspec.structs import replace

from bot.conversation import walk
from bot.conversation.effects import Ask, Effect, Say
from bot.conversation.events import Command, FileRef, Filled
from bot.conversation.file_choices import FIELD, choice_of, choices_of, chosen_in, options_of, with_choice
from bot.conversation.files import said_of
from bot.conversation.heard import Heard
from bot.conversation.house import House
from bot.conversation.questions import ALWAYS, choice
from bot.conversation.session import Session, State
from bot.conversation.walk import Turn
from bot.conversation.words import fold, read_numbers

#: Characters of a file's name, beyond which typed words are no name.
_LONGEST_NAME = 255


def is_meant(house: House, session: Session, heard: Heard) -> bool:
    """Whether what was picked or typed is one of the files that are listed here."""
    return _meant(house, session, heard) is not None


def take_up(house: House, session: Session, heard: Heard) -> Turn:
    """Turn to the file that was picked, and say again what is still in it."""
    file = _meant(house, session, heard)
    return (replace(session, handling=file.file_id), said_of(house, session, file)) if file else (session, ())


def handle(house: House, session: Session, heard: Heard) -> Turn:
    """Choose for the file at hand, and say what holds now."""
    chosen = _chosen(session, session.handling, heard.option)
    file = _at_hand(chosen)
    said = (Say(house.text(session, f"handled.{choice_of(file)}", name=file.name), "good"),) if file else ()
    return chosen, said


def put_choices(house: House, session: Session) -> tuple[Effect, ...]:
    """Ask what shall become of the file at hand."""
    file = _at_hand(session)
    values = choices_of(file) if file else ()
    question = choice(house, session, "handling", (*values, "back"), name=file.name if file else "")
    hint = house.text(session, "question.handling.hint")
    question = replace(question, hint=hint, answer=choice_of(file) if file else "")
    return (Ask("handling", (question,), commands=(Command.BACK.value, *ALWAYS)),)


def with_form(session: Session, event: Filled, *, late: bool) -> tuple[Session, Filled]:
    """Take the choices out of a form and hold to them; those of an old screen count no more, and are no words."""
    choices = dict(chosen_in(event.answers))
    for file_id, value in choices.items() if not late else ():
        session = _chosen(session, file_id, value)
    left = {name: value for name, value in event.answers.items() if not name.startswith(FIELD)}
    return session, replace(event, answers=left)


def _chosen(session: Session, file_id: str, value: str) -> Session:
    files, replied = (with_choice(each, file_id, value) for each in (session.files, session.reply_files))
    return replace(session, files=files, reply_files=replied)


def _at_hand(session: Session) -> FileRef | None:
    everything = (*session.files, *session.reply_files)
    return next((file for file in everything if file.file_id == session.handling), None)


def _listed(house: House, session: Session) -> tuple[FileRef, ...]:
    """List the files that stand on the screen."""
    if session.state is State.REPLYING:
        return session.reply_files
    return session.files if walk.here(house, session).kind == "files" else ()


def _meant(house: House, session: Session, heard: Heard) -> FileRef | None:
    files = {file.file_id: file for file in _listed(house, session)}
    if heard.option:
        return files.get(heard.option)
    offered = [option.value for option in options_of(tuple(files.values()))]
    numbers = read_numbers(heard.words)
    if len(numbers) == 1 and 1 <= numbers[0] <= len(offered):
        return files[offered[numbers[0] - 1]]
    typed = fold(heard.words) if len(heard.words) <= _LONGEST_NAME else ""
    return next((file for file in files.values() if typed and fold(file.name) == typed), None)
