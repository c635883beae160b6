"""What stops a destruction, where cases were transferred to, and what the bot must forget afterwards."""

from typing import Final

from sqlalchemy import Column, Date, String

from backend.storage.tables.base import key, of_case, table

holds: Final = table(
    "holds",
    key("case_number"),
    Column("code", String(64), nullable=False),
    Column("since", Date, nullable=False),
    Column("set_by", String(64), nullable=False),
    of_case(),
)
#: Stays when the case is destroyed.
transfers: Final = table(
    "transfers",
    key("case_number"),
    Column("archive", String(64), nullable=False),
    Column("on", Date, nullable=False),
    Column("by", String(64), nullable=False),
    of_case(),
)
#: Says nothing of the case that a mailbox belonged to.
destroyed_mailboxes: Final = table("destroyed_mailboxes", key("mailbox"))
