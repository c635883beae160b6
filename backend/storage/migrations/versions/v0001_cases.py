"""The first tables. Written out in full and not taken from `tables.py`, which goes on changing."""

from datetime import date

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    _publications()
    _cases()
    _contents()
    _files()
    _acts()


def _text(name: str, length: int = 64, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), nullable=nullable)


def _bytes(name: str, *, nullable: bool = False) -> "sa.Column[bytes]":
    return sa.Column(name, sa.LargeBinary, nullable=nullable)


def _number(name: str, kind: type[sa.Integer] = sa.Integer) -> "sa.Column[int]":
    return sa.Column(name, kind, nullable=False, autoincrement=False)


def _day(name: str, *, nullable: bool = False) -> "sa.Column[date]":
    return sa.Column(name, sa.Date, nullable=nullable)


def _table(name: str, key: tuple[str, ...], *rest: SchemaItem) -> None:
    primary = sa.PrimaryKeyConstraint("organ", *key, name=f"pk_{name}")
    op.create_table(name, _text("organ"), *rest, primary, sqlite_with_rowid=False)


def _in_case(name: str, key: tuple[str, ...], *rest: SchemaItem) -> None:
    columns = (["organ", "case_number"], ["cases.organ", "cases.number"])
    to_case = sa.ForeignKeyConstraint(*columns, name=f"fk_{name}_cases")
    _table(name, key, _text("case_number"), *rest, to_case)


def _publications() -> None:
    _table(
        "rosters",
        (),
        _number("serial", sa.BigInteger),
        _bytes("document"),
        sa.Column("desks", sa.JSON, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
    )
    _table("staff", ("staff_id",), _text("staff_id"), _bytes("credential_hash"))
    op.create_index("ix_staff_credential_hash", "staff", ["credential_hash"])


def _cases() -> None:
    _table(
        "cases",
        ("number",),
        _text("number"),
        _text("submission_id"),
        _text("desk"),
        _text("stage", 32),
        _day("received_on"),
        _day("due_on", nullable=True),
        _text("escalation", 32),
        _text("reason", nullable=True),
        _bytes("card"),
        _number("card_version"),
        _text("mailbox", nullable=True),
        _number("letters"),
        sa.Column("awaits_answer", sa.Boolean, nullable=False),
        _number("log_length"),
        _bytes("log_head"),
        sa.UniqueConstraint("organ", "submission_id", name="uq_cases_organ_submission_id"),
    )
    _in_case("locators", ("locator",), _bytes("locator"))


def _contents() -> None:
    _in_case("parts", ("case_number", "part_id"), _text("part_id"), _text("compartment", 32), _bytes("ciphertext"))
    _in_case(
        "grants",
        ("case_number", "holder", "compartment"),
        _text("holder"),
        _text("compartment", 32),
        _bytes("ciphertext"),
    )
    op.create_index("ix_grants_organ_holder", "grants", ["organ", "holder"])
    _in_case(
        "letters",
        ("case_number", "message_id"),
        _text("message_id"),
        _number("position"),
        _text("side", 32),
        _day("on"),
        _bytes("for_desk"),
        _bytes("for_reporter", nullable=True),
        sa.UniqueConstraint("organ", "case_number", "position", name="uq_letters_organ_case_number_position"),
    )


def _files() -> None:
    to_case = (["organ", "case_number"], ["cases.organ", "cases.number"])
    _table(
        "files",
        ("file_id",),
        _text("file_id"),
        _text("case_number", nullable=True),
        _number("size", sa.BigInteger),
        _bytes("digest"),
        _day("put_on"),
        sa.ForeignKeyConstraint(*to_case, name="fk_files_cases"),
    )
    op.create_index("ix_files_organ_case_number", "files", ["organ", "case_number"])
    to_file = (["organ", "file_id"], ["files.organ", "files.file_id"])
    _table(
        "file_contents",
        ("file_id",),
        _text("file_id"),
        _bytes("content"),
        sa.ForeignKeyConstraint(*to_file, name="fk_file_contents_files"),
    )


def _acts() -> None:
    _in_case(
        "outbox",
        ("case_number",),
        _text("push_id"),
        _text("mailbox"),
        _number("lease_until", sa.BigInteger),
        _number("attempts"),
        sa.Column("parked", sa.Boolean, nullable=False),
        sa.UniqueConstraint("organ", "push_id", name="uq_outbox_organ_push_id"),
    )
    _in_case(
        "log",
        ("case_number", "sequence"),
        _number("sequence"),
        _day("on"),
        _text("actor"),
        _text("act", 32),
        _bytes("content_hash"),
        _bytes("previous_hash"),
        _bytes("entry_hash"),
    )
    _in_case("alerts", ("case_number", "staff_id"), _text("staff_id"), _text("escalation", 32), _day("on"))
