"""The part of revision 0003 that makes the tables of approval, checks, absences and links."""

from typing import Any

import sqlalchemy as sa
from alembic import op

_ID = sa.String(64)
_WORD = sa.String(32)
_WAITING = sa.text("outcome IS NULL")


def make_oversight() -> None:
    """Make the tables; nothing waited, and nothing was linked, before there were any."""
    _of_case(
        "proposals",
        "proposal_id",
        _given("move", _WORD),
        _given("from_stage", _WORD),
        _given("proposer", _ID),
        _given("proposed_on", sa.Date()),
        sa.Column("reason", _ID),
        sa.Column("unsaid", _ID),
        sa.Column("on", sa.Date()),
        sa.Column("outcome", _WORD),
        sa.Column("decided_by", _ID),
        sa.Column("decided_on", sa.Date()),
        sa.Column("returned_for", _WORD),
        sa.Column("fault", _WORD),
        sa.Column("content", sa.LargeBinary()),
    )
    op.create_index(
        "ix_proposals_organ_case_number",
        "proposals",
        ["organ", "case_number"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    _of_case("checks", "check_id", _given("result", _WORD), _given("on", sa.Date()), _given("by", _ID))
    _of_case("links", "other", _given("kind", _WORD), _given("on", sa.Date()), _given("by", _ID))
    op.create_table(
        "absences",
        _given("organ", _ID),
        _given("staff_id", _ID),
        _given("begins", sa.Date()),
        _given("ends", sa.Date()),
        sa.PrimaryKeyConstraint("organ", "staff_id", "begins", name="pk_absences"),
        sqlite_with_rowid=False,
    )


def _given(name: str, kind: Any) -> "sa.Column[Any]":  # noqa: ANN401 - any type of a column
    return sa.Column(name, kind, nullable=False)


def _of_case(table: str, key: str, *columns: "sa.Column[Any]") -> None:
    op.create_table(
        table,
        _given("organ", _ID),
        _given("case_number", _ID),
        _given(key, _ID),
        *columns,
        sa.PrimaryKeyConstraint("organ", "case_number", key, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["organ", "case_number"], ["cases.organ", "cases.number"], name=f"fk_{table}_cases"),
        sqlite_with_rowid=False,
    )
