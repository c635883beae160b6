"""The life of a case, written as a table.

One row is one move: in one of these `stages`, a member who holds `needs` may make it, giving what the row asks for. No
row means that the move does not exist there. What is owed, and who owes it, stands in `obligations.py`.
"""

from typing import Final

from backend.contract import CaseKind, CodeList, Move, Obligation, Phase, Stage
from backend.domain.steps import Day, Letter, Step

_O = Obligation
_S = Stage


_EXCEPTION: Final = frozenset({CodeList.EXCEPTION})
#: Guidelines 3(2)i and iv, 3(4)i know grounds for withholding; 3(1)ii excepts from all notices.
_GROUNDS: Final = frozenset({CodeList.EXCEPTION, CodeList.GROUND})
#: Cases that are not decided on: they are answered, and then they end.
_ANSWERED: Final = frozenset({CaseKind.CONSULTATION, CaseKind.FEEDBACK, CaseKind.RELIEF})
_DECIDED: Final = frozenset({CaseKind.REPORT, CaseKind.SUPERVISOR})
#: An approach record ends once it is confirmed and filed, and never past that.
_GOES_ON: Final = frozenset(CaseKind) - {CaseKind.APPROACH}
_LIVING: Final = frozenset(Stage) - {_S.DESTROYED}
#: Handling goes on, and its end is owed.
PROMISED: Final = frozenset({_S.ACCEPTED, _S.INVESTIGATING, _S.NOT_INVESTIGATED, _S.CONCLUDED, _S.MEASURES})
_UNDER_WAY: Final = PROMISED | {_S.RECEIVED, _S.NOT_ACCEPTED}
#: What is pointless here once a case goes on elsewhere.
_OWED_UNDER_WAY: Final = (
    _O.ACKNOWLEDGE,
    _O.DECIDE_ACCEPTANCE,
    _O.DECIDE_INVESTIGATION,
    _O.TELL_PROGRESS,
    _O.TELL_RESULT,
    _O.CHECK_INVESTIGATION,
    _O.TAKE_MEASURES,
    _O.FINISH,
)
_AFTER_THE_END: Final = (_O.CHECK_IN, _O.DECIDE_DESTRUCTION)


