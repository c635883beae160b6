"""Deeds that begin a flow: which questions come, and what is known before the first of them."""

from msgspec.structs import replace

from bot.conversation.draft import answered
from bot.conversation.forms import REPORT
from bot.conversation.heard import Heard
from bot.conversation.house import House
from bot.conversation.session import Session
from bot.conversation.starting import FLOW_OF

#: Flags that forms may ask for in their conditions: the draft goes to the open case; an earlier token is lost.
WITH_CASE, TOKEN_LOST = "with_case", "token_lost"
_FLAGS = (WITH_CASE, TOKEN_LOST)


def begin(house: House, session: Session, heard: Heard) -> Session:
    """Put the draft into the flow that was asked for, as a case of its own; every answer stays."""
    return _in_flow(house, session, FLOW_OF[heard.on])


def begin_report(house: House, session: Session) -> Session:
    """Put the draft into the flow of a report, where words come before any question."""
    return _in_flow(house, session, REPORT)


def begin_for_case(house: House, session: Session, heard: Heard) -> Session:
    """The same, for the case whose inbox is open."""
    return answered(replace(_in_flow(house, session, FLOW_OF[heard.on]), before=""), WITH_CASE, "yes")


def begin_afresh(house: House, session: Session) -> Session:
    """Begin a report by somebody whose token is lost: it asks what the earlier report was."""
    return answered(_in_flow(house, session, REPORT), TOKEN_LOST, "yes")


def is_for_case(session: Session) -> bool:
    """Whether the draft is to become a letter of the open case."""
    return session.answers.get(WITH_CASE) == "yes"


def _in_flow(house: House, session: Session, flow: str) -> Session:
    known = flow if flow in house.books else REPORT
    answers = {name: answer for name, answer in session.answers.items() if name not in _FLAGS}
    return replace(session, flow=known, answers=answers)
