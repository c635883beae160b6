"""What staff do not see before the next batch: held letters in a table of their own, a mark on cases and files.

What was there before was seen before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table, the marks, and the way to what is marked."""
    for name in ("cases", "files"):
        op.add_column(name, sa.Column("held", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_cases_organ_held",
        "cases",
        ["organ", "held"],
        # Spelt as the statement spells it: else SQLite does not see that the index is what is asked for.
        sqlite_where=sa.text("held IS 1"),
        postgresql_where=sa.text("held IS true"),
    )
    op.create_table(
        "held_letters",
        sa.Column("organ", sa.String(64), nullable=False),
        sa.Column("case_number", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("card_version", sa.Integer, nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("for_desk", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["organ", "case_number"], ["cases.organ", "cases.number"], name="fk_held_letters_cases"
        ),
        sa.PrimaryKeyConstraint("organ", "case_number", "message_id", name="pk_held_letters"),
        sqlite_with_rowid=False,
    )
