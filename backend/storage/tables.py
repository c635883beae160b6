"""The rows that a case is kept in. Every table begins with the organ, and so does every key.

There is no column for who wrote, and none for when: days only, beside the lease of a push, which is a worker's hour and
not a person's. On SQLite tables have no row id, for it would tell in which order people came.
"""

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.schema import SchemaItem

#: Keeps names of constraints the same on every database, so that migrations can name them.
metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _key(name: str) -> "Column[str]":
    return Column(name, String(64), primary_key=True)


def _table(name: str, *rest: SchemaItem) -> Table:
    return Table(name, metadata, _key("organ"), *rest, sqlite_with_rowid=False)


def _of_case() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["organ", "case_number"], ["cases.organ", "cases.number"])


def _held() -> "Column[bool]":
    """Whether staff see it with the next batch only."""
    return Column("held", Boolean, nullable=False, server_default=false())


rosters: Final = _table(
    "rosters",
    Column("serial", BigInteger, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("desks", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),
)
staff: Final = _table(
    "staff",
    _key("staff_id"),
    Column("credential_hash", LargeBinary, nullable=False),
    Index(None, "credential_hash"),
)
cases: Final = _table(
    "cases",
    _key("number"),
    Column("submission_id", String(64), nullable=False),
    Column("desk", String(64), nullable=False),
    Column("stage", String(32), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("due_on", Date),
    Column("escalation", String(32), nullable=False),
    Column("reason", String(64)),
    Column("card", LargeBinary, nullable=False),
    Column("card_version", Integer, nullable=False),
    Column("mailbox", String(64)),
    Column("letters", Integer, nullable=False),
    Column("awaits_answer", Boolean, nullable=False),
    _held(),
    Column("log_length", Integer, nullable=False),
    Column("log_head", LargeBinary, nullable=False),
    UniqueConstraint("organ", "submission_id"),
    # Few are held among very many: only those stand in it.
    Index(None, "organ", "held", sqlite_where=text("held IS 1"), postgresql_where=text("held IS true")),
)
#: Apart from the case, so that whoever copies cases has not got what opens them.
locators: Final = _table(
    "locators",
    Column("locator", LargeBinary, primary_key=True),
    Column("case_number", String(64), nullable=False),
    _of_case(),
)
parts: Final = _table(
    "parts",
    _key("case_number"),
    _key("part_id"),
    Column("compartment", String(32), nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
    _of_case(),
)
grants: Final = _table(
    "grants",
    _key("case_number"),
    _key("holder"),
    Column("compartment", String(32), primary_key=True),
    Column("ciphertext", LargeBinary, nullable=False),
    _of_case(),
    Index(None, "organ", "holder"),
)
letters: Final = _table(
    "letters",
    _key("case_number"),
    _key("message_id"),
    Column("position", Integer, nullable=False),
    Column("side", String(32), nullable=False),
    Column("on", Date, nullable=False),
    Column("for_desk", LargeBinary, nullable=False),
    Column("for_reporter", LargeBinary),
    _of_case(),
    UniqueConstraint("organ", "case_number", "position"),
)
#: Letters that staff do not see before the next batch; a place in the thread they get then.
held_letters: Final = _table(
    "held_letters",
    _key("case_number"),
    _key("message_id"),
    Column("card_version", Integer, nullable=False),
    Column("on", Date, nullable=False),
    Column("for_desk", LargeBinary, nullable=False),
    _of_case(),
)
files: Final = _table(
    "files",
    _key("file_id"),
    Column("case_number", String(64)),
    Column("size", BigInteger, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("put_on", Date, nullable=False),
    _held(),
    _of_case(),
    Index(None, "organ", "case_number"),
)
#: The bytes, apart from the facts about them, so that a list of files does not read them.
file_contents: Final = _table(
    "file_contents",
    _key("file_id"),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(["organ", "file_id"], ["files.organ", "files.file_id"]),
)
outbox: Final = _table(
    "outbox",
    _key("case_number"),
    Column("push_id", String(64), nullable=False),
    Column("mailbox", String(64), nullable=False),
    Column("lease_until", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("parked", Boolean, nullable=False),
    _of_case(),
    UniqueConstraint("organ", "push_id"),
)
log: Final = _table(
    "log",
    _key("case_number"),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("on", Date, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("act", String(32), nullable=False),
    Column("content_hash", LargeBinary, nullable=False),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("entry_hash", LargeBinary, nullable=False),
    _of_case(),
)
alerts: Final = _table(
    "alerts",
    _key("case_number"),
    _key("staff_id"),
    Column("escalation", String(32), nullable=False),
    Column("on", Date, nullable=False),
    _of_case(),
)
