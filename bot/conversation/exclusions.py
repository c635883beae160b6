"""Whom the answers of a draft keep out: chosen from a list, surely meant by a name, or meant as its writer then said.

Found anew from the answers whenever it is asked, so that a name taken back keeps nobody out. That whoever is kept out
gets no key is the business of whoever seals the report.
"""

from collections.abc import Mapping

from bot.conversation.naming.matching import Directory
from bot.conversation.session import Answer

#: Questions whose answers keep people away: a choice among the readers, names as typed, and who was meant by them.
KEEP_FROM = "keep_from"
KEEP_FROM_OTHERS = "keep_from_others"
KEEP_FROM_MEANT = "keep_from_meant"
ASKED = (KEEP_FROM, KEEP_FROM_OTHERS, KEEP_FROM_MEANT)

#: Value of the option "none of these"; no staff id has such a sign.
NO_ONE = "no_one"

#: What is said about it.
TEXTS = tuple(f"keep_from.{text}" for text in ("meant", "nobody_meant", "too_long", "at_desk", "leader"))

Answers = Mapping[str, Answer]


def excluded(people: Directory, answers: Answers) -> tuple[str, ...]:
    """List everyone whom the answers keep out, nobody twice."""
    typed = people.meant_by(typed_names(answers))
    meant = [who for who in _listed(answers, KEEP_FROM_MEANT) if who in typed.maybe]
    return tuple(dict.fromkeys((*_listed(answers, KEEP_FROM), *typed.surely, *meant)))


def in_doubt(people: Directory, answers: Answers) -> tuple[str, ...]:
    """List those who may be meant by what was typed, so that it must be asked; whoever was chosen is in no doubt."""
    chosen = _listed(answers, KEEP_FROM)
    return tuple(who for who in people.meant_by(typed_names(answers)).maybe if who not in chosen)


def typed_names(answers: Answers) -> str:
    """Give the names as typed."""
    typed = answers.get(KEEP_FROM_OTHERS, "")
    return typed if isinstance(typed, str) else ""


def asked_anew(people: Directory, before: Answers, after: Answers) -> dict[str, Answer]:
    """Open the question who is meant again, when a name was typed that may mean somebody new.

    Whom the person already said they meant is kept out all the same. Where nobody is in doubt any more, nothing is left
    of the question.
    """
    answers, doubts = dict(after), in_doubt(people, after)
    if set(doubts) - set(in_doubt(people, before)):
        meant = [who for who in _listed(after, KEEP_FROM_MEANT) if who != NO_ONE]
        answers |= {KEEP_FROM: list(dict.fromkeys((*_listed(after, KEEP_FROM), *meant)))} if meant else {}
    elif doubts:
        return answers
    answers.pop(KEEP_FROM_MEANT, None)
    return answers


def _listed(answers: Answers, question: str) -> list[str]:
    chosen = answers.get(question, [])
    return chosen if isinstance(chosen, list) else []
