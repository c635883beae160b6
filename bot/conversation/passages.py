"""Passages that would name the writer, as they are shown: a few at a time, each with the words around it.

The words are the person's own and go to nobody but them.
"""

from zlib import crc32

from bot.conversation.draft import words_of
from bot.conversation.effects import Ask, Effect, Option, Question, Say, Text
from bot.conversation.events import Command
from bot.conversation.findings import KINDS, Finding
from bot.conversation.house import House
from bot.conversation.questions import ALWAYS, ask_here, choice
from bot.conversation.session import Session

#: More at once would fill a phone.
SHOWN = 5
#: Characters shown before and behind a passage, and of a long passage at each end.
_AROUND, _LONGEST = 24, 40

#: Beginnings of the options that concern one passage, and one answer.
LEAVE_OUT, REWRITE = "leave_out.", "rewrite."
GROUP = "self_check"

_COMMANDS = (Command.BACK.value, *ALWAYS, Command.CANCEL.value)


def warned(house: House, session: Session) -> tuple[Effect, ...]:
    """Show the first passages that were found, and what can be done with them."""
    shown = session.findings[:SHOWN]
    found = house.text(session, "self_check.found", count=str(len(session.findings)))
    numbered = (_shown(house, session, finding, number) for number, finding in enumerate(shown, 1))
    question = Question(
        GROUP,
        "choice",
        house.text(session, f"question.{GROUP}.prompt"),
        house.text(session, f"question.{GROUP}.hint"),
        (*_ways(house, session, shown), *_rest(house, session)),
        skippable=False,
    )
    return (Say(found, "notice"), *numbered, Ask(GROUP, (question,), commands=_COMMANDS))


def asking(house: House, session: Session) -> tuple[Effect, ...]:
    """Put the question that the draft stands at; one that is being written anew stands below what was found in it."""
    asked = ask_here(house, session)
    if not is_rewriting(session):
        return asked
    there = [each for each in session.findings if each.question == session.at and _stands(session, each)]
    numbered = (_shown(house, session, finding, number) for number, finding in enumerate(there[:SHOWN], 1))
    return (Say(house.text(session, "self_check.rewrite"), "notice"), *numbered, *asked)


def is_rewriting(session: Session) -> bool:
    """Whether the answer that is asked is being written anew because of what was found in it."""
    return session.editing and bool(session.rewriting) and session.rewriting == session.at


def mark(session: Session, finding: Finding) -> int:
    """Know a passage again wherever it stands in its answer, without keeping its words."""
    words = words_of(session, finding.question)[finding.start : finding.end]
    return crc32(f"{finding.question}\n{words}".encode("utf-8", "replace"))


def text_keys() -> set[str]:
    """Name the texts that passages are shown with."""
    fixed = ("found", "rewrite", "passage", "left_out", "done", "done_all", "none_left")
    options = ("leave_out", "leave_all", "rewrite", "more", "as_it_is")
    return (
        {f"self_check.{name}" for name in fixed}
        | {f"self_check.kind.{kind}" for kind in KINDS}
        | {f"option.{GROUP}.{name}" for name in options}
        | {f"question.{GROUP}.prompt", f"question.{GROUP}.hint"}
    )


def _stands(session: Session, finding: Finding) -> bool:
    return finding.end <= len(words_of(session, finding.question))


def _shown(house: House, session: Session, finding: Finding, number: int) -> Say:
    answer = words_of(session, finding.question)
    before, passage, after = answer[: finding.start], answer[finding.start : finding.end], answer[finding.end :]
    if len(passage) > _LONGEST * 2:
        passage = f"{passage[:_LONGEST]} … {passage[-_LONGEST:]}"
    params = {
        "number": str(number),
        "kind": f"@self_check.kind.{finding.kind}",
        "label": _label(house, session, finding.question),
        "before": "…" * (len(before) > _AROUND) + _on_a_line(before[-_AROUND:]),
        "passage": _on_a_line(passage),
        "after": _on_a_line(after[:_AROUND]) + "…" * (len(after) > _AROUND),
    }
    return Say(house.text(session, "self_check.passage", **params))


def _on_a_line(words: str) -> str:
    return words.replace("\n", " ")


def _label(house: House, session: Session, question_id: str) -> str:
    question = house.known(question_id)
    text = house.label(session, question) if question else Text("question.remarks.label")
    return house.catalog.text(session.language, text)


def _ways(house: House, session: Session, shown: tuple[Finding, ...]) -> tuple[Option, ...]:
    """List how each passage can be left out, and each answer be written anew that this flow asks."""
    numbers = (str(number) for number in range(1, len(shown) + 1))
    left = (Option(LEAVE_OUT + number, Text(f"option.{GROUP}.leave_out", {"number": number})) for number in numbers)
    asked = [name for name in dict.fromkeys(each.question for each in shown) if name in house.book(session).question]
    anew = (
        Option(REWRITE + name, Text(f"option.{GROUP}.rewrite", {"label": _label(house, session, name)}))
        for name in asked
    )
    return (*left, *anew)


def _rest(house: House, session: Session) -> tuple[Option, ...]:
    several, more = len(session.findings) > 1, len(session.findings) > SHOWN
    values = ("leave_all",) * several + ("more",) * more + ("as_it_is",)
    return choice(house, session, GROUP, values).options
