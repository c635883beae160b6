"""The part of revision 0003 that makes the tables of checkpoints."""

import sqlalchemy as sa
from alembic import op


def make_checkpoints() -> None:
    """Make the tables. The first checkpoint holds the logs of all cases that there are by then."""
    op.create_table(
        "checkpoints",
        sa.Column("organ", sa.String(64), nullable=False),
        sa.Column("serial", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("root", sa.LargeBinary, nullable=False),
        sa.Column("previous", sa.LargeBinary, nullable=False),
        sa.Column("padding", sa.LargeBinary, nullable=False),
        sa.Column("signer", sa.LargeBinary),
        sa.Column("signature", sa.LargeBinary),
        sa.PrimaryKeyConstraint("organ", "serial", name="pk_checkpoints"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tips",
        sa.Column("organ", sa.String(64), nullable=False),
        sa.Column("chain", sa.LargeBinary, nullable=False),
        sa.Column("serial", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("trail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("organ", "chain", "serial", name="pk_tips"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "trail_hashes",
        sa.Column("organ", sa.String(64), nullable=False),
        sa.Column("chain", sa.LargeBinary, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("entry_hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("organ", "chain", "sequence", name="pk_trail_hashes"),
        sqlite_with_rowid=False,
    )
