"""What must leave, and who must be told."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, String, UniqueConstraint, false

from backend.storage.tables.base import key, of_case, table

outbox: Final = table(
    "outbox",
    key("case_number"),
    Column("push_id", String(64), nullable=False),
    Column("mailbox", String(64), nullable=False),
    Column("lease_until", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("parked", Boolean, nullable=False),
    # Somebody was told that it rests.
    Column("alerted", Boolean, nullable=False, server_default=false()),
    of_case(),
    UniqueConstraint("organ", "push_id"),
)
alerts: Final = table(
    "alerts",
    key("case_number"),
    key("staff_id"),
    key("what"),
    Column("on", Date, nullable=False),
    of_case(),
)
