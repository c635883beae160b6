"""What is handed over: the draft, divided into what the facts say and who the reporter is.

An identity is part of a report only while its questions apply: whoever first gave a name and then chose to stay unnamed
hands over no name. Nothing else is left out, whichever way it was written.
"""

from msgspec import Struct

from bot.conversation.course import says_who
from bot.conversation.events import FileRef
from bot.conversation.file_choices import travelling
from bot.conversation.house import House
from bot.conversation.own_words import labels_for
from bot.conversation.session import Answer, Session

#: The answer by which a form lets the reporter say that they are in danger: staff see the report at once.
DANGER = ("danger", "now")


class Report(Struct, frozen=True):
    """A draft, ready to be sealed."""

    flow: str
    kind: str
    form: int
    desk: str
    language: str
    channel: str
    facts: dict[str, Answer]
    identity: dict[str, str]
    #: Staff ids of everyone the report is kept from.
    excluded: tuple[str, ...]
    files: tuple[FileRef, ...]
    danger: bool
    #: The organ's own wording of what was answered, by catalogue key.
    labels: dict[str, str] = {}


def report_of(house: House, session: Session) -> Report:
    """Divide the draft. Answers to questions that this form does not know are the reporter's words: they stay facts."""
    book = house.book(session)
    facts: dict[str, Answer] = {}
    identity: dict[str, str] = {}
    for name, answer in session.answers.items():
        compartment = book.question[name].compartment if name in book.question else house.elsewhere(session, name)
        if compartment == "facts":
            facts[name] = answer
        elif says_who(house, session, name) and isinstance(answer, str):
            identity[name] = answer
    return Report(
        flow=book.form.flow,
        kind=book.form.kind,
        form=book.form.version,
        desk=house.desk_of(session),
        language=session.language,
        channel=session.channel,
        facts=facts,
        identity=identity,
        excluded=house.excluded(session),
        files=travelling(session.files),
        danger=session.danger or DANGER in facts.items(),
        labels=labels_for(session.labels, {**facts, **identity}),
    )
