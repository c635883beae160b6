"""What of a draft is searched for its writer, and what of the answer is news to them."""

from typing import cast

from bot.conversation.draft import words_of
from bot.conversation.events import SelfChecked
from bot.conversation.findings import Finding
from bot.conversation.heard import Heard
from bot.conversation.house import House
from bot.conversation.passages import mark
from bot.conversation.report import report_of
from bot.conversation.session import Session

_ANONYMITY = "anonymity"


def is_unnamed(house: House, session: Session) -> bool:
    """Whether the draft is handed over without a name. Whoever records an approach answers for it by name.

    Whoever wanted to give a name and gave none has none.
    """
    book = house.book(session)
    given = (book.group_of[name] for name in report_of(house, session).identity if name in book.group_of)
    return book.form.kind != "approach" and not any(_ANONYMITY in group.when for group in given)


def searched(house: House, session: Session) -> dict[str, str]:
    """Give the words that would be handed over as facts, by question."""
    facts = report_of(house, session).facts
    return {name: words for name, words in facts.items() if isinstance(words, str) and _is_worded(house, name)}


def fresh(session: Session, heard: Heard) -> tuple[Finding, ...]:
    """Give what was found, without what the person called fine and what does not stand there any more."""
    found = cast("SelfChecked", heard.event).findings
    return tuple(each for each in found if _stands(session, each) and mark(session, each) not in session.accepted)


def _stands(session: Session, finding: Finding) -> bool:
    return 0 <= finding.start < finding.end <= len(words_of(session, finding.question))


def _is_worded(house: House, name: str) -> bool:
    question = house.known(name)
    return question is None or question.worded
