"""Every statement of the storage is bound to an organ, whatever else it asks."""

import importlib
import pkgutil

from sqlalchemy import Delete, Select, Update, make_url

from backend import storage
from backend.storage.tables import metadata

#: The one question that finds out the organ: whose credential is this?
UNBOUND = {"backend.storage.rosters._WHOSE"}

SQLITE, POSTGRESQL = (make_url(address).get_dialect()() for address in ("sqlite://", "postgresql+asyncpg://"))
ROOMS = [f"backend.storage.{found.name}" for found in pkgutil.iter_modules(storage.__path__) if not found.ispkg]
STATEMENTS = {
    f"{room}.{name}": kept
    for room in ROOMS
    for name, kept in vars(importlib.import_module(room)).items()
    if isinstance(kept, Select | Update | Delete)
}


def test_every_statement_is_bound_to_the_organ() -> None:
    """No row of one organ is read, changed or deleted by way of another."""
    assert len(STATEMENTS) > 20
    unbound = {name for name, kept in STATEMENTS.items() if "bound_organ" not in kept.compile().params}
    assert unbound == UNBOUND


def test_every_table_is_joined_within_the_organ() -> None:
    """A statement over several tables names the organ of each, once in its own right or by the other's."""
    for name, kept in STATEMENTS.items():
        text = str(kept.compile(dialect=SQLITE))
        used = {table.name for table in metadata.tables.values() if f" {table.name} " in text.replace("\n", " ") + " "}
        assert name in UNBOUND or all(f"{table}.organ" in text for table in used), name


def test_every_statement_is_understood_by_both_databases() -> None:
    """The same statements serve the embedded file and the server."""
    for kept in STATEMENTS.values():
        assert str(kept.compile(dialect=SQLITE))
        assert str(kept.compile(dialect=POSTGRESQL))


def test_every_table_belongs_to_organs() -> None:
    """The organ is the first column of every key; on SQLite no row id tells who came first."""
    for table in metadata.tables.values():
        assert table.primary_key.columns.keys()[0] == "organ"
        assert table.kwargs["sqlite_with_rowid"] is False
