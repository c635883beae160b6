"""Sealed files."""

from typing import Final

from sqlalchemy import BigInteger, Column, Date, ForeignKeyConstraint, Index, LargeBinary, String

from backend.storage.tables.base import held, key, of_case, table

files: Final = table(
    "files",
    key("file_id"),
    Column("case_number", String(64)),
    Column("size", BigInteger, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("put_on", Date, nullable=False),
    held(),
    of_case(),
    Index(None, "organ", "case_number"),
)
#: The bytes, apart from the facts about them, so that a list of files does not read them.
file_contents: Final = table(
    "file_contents",
    key("file_id"),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(["organ", "file_id"], ["files.organ", "files.file_id"]),
)
