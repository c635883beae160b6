"""Between rows and structs, and one organ's end of a connection.

Statements are made once, when a file is read, with `bindparam`s for what changes: making one costs more than running
it. Each is bound to the organ by `of_organ`; a test finds one that is not.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Insert, Row, Select, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.base import Executable

S = TypeVar("S")

#: SQLAlchemy keeps the names of columns for what an insert or update sets.
_ORGAN: Final = "bound_organ"


def of_organ(table: Table) -> ColumnElement[bool]:
    """Bind a statement to the organ that `Rows` is bound to."""
    return table.c.organ == bindparam(_ORGAN)


@cache
def _insert_unless_there(dialect: str, table: Table) -> Insert:
    # The two dialects' inserts share no base that says so, hence the branch in place of a table.
    if dialect == "postgresql":
        statement: Insert = postgresql.insert(table).on_conflict_do_nothing()
    else:
        statement = sqlite.insert(table).on_conflict_do_nothing()
    return statement.execution_options(preserve_rowcount=True)


class Rows:
    """A connection inside a transaction, bound to one organ."""

    def __init__(self, connection: Connection, organ: str, *, writing: bool) -> None:
        """Take a connection that someone else begins, commits and closes."""
        self.organ: Final = organ
        self._connection: Final = connection
        self._writing: Final = writing

    def run(self, statement: Executable, **given: object) -> int:
        """Change or delete rows; how many they were."""
        return self._connection.execute(statement, {_ORGAN: self.organ, **given}).rowcount

    def run_each(self, statement: Executable, each: Sequence[Mapping[str, object]]) -> None:
        """Change rows, once for each of the given; nothing if there are none."""
        if each:
            self._connection.execute(statement, [{_ORGAN: self.organ, **given} for given in each])

    def add(self, statement: Insert, *rows: Mapping[str, object]) -> None:
        """Insert rows, if any."""
        if rows:
            self._connection.execute(statement, [{"organ": self.organ, **row} for row in rows])

    def add_if_new(self, table: Table, row: Mapping[str, object]) -> bool:
        """Insert a row; no, if any of its keys is taken, even by someone who is just committing."""
        statement = _insert_unless_there(self._connection.dialect.name, table)
        return self._connection.execute(statement, {"organ": self.organ, **row}).rowcount == 1

    def look(self, statement: Select[Any], **given: object) -> Row[Any] | None:
        """The first row, if any."""
        return self._connection.execute(statement, {_ORGAN: self.organ, **given}).first()

    def take(self, statement: Select[Any], **given: object) -> Row[Any] | None:
        """The first row, if any; when writing, nobody else can take it until the transaction ends."""
        return self.look(statement.with_for_update() if self._writing else statement, **given)

    def every(self, statement: Select[Any], **given: object) -> Sequence[Row[Any]]:
        """All rows, in the statement's order."""
        return self._connection.execute(statement, {_ORGAN: self.organ, **given}).all()


def struct_of(row: Row[Any], kind: type[S], **more: object) -> S:
    """Read a row whose columns bear the names of the struct's fields; what is no column is given beside it."""
    # Names of columns come as a subclass of `str`, which msgspec does not take for keys.
    columns = {str(name): value for name, value in row._mapping.items()}  # noqa: SLF001 - SQLAlchemy's documented way to the names
    return msgspec.convert({**columns, **more}, kind)


def row_of(struct: msgspec.Struct, **more: object) -> dict[str, object]:
    """Spell a struct as a row."""
    return {**msgspec.structs.asdict(struct), **more}
