"""The organ's own wording of what a draft answers, kept with the draft as the person saw it last.

An organ may change its questions, or take one away, while somebody is answering; and a case is read years later. So the
wording goes along with the answer: first in the draft, then in what is handed over.
"""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from bot.conversation.effects import Text
from bot.conversation.form import FormQuestion
from bot.conversation.house import House
from bot.conversation.session import Answer, Session


def noted(house: House, session: Session) -> Session:
    """Keep the organ's wording of every answer, and remember which of its questions ask who somebody is."""
    own = house.catalog.own_ids
    if not (own or session.labels or session.apart):
        return session
    asked = {name: question for name in session.answers if (question := house.known(name)) is not None}
    labels = {key: text for key, text in session.labels.items() if key not in house.catalog and _answers(session, key)}
    for name, question in asked.items():
        if question.wording in own and session.language:
            labels |= _wording(house, session, question, session.answers[name])
    apart = tuple(name for name in session.answers if _is_apart(session, name, asked.get(name), own))
    return (
        session if (labels, apart) == (session.labels, session.apart) else replace(session, labels=labels, apart=apart)
    )


def labels_for(labels: Mapping[str, str], answers: Mapping[str, Answer]) -> dict[str, str]:
    """Give the wording of these answers, by catalogue key."""
    return {key: text for key, text in labels.items() if _is_about(key, answers)}


def _answers(session: Session, key: str) -> bool:
    return _is_about(key, session.answers)


def _is_about(key: str, answers: Mapping[str, Answer]) -> bool:
    _, question, value = key.split(".", 2)
    given = [answer for name, answer in answers.items() if name.partition(".")[0] == question]
    chosen = [each for answer in given for each in (answer if isinstance(answer, list) else [answer])]
    return bool(given) and (key.startswith("question.") or value in chosen)


def _wording(house: House, session: Session, question: FormQuestion, answer: Answer) -> dict[str, str]:
    text = house.catalog.text
    return {key: text(session.language, Text(key)) for key in _keys(question, answer) if key in house.catalog.own}


def _keys(question: FormQuestion, answer: Answer) -> Iterator[str]:
    yield f"question.{question.wording}.label"
    if not question.worded:
        for value in answer if isinstance(answer, list) else [answer]:
            yield f"option.{question.wording}.{value}"


def _is_apart(session: Session, name: str, question: FormQuestion | None, own: frozenset[str]) -> bool:
    if question is None:
        return name in session.apart
    return question.wording in own and question.compartment == "identity"
