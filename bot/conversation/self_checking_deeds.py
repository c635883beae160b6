"""Deeds around the look for what would name the writer. What was found is kept as places, never as words."""

from msgspec.structs import replace

from bot.conversation import walk
from bot.conversation.draft import answered, words_of
from bot.conversation.effects import CheckSelf, Say
from bot.conversation.findings import Finding
from bot.conversation.heard import Heard
from bot.conversation.house import House
from bot.conversation.passages import LEAVE_OUT, REWRITE, SHOWN, mark
from bot.conversation.reading_back import read_anew
from bot.conversation.searching import fresh
from bot.conversation.session import Session, State
from bot.conversation.walk import Turn


def keep_findings(session: Session, heard: Heard) -> Session:
    """Remember what was found, to show it."""
    return replace(session, findings=fresh(session, heard), rewriting="")


def check_again(session: Session) -> Turn:
    """Have the draft searched once more if nothing else is left to ask."""
    if session.state is not State.CHECKING:
        return session, ()
    return replace(session, state=State.SEARCHING), (CheckSelf(),)


def end_rewriting(session: Session) -> Session:
    """Let go of what was found."""
    return replace(session, findings=(), rewriting="", group="", at="", editing=False)


def accept(session: Session) -> Session:
    """Remember that all that was found is fine."""
    marks = dict.fromkeys((*session.accepted, *(mark(session, each) for each in session.findings)))
    return replace(session, accepted=tuple(marks))


def show_more(session: Session) -> Session:
    """Put those behind that were shown."""
    return replace(session, findings=session.findings[SHOWN:] + session.findings[:SHOWN])


def rewrite_answer(house: House, session: Session, heard: Heard) -> Session:
    """Ask the question anew in which something was found, with its answer standing there."""
    name = heard.option.removeprefix(REWRITE)
    return replace(walk.edit(house, session, name), rewriting=name)


def answer_anew(house: House, session: Session, heard: Heard) -> Session:
    """Put words in place of the answer in which something was found."""
    return walk.go_on(house, read_anew(house, session, answered(session, session.at, heard.words)))


def leave_out(house: House, session: Session, heard: Heard) -> Turn:
    """Put a mark in place of one passage that is shown, and say so."""
    number = int(heard.option.removeprefix(LEAVE_OUT))
    return _left(house, session, session.findings[number - 1 : number], "self_check.done")


def leave_all(house: House, session: Session) -> Turn:
    """Put a mark in place of every passage that was found, and say so."""
    return _left(house, session, session.findings, "self_check.done_all")


def _left(house: House, session: Session, gone: tuple[Finding, ...], said: str) -> Turn:
    in_place = house.catalog.text(session.language or "en", house.text(session, "self_check.left_out"))
    # From the end, so that what stands before stays where it is.
    for each in sorted(gone, key=lambda finding: -finding.start):
        session = _without(session, each, in_place)
    says = [Say(house.text(session, said, mark=in_place), "good")]
    if session.findings:
        return session, tuple(says)
    says.append(Say(house.text(session, "self_check.none_left")))
    return replace(end_rewriting(session), state=State.CHECKING), tuple(says)


def _without(session: Session, gone: Finding, in_place: str) -> Session:
    words = words_of(session, gone.question)
    moved = len(in_place) - (gone.end - gone.start)
    left = answered(session, gone.question, words[: gone.start] + in_place + words[gone.end :])
    rest = (_moved(each, gone, moved) for each in session.findings if each != gone)
    return replace(left, findings=tuple(rest))


def _moved(each: Finding, gone: Finding, moved: int) -> Finding:
    if each.question != gone.question or each.start < gone.end:
        return each
    return replace(each, start=each.start + moved, end=each.end + moved)
