"""The part of revision 0003 that puts tables aside whose key changes, since SQLite cannot change the key of a table."""

from alembic import op


def set_aside(table: str) -> None:
    """Call a table `…_before`, and its key too where keys have names that no other table may bear."""
    op.rename_table(table, f"{table}_before")
    if op.get_context().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {table}_before RENAME CONSTRAINT pk_{table} TO pk_{table}_before")
