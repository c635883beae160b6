"""The summary: every answer of the draft, before it is handed over, each under the id that changes it."""

from bot.conversation.course import asked, effective, says_who
from bot.conversation.desks import who_reads
from bot.conversation.effects import Line, Option, Text
from bot.conversation.exclusions import KEEP_FROM
from bot.conversation.form import FormQuestion
from bot.conversation.house import House
from bot.conversation.keeping_out import kept_from
from bot.conversation.session import Answer, Session


def lines(house: House, session: Session) -> tuple[Line, ...]:
    """List what is handed over: all questions asked, answered or not, and whatever was written besides."""
    shown = {question.id for _, question in asked(house, session)}
    listed = tuple(
        _line(house, session, question)
        for _, question in house.book(session).steps
        if question.compartment != "talk" and (question.id in shown or _stays(session, question))
    )
    return (*listed, *who_reads(house, session), *_besides(house, session))


def _stays(session: Session, question: FormQuestion) -> bool:
    """Words of an earlier answer are handed over even where the question is no longer asked; a name is not."""
    return question.compartment == "facts" and bool(session.answers.get(question.id))


def _line(house: House, session: Session, question: FormQuestion) -> Line:
    label = house.label(session, question)
    if question.kind == "files":
        return Line(question.id, label, files=session.files)
    if question.id == KEEP_FROM:
        return Line(question.id, label, options=kept_from(house, session))
    answer = effective(house, session, question.id)
    if question.worded:
        return Line(question.id, label, answer if isinstance(answer, str) else "")
    return Line(question.id, label, options=_chosen(house, session, question))


def _chosen(house: House, session: Session, question: FormQuestion) -> tuple[Option, ...]:
    return _of(house, session, question, effective(house, session, question.id))


def _of(house: House, session: Session, question: FormQuestion, answer: Answer) -> tuple[Option, ...]:
    values = answer if isinstance(answer, list) else [answer]
    options = {option.value: option for option in house.options(session, question)}
    # An option that the organ has taken away meanwhile was chosen all the same.
    kept = {value: session.labels.get(f"option.{question.wording}.{value}", "") for value in values}
    options |= {value: Option(value, words=words) for value, words in kept.items() if words and value not in options}
    return tuple(options[value] for value in values if value in options)


def _besides(house: House, session: Session) -> tuple[Line, ...]:
    """Answers to questions of another flow, or that no form has any more: they are handed over as they are."""
    return tuple(
        _beside(house, session, name, answer)
        for name, answer in session.answers.items()
        if name not in house.book(session).question and _goes_along(house, session, name)
    )


def _goes_along(house: House, session: Session, name: str) -> bool:
    return house.elsewhere(session, name) == "facts" or says_who(house, session, name)


def _beside(house: House, session: Session, name: str, answer: Answer) -> Line:
    question = house.known(name)
    if question is None:
        values = [answer] if isinstance(answer, str) else answer
        words = ", ".join(session.labels.get(f"option.{name}.{value}", value) for value in values)
        own = session.labels.get(f"question.{name}.label")
        label = Text("summary.own", {"label": own}) if own else house.text(session, "question.remarks.label")
        return Line(name, label, words)
    if question.worded:
        return Line(name, house.label(session, question), answer if isinstance(answer, str) else "")
    return Line(name, house.label(session, question), options=_of(house, session, question, answer))
