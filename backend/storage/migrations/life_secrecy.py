"""The part of revision 0003 that makes the tables of secrecy, and lets somebody hold several keys of a compartment."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from backend.storage.migrations.life_anew import set_aside


def make_secrecy() -> None:
    """Make the tables. Nobody has acknowledged or declared anything yet, and all keys are those of the hand-over."""
    op.create_table(
        "acknowledgements",
        sa.Column("organ", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("organ", "staff_id", "version", name="pk_acknowledgements"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "declarations",
        *_of_case("declarations"),
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("phase", sa.String(64), nullable=False),
        sa.Column("conflicted", sa.Boolean, nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("organ", "case_number", "staff_id", "phase", name="pk_declarations"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stale_keys",
        *_of_case("stale_keys"),
        sa.Column("compartment", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("organ", "case_number", "compartment", name="pk_stale_keys"),
        sqlite_with_rowid=False,
    )
    _number_grants()


def _number_grants() -> None:
    op.drop_index("ix_grants_organ_holder", "grants")
    set_aside("grants")
    op.create_table(
        "grants",
        *_of_case("grants"),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("compartment", sa.String(32), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("ciphertext", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("organ", "case_number", "holder", "compartment", "epoch", name="pk_grants"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO grants (organ, case_number, holder, compartment, epoch, ciphertext) "
        "SELECT organ, case_number, holder, compartment, 0, ciphertext FROM grants_before"
    )
    op.drop_table("grants_before")
    op.create_index("ix_grants_organ_holder", "grants", ["organ", "holder"])


def _of_case(table: str) -> tuple[sa.Column[Any] | sa.ForeignKeyConstraint, ...]:
    return (
        sa.Column("organ", sa.String(64), nullable=False),
        sa.Column("case_number", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["organ", "case_number"], ["cases.organ", "cases.number"], name=f"fk_{table}_cases"),
    )
