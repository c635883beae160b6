"""The draft: how answers, words and files are kept in the session.

Every function here takes a session and gives a new one; nothing is shown and nothing is lost. Words that answer no
question go to the remarks; words that come a second time go below the first.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.conversation.events import FileRef
from bot.conversation.file_choices import travelling
from bot.conversation.form import REMARKS, FormQuestion
from bot.conversation.house import House
from bot.conversation.session import Answer, Session
from bot.conversation.words import join


def answered(session: Session, question_id: str, answer: Answer) -> Session:
    """Put an answer in place of what stood there; an empty one leaves the question unanswered."""
    answers = {**session.answers, question_id: answer}
    if not answer:
        del answers[question_id]
    return replace(session, answers=answers, skipped=tuple(each for each in session.skipped if each != question_id))


def added(session: Session, question_id: str, words: str) -> Session:
    """Put words below what already stands there."""
    return answered(session, question_id, join(words_of(session, question_id), words))


def words_of(session: Session, question_id: str) -> str:
    """Give the words of an answer; a list of values has none."""
    answer = session.answers.get(question_id, "")
    return answer if isinstance(answer, str) else ""


def passed_over(session: Session, questions: Iterable[FormQuestion]) -> Session:
    """Mark questions as passed over on purpose."""
    new = tuple(question.id for question in questions if question.id not in session.skipped)
    return replace(session, skipped=session.skipped + new)


def with_file(session: Session, file: FileRef) -> Session:
    """Keep a file with the draft; one that came twice is kept once."""
    return session if file in session.files else replace(session, files=(*session.files, file))


def with_reply_file(session: Session, file: FileRef) -> Session:
    """Keep a file for the next letter; one that came twice is kept once."""
    return session if file in session.reply_files else replace(session, reply_files=(*session.reply_files, file))


def with_remark(session: Session, words: str) -> Session:
    """Keep words that answer no question."""
    return replace(session, answers={**session.answers, REMARKS: join(words_of(session, REMARKS), words)})


def has_something(house: House, session: Session) -> bool:
    """Whether there is a single word or file to hand over."""
    worded = (each for each, question in house.book(session).question.items() if question.worded)
    return bool(travelling(session.files)) or any(words_of(session, each).strip() for each in (REMARKS, *worded))


def with_late_answer(house: House, session: Session, question_id: str, value: Answer) -> Session:
    """Keep what a form from an earlier screen says: an open question is answered, words are added, the rest stands.

    The value is one that the question can have. A choice that was made since then counts more than the old one.
    """
    if not value or value == session.answers.get(question_id):
        return session
    if house.book(session).question[question_id].worded and isinstance(value, str):
        return added(session, question_id, value)
    return session if session.answers.get(question_id) else answered(session, question_id, value)


def emptied(session: Session) -> Session:
    """Take the draft out of the session; everything else stays."""
    session = replace(session, findings=(), accepted=(), rewriting="")
    return replace(session, answers={}, files=(), skipped=(), group="", at="", editing=False, others=(), danger=False)
