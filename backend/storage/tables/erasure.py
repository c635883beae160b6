"""What is kept apart from the cases: their erasure keys, and by which marks destroyed ones are known again.

A database of its own, of which no backup is older than a month. It names no case: an erasure id says nothing without
the cases, and a mark nothing without the submission id it was made from. Tables may be added; none changes its shape.
"""

from typing import Final

from sqlalchemy import Column, LargeBinary, MetaData, String, Table

from backend.storage.tables.base import key

erasure_metadata: Final = MetaData(naming_convention={"pk": "pk_%(table_name)s"})

erasure_keys: Final = Table(
    "erasure_keys",
    erasure_metadata,
    key("organ"),
    key("erasure_id"),
    Column("erasure_key", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
#: The last entry of a destroyed case's log, so that whoever destroys it again leaves the very same behind.
destroyed: Final = Table(
    "destroyed",
    erasure_metadata,
    Column("organ", String(64), primary_key=True),
    Column("mark", LargeBinary, primary_key=True),
    Column("receipt", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
