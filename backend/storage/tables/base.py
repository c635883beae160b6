"""What all tables share: keys that begin with the organ, and names of constraints that are the same everywhere."""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, MetaData, String, Table, false
from sqlalchemy.schema import SchemaItem

#: Keeps names of constraints the same on every database, so that migrations can name them.
metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def key(name: str) -> "Column[str]":
    """A part of a table's key."""
    return Column(name, String(64), primary_key=True)


def table(name: str, *rest: SchemaItem) -> Table:
    """A table of one organ's rows."""
    return Table(name, metadata, key("organ"), *rest, sqlite_with_rowid=False)


def of_case() -> ForeignKeyConstraint:
    """The rows belong to a case."""
    return ForeignKeyConstraint(["organ", "case_number"], ["cases.organ", "cases.number"])


def held() -> "Column[bool]":
    """Whether staff see it with the next batch only."""
    return Column("held", Boolean, nullable=False, server_default=false())