def _at(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


def _minute(move: Move, reason: CodeList | None = None, day: Day | None = Day.NOT_COMING) -> Step:
    return Step(move=move, stages=_LIVING, letter=Letter.MINUTE, reason=reason, day=day)


def _goes_on_elsewhere(move: Move) -> Step:
    return Step(
        move=move,
        stages=_UNDER_WAY,
        to=_S.CLOSED,
        kinds=_GOES_ON,
        unsaid=_EXCEPTION,
        reason=CodeList.ELSEWHERE,
        begins=_AFTER_THE_END,
        lapses=_OWED_UNDER_WAY,
    )


def _of_approach(move: Move, *ends: Obligation, reason: CodeList | None = None) -> Step:
    return Step(
        move=move,
        stages=_LIVING,
        letter=Letter.MINUTE,
        reason=reason,
        day=Day.NOT_COMING,
        kinds=frozenset({CaseKind.APPROACH}),
        ends=ends,
    )


LIFECYCLE: Final = (
    # 3(1)iii: where the reporter cannot see that the report arrived.
    Step(move=Move.ACKNOWLEDGE, stages=_at(_S.RECEIVED), unsaid=_EXCEPTION, ends=(_O.ACKNOWLEDGE,)),
    # 3(1)iv. Acceptance knows no ground for withholding.
    Step(
        move=Move.ACCEPT,
        stages=_at(_S.RECEIVED),
        to=_S.ACCEPTED,
        kinds=_DECIDED,
        unsaid=_EXCEPTION,
        day=Day.MAYBE_COMING,
        begins=(_O.FINISH,),
        ends=(_O.DECIDE_ACCEPTANCE,),
    ),
    Step(
        move=Move.DECLINE,
        stages=_at(_S.RECEIVED),
        to=_S.NOT_ACCEPTED,
        kinds=_DECIDED,
        unsaid=_EXCEPTION,
        reason=CodeList.NOT_ACCEPTED,
        begins=(_O.FINISH,),
        ends=(_O.DECIDE_ACCEPTANCE,),
        lapses=(_O.DECIDE_INVESTIGATION,),
    ),
    # 3(2)i.
    Step(
        move=Move.INVESTIGATE,
        stages=_at(_S.ACCEPTED),
        to=_S.INVESTIGATING,
        unsaid=_GROUNDS,
        day=Day.ANY,
        begins=(_O.TELL_PROGRESS, _O.TELL_RESULT, _O.CHECK_INVESTIGATION),
        ends=(_O.DECIDE_INVESTIGATION,),
    ),
    Step(
        move=Move.NOT_INVESTIGATE,
        stages=_at(_S.ACCEPTED),
        to=_S.NOT_INVESTIGATED,
        unsaid=_GROUNDS,
        reason=CodeList.NOT_INVESTIGATED,
        ends=(_O.DECIDE_INVESTIGATION,),
    ),
    # 3(2)iv.
    Step(
        move=Move.PROGRESS,
        stages=_at(_S.INVESTIGATING),
        unsaid=_GROUNDS,
        begins=(_O.TELL_PROGRESS,),
        ends=(_O.TELL_PROGRESS,),
    ),
    Step(
        move=Move.CONCLUDE,
        stages=_at(_S.INVESTIGATING),
        to=_S.CONCLUDED,
        unsaid=_GROUNDS,
        reason=CodeList.FINDING,
        begins=(_O.TAKE_MEASURES,),
        ends=(_O.TELL_RESULT,),
        lapses=(_O.TELL_PROGRESS, _O.CHECK_INVESTIGATION),
    ),
    # 3(3), 3(4)i.
    Step(
        move=Move.TAKE_MEASURES,
        stages=_at(_S.CONCLUDED, _S.MEASURES),
        to=_S.MEASURES,
        unsaid=_GROUNDS,
        day=Day.NOT_COMING,
        ends=(_O.TAKE_MEASURES,),
    ),
    # 4(3): relief systems are told at the end.
    Step(
        move=Move.CLOSE,
        stages=_at(_S.NOT_ACCEPTED, _S.NOT_INVESTIGATED, _S.CONCLUDED),
        to=_S.CLOSED,
        unsaid=_EXCEPTION,
        begins=_AFTER_THE_END,
        ends=(_O.FINISH,),
        lapses=(_O.TAKE_MEASURES,),
    ),
    Step(
        move=Move.CLOSE,
        stages=_at(_S.MEASURES),
        to=_S.CLOSED,
        unsaid=_EXCEPTION,
        begins=(_O.REVIEW, *_AFTER_THE_END),
        ends=(_O.FINISH,),
        lapses=(_O.TAKE_MEASURES,),
    ),
    Step(
        move=Move.CLOSE,
        stages=_at(_S.RECEIVED),
        to=_S.CLOSED,
        kinds=_ANSWERED,
        unsaid=_EXCEPTION,
        begins=_AFTER_THE_END,
        ends=(_O.FINISH,),
    ),
    # 2(2)ii: a consultation becomes a report without retyping.
    Step(
        move=Move.BECOME_REPORT,
        stages=_at(_S.RECEIVED),
        kinds=_ANSWERED,
        becomes=CaseKind.REPORT,
        ends=(_O.ANSWER_FEEDBACK,),
        lapses=(_O.FINISH,),
    ),
    # 3(6).
    Step(
        move=Move.REVIEW,
        stages=_at(_S.CLOSED),
        to=_S.REVIEWED,
        unsaid=_GROUNDS,
        reason=CodeList.REVIEW,
        ends=(_O.REVIEW,),
    ),
    Step(
        move=Move.TAKE_UP_AGAIN,
        stages=_at(_S.NOT_ACCEPTED),
        to=_S.RECEIVED,
        unsaid=_EXCEPTION,
        reason=CodeList.TAKE_UP_AGAIN,
        begins=(_O.DECIDE_ACCEPTANCE, _O.DECIDE_INVESTIGATION),
        lapses=(_O.FINISH,),
    ),
    Step(
        move=Move.TAKE_UP_AGAIN,
        stages=_at(_S.NOT_INVESTIGATED, _S.CLOSED),
        to=_S.ACCEPTED,
        kinds=_DECIDED,
        unsaid=_EXCEPTION,
        reason=CodeList.TAKE_UP_AGAIN,
        begins=(_O.DECIDE_INVESTIGATION, _O.FINISH),
        lapses=(_O.FINISH, _O.REVIEW, *_AFTER_THE_END),
    ),
    Step(
        move=Move.TAKE_UP_AGAIN,
        stages=_at(_S.REVIEWED),
        to=_S.MEASURES,
        unsaid=_EXCEPTION,
        reason=CodeList.TAKE_UP_AGAIN,
        begins=(_O.TAKE_MEASURES, _O.FINISH),
        lapses=_AFTER_THE_END,
    ),
    # 3(1)iv: where another organ is the one to turn to; and one matter that was reported more than once.
    _goes_on_elsewhere(Move.HAND_ON),
    _goes_on_elsewhere(Move.JOIN),
    # 3(4)ii.
    Step(move=Move.CHANGE_PERIOD, stages=PROMISED, unsaid=_EXCEPTION, day=Day.COMING),
    # 3(7), 4(1), 4(2).
    Step(move=Move.ANSWER_FEEDBACK, stages=_LIVING, unsaid=_EXCEPTION, ends=(_O.ANSWER_FEEDBACK,)),
    Step(move=Move.ANSWER_CONCERN, stages=_LIVING, unsaid=_EXCEPTION, ends=(_O.RELIEVE,)),
    # 3(2)ii: before anything that could tell who the reporter is leaves the desk.
    Step(move=Move.ASK_CONSENT, stages=_LIVING),
    _minute(Move.RECORD_CONSENT),
    _minute(Move.RECORD_NO_CONSENT),
    _minute(Move.RECORD_DISCLOSURE),
    # 3(3), 4(1)ii.
    _minute(Move.RECORD_MEASURE, day=Day.ANY),
    _minute(Move.RECORD_ACTION),
    # 5(3).
    _minute(Move.RECORD_COOPERATION),
    _minute(Move.RECORD_REFUSAL, CodeList.REFUSAL),
    # Roles and Responsibilities of Politicians and Bureaucrats, 2[2] and Supplementary [1][2].
    _of_approach(Move.READ_BACK, _O.READ_BACK),
    _of_approach(Move.ASK_RECONFIRMATION),
    _of_approach(Move.RECORD_RECONFIRMATION, _O.RECONFIRM, reason=CodeList.RECONFIRMATION),
    _of_approach(Move.RECORD_MINISTER, _O.CONFIRM_BY_MINISTER),
    Step(
        move=Move.FILE_RECORD,
        stages=_at(_S.RECEIVED),
        to=_S.CLOSED,
        letter=Letter.MINUTE,
        day=Day.NOT_COMING,
        kinds=frozenset({CaseKind.APPROACH}),
        after=(_O.READ_BACK, _O.RECONFIRM, _O.CONFIRM_BY_MINISTER),
        begins=(_O.DECIDE_DESTRUCTION,),
        ends=(_O.FINISH,),
    ),
    # Act as amended in 2025: nobody searches for the reporter without just cause.
    _minute(Move.RECORD_INQUIRY, CodeList.INQUIRY, day=None),
)

#: Each stage's part of handling: who takes part in it declares whether they have a conflict (Guidelines 2(5)ii).
PHASES: Final = {
    _S.RECEIVED: Phase.RECEIPT,
    _S.ACCEPTED: Phase.ACCEPTANCE,
    _S.NOT_ACCEPTED: Phase.ACCEPTANCE,
    _S.INVESTIGATING: Phase.INVESTIGATION,
    _S.NOT_INVESTIGATED: Phase.INVESTIGATION,
    _S.CONCLUDED: Phase.MEASURES,
    _S.MEASURES: Phase.MEASURES,
    _S.CLOSED: Phase.FOLLOW_UP,
    _S.REVIEWED: Phase.FOLLOW_UP,
    _S.DESTROYED: Phase.FOLLOW_UP,
}

#: Stages in which handling has ended.
ENDED: Final = _at(_S.CLOSED, _S.REVIEWED, _S.DESTROYED)


def step_for(stage: Stage, move: Move, kind: CaseKind) -> Step | None:
    """Look a move up; none means that there is no such move from this stage."""
    return next((row for row in LIFECYCLE if row.move is move and stage in row.stages and kind in row.kinds), None)


def moves_from(stage: Stage, kind: CaseKind) -> tuple[Step, ...]:
    """All that may be done in a stage."""
    return tuple(row for row in LIFECYCLE if stage in row.stages and kind in row.kinds)
