"""What is held for the next batch: letters in a table of their own, cases and files by a mark of theirs.

Apart, so that no question of staff can find a held letter by forgetting to leave it out.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, Select, bindparam, delete, insert, select, union, update

from backend.domain.case import Case
from backend.domain.letters import HeldLetter
from backend.storage import tables as t
from backend.storage.rows import Rows, of_organ, row_of, struct_of

#: Cases in one transaction: others are not kept waiting for long.
_AT_ONCE: Final = 64
_NUMBER: Final[BindParameter[str]] = bindparam("number")

_HOLD: Final = insert(t.held_letters)
_WITH_LETTERS: Final = select(t.held_letters.c.case_number).where(of_organ(t.held_letters))
_HELD: Final = select(t.cases.c.number).where(of_organ(t.cases), t.cases.c.held.is_(True))
_WAITING: Final[Select[Any]] = (
    select(*(t.cases.c[name] for name in Case.__struct_fields__))
    .where(of_organ(t.cases), t.cases.c.number.in_(union(_HELD, _WITH_LETTERS)))
    # In one order, so that of two who release at the same time neither waits for the other in turn.
    .order_by(t.cases.c.number)
    .limit(_AT_ONCE)
    .with_for_update()
)
_OF_CASE: Final = (of_organ(t.held_letters), t.held_letters.c.case_number == _NUMBER)
_LETTERS: Final = (
    select(*(t.held_letters.c[name] for name in HeldLetter.__struct_fields__))
    .where(*_OF_CASE)
    .order_by(t.held_letters.c.card_version)
)
_LET_GO: Final = delete(t.held_letters).where(*_OF_CASE)
_SHOW_FILES: Final = update(t.files).where(of_organ(t.files), t.files.c.case_number == _NUMBER).values(held=False)


class SqlBatch:
    """`ports.Batch` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def hold(self, number: str, letter: HeldLetter) -> None:
        """Keep a letter from staff."""
        self._rows.add(_HOLD, row_of(letter, case_number=number))

    def waiting(self) -> Sequence[Case]:
        """Some of the cases of which something is held."""
        return [struct_of(row, Case) for row in self._rows.every(_WAITING)]

    def release(self, number: str) -> Sequence[HeldLetter]:
        """Hold nothing of a case any more."""
        letters = [struct_of(row, HeldLetter) for row in self._rows.every(_LETTERS, number=number)]
        self._rows.run(_LET_GO, number=number)
        self._rows.run(_SHOW_FILES, number=number)
        return letters
