"""What is owed on cases."""

from typing import Final

from sqlalchemy import Column, Date, Index, String, text

from backend.storage.tables.base import key, of_case, table

duties: Final = table(
    "duties",
    key("case_number"),
    key("duty_id"),
    Column("obligation", String(32), nullable=False),
    Column("begun_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("ending", String(32)),
    Column("reminded_on", Date),
    Column("escalated_on", Date),
    Column("told_on", Date),
    of_case(),
    # What has ended is never due again, and there is ever more of it.
    Index(
        None,
        "organ",
        "due_on",
        sqlite_where=text("ended_on IS NULL"),
        postgresql_where=text("ended_on IS NULL"),
    ),
)
