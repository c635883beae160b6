"""The part of revision 0003 that makes the table of standard notices. Old cases have none of what was not told then."""

import sqlalchemy as sa
from alembic import op


def make_notices() -> None:
    """Make the table, and let a push that rests say whether somebody was told of it."""
    op.create_table(
        "notices",
        sa.Column("organ", sa.String(64), nullable=False),
        sa.Column("case_number", sa.String(64), nullable=False),
        sa.Column("notice_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("params", sa.JSON, nullable=False),
        sa.Column("answered", sa.String(32)),
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("organ", "case_number", "notice_id", name="pk_notices"),
        sa.ForeignKeyConstraint(["organ", "case_number"], ["cases.organ", "cases.number"], name="fk_notices_cases"),
        sqlite_with_rowid=False,
    )
    op.add_column("outbox", sa.Column("alerted", sa.Boolean, nullable=False, server_default=sa.false()))
