"""What an organ has published, and who may sign in."""

from typing import Final

from sqlalchemy import JSON, BigInteger, Column, Index, LargeBinary

from backend.storage.tables.base import key, table

rosters: Final = table(
    "rosters",
    Column("serial", BigInteger, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("desks", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),
)
staff: Final = table(
    "staff",
    key("staff_id"),
    Column("credential_hash", LargeBinary, nullable=False),
    Index(None, "credential_hash"),
)
