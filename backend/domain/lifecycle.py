"""The life of a case, written as a table.

One row is one move: from `stage`, a member who holds `needs` may `move` the case to `to`, giving what the row asks for.
No row means the move does not exist there. What is owed in a stage stands in `obligations.py`.
"""

from typing import Final

import msgspec

from backend.contract import Compartment, Move, Stage
from backend.domain.chain import Act


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One row: what a move leads to, who may make it and what must come with it."""

    stage: Stage
    move: Move
    to: Stage
    #: The compartment that the mover must hold: whoever has not read the facts does not decide.
    needs: Compartment
    #: A code of the organ's published list must be given (Guidelines 3(1)iv: non-acceptance needs just cause).
    reason: bool
    #: The notice to the reporter must come along (Guidelines 3(1)iv: without delay).
    notice: bool
    act: Act


LIFECYCLE: Final = (
    Step(
        stage=Stage.RECEIVED,
        move=Move.ACCEPT,
        to=Stage.ACCEPTED,
        needs=Compartment.FACTS,
        reason=False,
        notice=True,
        act=Act.ACCEPTED,
    ),
    Step(
        stage=Stage.RECEIVED,
        move=Move.DECLINE,
        to=Stage.NOT_ACCEPTED,
        needs=Compartment.FACTS,
        reason=True,
        notice=True,
        act=Act.DECLINED,
    ),
)

_BY_STAGE_AND_MOVE: Final = {(step.stage, step.move): step for step in LIFECYCLE}


def step_for(stage: Stage, move: Move) -> Step | None:
    """Look a move up; none means that there is no such move from this stage."""
    return _BY_STAGE_AND_MOVE.get((stage, move))
