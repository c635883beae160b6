"""What waits for approval, as rows. The act itself is kept as bytes, and only while it waits."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import BindParameter, Select, bindparam, delete, insert, select

from backend.contract import MoveCase
from backend.contract.proposals import Proposal
from backend.storage.oversight import AT_ONCE
from backend.storage.rows import Rows, of_organ, row_of, struct_of
from backend.storage.tables.oversight import proposals

_NUMBER: Final[BindParameter[str]] = bindparam("number")
_ALL: Final = select(*(proposals.c[name] for name in Proposal.__struct_fields__)).where(of_organ(proposals))
_IN_ORDER: Final = (proposals.c.proposed_on, proposals.c.case_number, proposals.c.proposal_id)
_ONE: Final = (proposals.c.case_number == _NUMBER, proposals.c.proposal_id == bindparam("which"))

_FIND: Final[Select[Any]] = _ALL.where(*_ONE)
_OF: Final[Select[Any]] = _ALL.where(proposals.c.case_number == _NUMBER).order_by(*_IN_ORDER)
_BY: Final[Select[Any]] = _ALL.where(proposals.c.proposer == bindparam("who")).order_by(*_IN_ORDER)
_WAITING: Final[Select[Any]] = _ALL.where(
    proposals.c.outcome.is_(None), proposals.c.case_number.in_(bindparam("numbers", expanding=True))
).order_by(*_IN_ORDER)
_CONTENT: Final[Select[Any]] = select(proposals.c.content).where(of_organ(proposals), *_ONE)
_DROP: Final = delete(proposals).where(of_organ(proposals), *_ONE)
_ADD: Final = insert(proposals)

_encode: Final = msgspec.msgpack.encode
_decode: Final = msgspec.msgpack.Decoder(MoveCase).decode


class SqlProposals:
    """`ports.Proposals` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def find(self, number: str, proposal_id: str) -> Proposal | None:
        """One of them."""
        row = self._rows.take(_FIND, number=number, which=proposal_id)
        return None if row is None else struct_of(row, Proposal)

    def content(self, number: str, proposal_id: str) -> MoveCase | None:
        """The act, while it waits."""
        row = self._rows.look(_CONTENT, number=number, which=proposal_id)
        return None if row is None or row.content is None else _decode(bytes(row.content))

    def wait(self, proposal: Proposal, content: MoveCase) -> None:
        """Keep an act."""
        self._rows.add(_ADD, row_of(proposal, content=_encode(content)))

    def decide(self, proposal: Proposal) -> None:
        """Put what became of it in its place, without its content."""
        self._rows.run(_DROP, number=proposal.case_number, which=proposal.proposal_id)
        self._rows.add(_ADD, row_of(proposal, content=None))

    def of(self, number: str) -> Sequence[Proposal]:
        """Those of a case."""
        return self._every(_OF, number=number)

    def waiting(self, numbers: Sequence[str]) -> Sequence[Proposal]:
        """Those that wait."""
        parts = [numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE)]
        return [proposal for part in parts for proposal in self._every(_WAITING, numbers=part)]

    def by(self, proposer: str) -> Sequence[Proposal]:
        """Those of one member."""
        return self._every(_BY, who=proposer)

    def _every(self, statement: Select[Any], **given: object) -> Sequence[Proposal]:
        return [struct_of(row, Proposal) for row in self._rows.every(statement, **given)]
