"""The log of a case."""

from typing import Final

from sqlalchemy import Column, Date, Integer, LargeBinary, String

from backend.storage.tables.base import key, of_case, table

log: Final = table(
    "log",
    key("case_number"),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("on", Date, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("act", String(32), nullable=False),
    Column("content_hash", LargeBinary, nullable=False),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("entry_hash", LargeBinary, nullable=False),
    of_case(),
)
