"""The course of a draft: which questions its answers lead to, and which of them are still open.

Facts about a session and a form; nothing is changed and nothing is shown here.
"""

from itertools import chain

from bot.conversation.form import ANYTHING, FormQuestion, Group
from bot.conversation.house import House
from bot.conversation.session import Answer, Session


def effective(house: House, session: Session, question_id: str) -> Answer:
    """Give the answer that counts: what was answered, else the default."""
    question = house.book(session).question[question_id]
    return session.answers.get(question_id) or question.default


def applies(house: House, session: Session, group: Group) -> bool:
    """Whether the earlier answers ask for this group."""
    return all(_stands(effective(house, session, asked), values) for asked, values in group.when.items())


def _stands(answer: Answer, values: tuple[str, ...]) -> bool:
    return bool(answer) if values == (ANYTHING,) else answer in values


def is_open(session: Session, question: FormQuestion) -> bool:
    """Whether a question is neither answered nor passed over."""
    if question.id in session.skipped or session.answers.get(question.id):
        return False
    return question.kind != "files" or not session.files


def asked(house: House, session: Session) -> tuple[tuple[Group, FormQuestion], ...]:
    """List the questions that this draft asks, in order."""
    return tuple(
        (group, question)
        for group, question in house.book(session).steps
        if applies(house, session, group) and house.asks(session, question)
    )


def says_who(house: House, session: Session, name: str) -> bool:
    """Whether an answer says who the reporter is, and they are being asked for that; or were."""
    book = house.book(session)
    if name not in book.question:
        return name in session.apart and any(
            question.compartment == "identity" and applies(house, session, group) for group, question in book.steps
        )
    return book.question[name].compartment == "identity" and applies(house, session, book.group_of[name])


def next_open(house: House, session: Session) -> tuple[Group, FormQuestion] | None:
    """Find the next open question after the present one, else the first open one; none when all is done."""
    book = house.book(session)
    here = book.place.get(session.at, -1) + 1
    for group, question in chain(book.steps[here:], book.steps[:here]):
        if is_open(session, question) and applies(house, session, group) and house.asks(session, question):
            return group, question
    return None
