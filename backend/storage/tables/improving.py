"""Released information and what is done about the mechanism."""

from typing import Final

from sqlalchemy import JSON, Column, Date, Integer, String, Text

from backend.storage.tables.base import key, table

releases: Final = table(
    "releases",
    key("release_id"),
    Column("title", JSON, nullable=False),
    Column("text", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("drafted_by", String(64), nullable=False),
    Column("drafted_on", Date, nullable=False),
    Column("approved_by", String(64)),
    Column("approved_on", Date),
)
improvements: Final = table(
    "improvements",
    key("improvement_id"),
    Column("kind", String(32), nullable=False),
    Column("on", Date, nullable=False),
    Column("words", Text, nullable=False),
)
awareness: Final = table(
    "awareness",
    key("session_id"),
    Column("on", Date, nullable=False),
    Column("audience", String(32), nullable=False),
    Column("attended", Integer, nullable=False),
)
exact_readings: Final = table(
    "exact_readings",
    key("reading_id"),
    Column("staff_id", String(64), nullable=False),
    Column("half", String(64), nullable=False),
    Column("on", Date, nullable=False),
)
