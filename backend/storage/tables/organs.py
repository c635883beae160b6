"""What an organ has published, and who may sign in."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, LargeBinary

from backend.storage.tables.base import key, table

rosters: Final = table(
    "rosters",
    Column("serial", BigInteger, nullable=False),
    Column("document", LargeBinary, nullable=False),
    # All of it but the document, as JSON: read whole or not at all.
    Column("publication", LargeBinary, nullable=False),
)
staff: Final = table(
    "staff",
    key("staff_id"),
    Column("credential_hash", LargeBinary, nullable=False),
    Index(None, "credential_hash"),
)
