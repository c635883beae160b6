"""The survey on the mechanism: answered by members who sign in, and through the bot by reporters and by code."""

from typing import Final

from backend import commands
from backend.contract import Role
from backend.contract.surveys import AnswerAsReporter, AnswerAsStaff, AnswerByCode, OfferSurvey, SurveyCodes
from backend.web.routes import Answer, Call, Route


async def answer_as_staff(call: Call, sent: AnswerAsStaff) -> Answer:
    """Take a member's answers."""
    return await call.write(commands.answer_as_staff, call.staff_id, sent)


async def answer_as_reporter(call: Call, sent: AnswerAsReporter) -> Answer:
    """Take a reporter's answers."""
    return await call.write(commands.answer_as_reporter, sent)


async def answer_by_code(call: Call, sent: AnswerByCode) -> Answer:
    """Take the answers of whoever has a code."""
    return await call.write(commands.answer_by_code, sent)


async def offer(call: Call, sent: OfferSurvey) -> Answer:
    """Make codes."""
    return await call.write(commands.offer_survey, call.staff_id, sent)


_INTAKE: Final = frozenset({Role.INTAKE})
_STAFF: Final = frozenset({Role.STAFF})

ROUTES: Final = (
    Route(
        method="POST",
        path="/survey",
        roles=_STAFF,
        does=answer_as_staff,
        takes=AnswerAsStaff,
        summary="Answer the survey as a member of the organ, once in half a year",
    ),
    Route(
        method="POST",
        path="/survey/codes",
        roles=_STAFF,
        does=offer,
        takes=OfferSurvey,
        gives=SurveyCodes,
        summary="Make codes with which people who cannot sign in answer the survey",
    ),
    Route(
        method="POST",
        path="/survey/answers",
        roles=_INTAKE,
        does=answer_by_code,
        takes=AnswerByCode,
        summary="Answer the survey with a code",
    ),
    Route(
        method="POST",
        path="/inbox/survey",
        roles=_INTAKE,
        does=answer_as_reporter,
        takes=AnswerAsReporter,
        summary="Answer the survey as a reporter, once a case, after its end",
    ),
)
