"""Which rules members have acknowledged, what they declared on cases, and where fresh keys are owed."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Date

from backend.storage.tables.base import key, of_case, table

acknowledgements: Final = table(
    "acknowledgements",
    key("staff_id"),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("on", Date, nullable=False),
)
declarations: Final = table(
    "declarations",
    key("case_number"),
    key("staff_id"),
    key("phase"),
    Column("conflicted", Boolean, nullable=False),
    Column("on", Date, nullable=False),
    of_case(),
)
#: Compartments whose key in use somebody may still have who lost theirs.
stale_keys: Final = table("stale_keys", key("case_number"), key("compartment"), of_case())
