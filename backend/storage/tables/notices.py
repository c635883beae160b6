"""What the mechanism has told the reporter of a case."""

from typing import Final

from sqlalchemy import JSON, Column, Date, Integer, String

from backend.storage.tables.base import key, of_case, table

notices: Final = table(
    "notices",
    key("case_number"),
    key("notice_id"),
    Column("kind", String(32), nullable=False),
    Column("on", Date, nullable=False),
    Column("params", JSON, nullable=False),
    Column("answered", String(32)),
    # Counts from 0 within the case: several of one day keep their order.
    Column("place", Integer, nullable=False),
    of_case(),
)
