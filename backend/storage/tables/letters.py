"""The thread of a case."""

from typing import Final

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, String, UniqueConstraint, false

from backend.storage.tables.base import key, of_case, table

letters: Final = table(
    "letters",
    key("case_number"),
    key("message_id"),
    Column("position", Integer, nullable=False),
    Column("side", String(32), nullable=False),
    Column("on", Date, nullable=False),
    Column("for_desk", LargeBinary, nullable=False),
    Column("for_reporter", LargeBinary),
    of_case(),
    UniqueConstraint("organ", "case_number", "position"),
)
#: Letters that staff do not see before the next batch; a place in the thread they get then.
held_letters: Final = table(
    "held_letters",
    key("case_number"),
    key("message_id"),
    Column("card_version", Integer, nullable=False),
    Column("on", Date, nullable=False),
    Column("for_desk", LargeBinary, nullable=False),
    Column("concern", String(32)),
    Column("renews", Boolean, nullable=False, server_default=false()),
    Column("compartment", String(32), nullable=False, server_default="facts"),
    of_case(),
)
