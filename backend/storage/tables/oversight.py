"""What waits for approval, checks of investigations, who is away, and which cases belong together."""

from typing import Final

from sqlalchemy import Column, Date, Index, LargeBinary, String, text

from backend.storage.tables.base import key, of_case, table

proposals: Final = table(
    "proposals",
    key("case_number"),
    key("proposal_id"),
    Column("move", String(32), nullable=False),
    Column("from_stage", String(32), nullable=False),
    Column("proposer", String(64), nullable=False),
    Column("proposed_on", Date, nullable=False),
    Column("reason", String(64)),
    Column("unsaid", String(64)),
    Column("on", Date),
    Column("outcome", String(32)),
    Column("decided_by", String(64)),
    Column("decided_on", Date),
    Column("returned_for", String(32)),
    Column("fault", String(32)),
    # The whole act with its letter, as long as it waits.
    Column("content", LargeBinary),
    of_case(),
    # Few wait among ever more that were decided.
    Index(
        None,
        "organ",
        "case_number",
        sqlite_where=text("outcome IS NULL"),
        postgresql_where=text("outcome IS NULL"),
    ),
)
checks: Final = table(
    "checks",
    key("case_number"),
    key("check_id"),
    Column("result", String(32), nullable=False),
    Column("on", Date, nullable=False),
    Column("by", String(64), nullable=False),
    of_case(),
)
absences: Final = table(
    "absences",
    key("staff_id"),
    Column("begins", Date, primary_key=True),
    Column("ends", Date, nullable=False),
)
links: Final = table(
    "links",
    key("case_number"),
    key("other"),
    Column("kind", String(32), nullable=False),
    Column("on", Date, nullable=False),
    Column("by", String(64), nullable=False),
    of_case(),
)
