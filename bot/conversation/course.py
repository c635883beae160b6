"""The course of a draft: which questions its answers lead to, and which of them are still open.

Facts about a session and a form; nothing is changed and nothing is shown here.
"""

from itertools import chain

from bot.conversation.form import FormQuestion, Group
from bot.conversation.house import House
from bot.conversation.session import Answer, Session


def effective(house: House, session: Session, question_id: str) -> Answer:
    """Give the answer that counts: what was answered, else the default."""
    question = house.question[question_id]
    return session.answers.get(question_id) or question.default


def applies(house: House, session: Session, group: Group) -> bool:
    """Whether the earlier answers ask for this group."""
    when = group.when
    return not when or all(effective(house, session, asked) in values for asked, values in when.items())


def is_open(session: Session, question: FormQuestion) -> bool:
    """Whether a question is neither answered nor passed over."""
    if question.id in session.skipped or session.answers.get(question.id):
        return False
    return question.kind != "files" or not session.files


def asked(house: House, session: Session) -> tuple[tuple[Group, FormQuestion], ...]:
    """List the questions that this draft asks, in order."""
    return tuple(
        (group, question)
        for group, question in house.steps
        if (not group.when or applies(house, session, group)) and house.asks(question)
    )


def next_open(house: House, session: Session) -> tuple[Group, FormQuestion] | None:
    """Find the next open question after the present one, else the first open one; none when all is done."""
    here = house.place.get(session.at, -1) + 1
    for group, question in chain(house.steps[here:], house.steps[:here]):
        if is_open(session, question) and applies(house, session, group) and house.asks(question):
            return group, question
    return None
