"""The life of a case: what is owed, who oversees, what an organ has set.

A roster is published anew after it, for the policy that is published with it was not known before. What was received
and not decided stays owed by its day; what was accepted is owed an end from its day of receipt on, so that somebody
looks at it.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from backend.storage.migrations.life_anew import set_aside
from backend.storage.migrations.life_checkpoints import make_checkpoints
from backend.storage.migrations.life_figures import make_figures
from backend.storage.migrations.life_notices import make_notices
from backend.storage.migrations.life_oversight import make_oversight
from backend.storage.migrations.life_secrecy import make_secrecy

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables and the columns."""
    _cases()
    _duties()
    _alerts()
    _rosters()
    _retention()
    make_checkpoints()
    make_figures()
    make_oversight()
    make_secrecy()
    make_notices()
    op.add_column("held_letters", sa.Column("concern", sa.String(32)))
    op.add_column("held_letters", sa.Column("renews", sa.Boolean, nullable=False, server_default=sa.false()))


def _cases() -> None:
    op.add_column("cases", sa.Column("kind", sa.String(32), nullable=False, server_default="report"))
    op.add_column("cases", sa.Column("waiting", sa.Boolean, nullable=False, server_default=sa.false()))
    for name, kind in (
        ("owes", sa.String(32)),
        ("overseer", sa.String(64)),
        ("stand_in", sa.String(64)),
        ("owner", sa.String(64)),
        ("owned_on", sa.Date),
        ("expected_on", sa.Date),
        ("ended_on", sa.Date),
        ("erasure_id", sa.String(64)),
    ):
        op.add_column("cases", sa.Column(name, kind))


def _of_case(table: str) -> tuple[sa.Column[Any] | sa.ForeignKeyConstraint, ...]:
    return (
        sa.Column("organ", sa.String(64), nullable=False),
        sa.Column("case_number", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["organ", "case_number"], ["cases.organ", "cases.number"], name=f"fk_{table}_cases"),
    )


def _duties() -> None:
    op.create_table(
        "duties",
        *_of_case("duties"),
        sa.Column("duty_id", sa.String(64), nullable=False),
        sa.Column("obligation", sa.String(32), nullable=False),
        sa.Column("begun_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("ended_on", sa.Date),
        sa.Column("ending", sa.String(32)),
        sa.Column("reminded_on", sa.Date),
        sa.Column("escalated_on", sa.Date),
        sa.Column("told_on", sa.Date),
        sa.PrimaryKeyConstraint("organ", "case_number", "duty_id", name="pk_duties"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_duties_organ_due_on",
        "duties",
        ["organ", "due_on"],
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    for obligation, stages in (
        ("decide_acceptance", "'received'"),
        ("decide_investigation", "'received', 'accepted'"),
        ("finish", "'accepted', 'not_accepted'"),
    ):
        op.execute(
            "INSERT INTO duties (organ, case_number, duty_id, obligation, begun_on, due_on) "  # noqa: S608 - our own words
            f"SELECT organ, number, '{obligation}-1', '{obligation}', received_on, coalesce(due_on, received_on) "
            f"FROM cases WHERE stage IN ({stages})"
        )
    # Nobody was promised a day, so nobody is told that it has passed.
    op.execute("UPDATE duties SET told_on = begun_on WHERE obligation = 'finish'")


def _alerts() -> None:
    set_aside("alerts")
    op.create_table(
        "alerts",
        *_of_case("alerts"),
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("organ", "case_number", "staff_id", "what", name="pk_alerts"),
        sqlite_with_rowid=False,
    )
    op.execute(
        'INSERT INTO alerts (organ, case_number, staff_id, what, "on") '
        'SELECT organ, case_number, staff_id, escalation, "on" FROM alerts_before'
    )
    op.drop_table("alerts_before")


def _rosters() -> None:
    op.drop_table("rosters")
    op.create_table(
        "rosters",
        sa.Column("organ", sa.String(64), nullable=False),
        sa.Column("serial", sa.BigInteger, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Column("publication", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("organ", name="pk_rosters"),
        sqlite_with_rowid=False,
    )


def _retention() -> None:
    op.create_table(
        "holds",
        *_of_case("holds"),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("set_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("organ", "case_number", name="pk_holds"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "transfers",
        *_of_case("transfers"),
        sa.Column("archive", sa.String(64), nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("organ", "case_number", name="pk_transfers"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "destroyed_mailboxes",
        sa.Column("organ", sa.String(64), nullable=False),
        sa.Column("mailbox", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("organ", "mailbox", name="pk_destroyed_mailboxes"),
        sqlite_with_rowid=False,
    )
