"""The cases and what they consist of."""

from typing import Final

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, LargeBinary, String, UniqueConstraint, false, text

from backend.storage.tables.base import held, key, of_case, table

cases: Final = table(
    "cases",
    key("number"),
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
    held(),
    Column("log_length", Integer, nullable=False),
    Column("log_head", LargeBinary, nullable=False),
    Column("kind", String(32), nullable=False, server_default="report"),
    Column("owes", String(32)),
    Column("overseer", String(64)),
    Column("stand_in", String(64)),
    Column("counsel", JSON, nullable=False, server_default="[]"),
    Column("owner", String(64)),
    Column("owned_on", Date),
    Column("expected_on", Date),
    Column("ended_on", Date),
    Column("waiting", Boolean, nullable=False, server_default=false()),
    Column("letters_read", Integer, nullable=False, server_default="0"),
    Column("notices_read", Integer, nullable=False, server_default="0"),
    # Under which key its grants are laid; none yet for a case from before there were such keys.
    Column("erasure_id", String(64)),
    UniqueConstraint("organ", "submission_id"),
    # Few are held among very many: only those stand in it.
    Index(None, "organ", "held", sqlite_where=text("held IS 1"), postgresql_where=text("held IS true")),
)
#: Apart from the case, so that whoever copies cases has not got what opens them.
locators: Final = table(
    "locators",
    Column("locator", LargeBinary, primary_key=True),
    Column("case_number", String(64), nullable=False),
    of_case(),
)
parts: Final = table(
    "parts",
    key("case_number"),
    key("part_id"),
    Column("compartment", String(32), nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
    of_case(),
)
grants: Final = table(
    "grants",
    key("case_number"),
    key("holder"),
    Column("compartment", String(32), primary_key=True),
    # Of the compartment's key pairs: 0 at hand-over, one more with every fresh one. Who reads on keeps all of them.
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("ciphertext", LargeBinary, nullable=False),
    of_case(),
    Index(None, "organ", "holder"),
)
