"""Deeds on the draft: what the rows of the table do with words, files and the report before it is handed over."""

from typing import cast

from msgspec.structs import replace

from bot.conversation import place, walk
from bot.conversation.draft import added, answered, with_file, with_late_answer, with_remark, with_reply_file
from bot.conversation.effects import HandOver, Say
from bot.conversation.events import Attached, AttachFailed, FileRef, Filled
from bot.conversation.files import FAULTS, said_of
from bot.conversation.filling import readable
from bot.conversation.form import FormQuestion
from bot.conversation.heard import Heard
from bot.conversation.house import House
from bot.conversation.reading_back import read_anew
from bot.conversation.screens import TALK_GROUPS
from bot.conversation.session import Session
from bot.conversation.states import DRAFTING
from bot.conversation.walk import Turn
from bot.conversation.words import clean, guess_language, join


def keep_first_words(house: House, session: Session, heard: Heard) -> Session:
    """Begin a draft with words that came before any question."""
    first = house.book(session).form.first_words
    session = replace(session, language=session.language or guess_language(heard.words))
    session = replace(session, answers={**first.answers, **session.answers})
    return added(session, first.question, heard.words)


def keep_file(house: House, session: Session, heard: Heard) -> Turn:
    """Keep a file with the draft, and say so, and what was taken out of it.

    Where the form takes none, as everybody who reads the case would see it, it waits for a letter that does.
    """
    file = storable(cast("Attached", heard.event).file)
    if house.book(session).takes_files:
        kept = Say(house.text(session, "kept.file", name=file.name), "good")
        return with_file(session, file), (kept, *said_of(house, session, file))
    kept = Say(house.text(session, "kept.reply_file", name=file.name), "good")
    apart = Say(house.text(session, "kept.file_apart"), "notice")
    return with_reply_file(session, file), (kept, apart, *said_of(house, session, file))


def storable(file: FileRef) -> FileRef:
    """Make a file's name one that can be stored."""
    return replace(file, name=clean(file.name))


def say_file_fault(house: House, session: Session, heard: Heard) -> Turn:
    """Say that a file is not kept, and why as far as it is known."""
    fault = cast("AttachFailed", heard.event)
    key = FAULTS.get("too_large" if fault.limit_mib else fault.reason, FAULTS[""])
    return session, (Say(house.text(session, key, limit=str(fault.limit_mib)), "warning"),)


def keep_late_form(house: House, session: Session, heard: Heard) -> Turn:
    """Keep what a form from an earlier screen says and is not kept yet: in the draft, else for a reply; and say so."""
    answers = cast("Filled", heard.event).answers
    kept = session
    drafting = place.home(session) in DRAFTING
    for name, value in answers.items():
        question = house.book(session).question.get(name)
        if question and drafting and question.kind != "files":
            kept = with_late_answer(house, kept, name, readable(house, kept, question, value))
        elif isinstance(value, str) and value.strip() and _is_words(question, name):
            words = clean(value)
            kept = with_remark(kept, words) if drafting else replace(kept, reply=join(kept.reply, words))
    if kept == session:
        return session, ()
    kept = read_anew(house, session, kept)
    key = "kept.other_tab" if kept.answers != session.answers else "kept.old_form"
    return kept, (Say(house.text(session, key), "notice"),)


def _is_words(question: FormQuestion | None, name: str) -> bool:
    """Whether a field holds words; most fields of the talk's own screens hold values of options, and some questions."""
    return question.worded if question else name in ("reply", "token") or name not in TALK_GROUPS


def move_reply(house: House, session: Session) -> Turn:
    """Take words and files that were kept without a case into the new draft, and say so."""
    if not (session.reply or session.reply_files):
        return session, ()
    first = house.book(session).form.first_words
    moved = replace(session, answers={**first.answers, **session.answers}, files=session.files + session.reply_files)
    moved = added(moved, first.question, session.reply) if session.reply else moved
    return replace(moved, reply="", reply_files=()), (Say(house.text(session, "kept.moved"), "notice"),)


def hand_over(house: House, session: Session, *, anyone: bool) -> Turn:
    """Ask for the draft to be sealed and handed over; with `anyone`, to whoever may still open it."""
    desk = house.desk_of(session)
    return replace(session, desk=desk), (HandOver(desk, anyone=anyone),)


def pass_over(house: House, session: Session) -> Turn:
    """Go on without an answer; where one is needed, say so."""
    needed = walk.needs(session, walk.here(house, session))
    said = (Say(house.text(session, "answer.needed"), "warning"),) if needed else ()
    return walk.pass_over(house, session), said


def rewrite(house: House, session: Session) -> Turn:
    """Empty the answer that is being asked, because the person said so; where there is none, nothing is said."""
    emptied = answered(session, walk.here(house, session).id, "")
    said = (Say(house.text(session, "answer.emptied")),) if emptied.answers != session.answers else ()
    return read_anew(house, session, emptied), said
