"""What can be asked of the store, each by whoever may: reads through ports, changes nothing, leaves no trace.

Opening a case is not here, since it is recorded: see `commands.open_case`. One file a subject.
"""

from backend.queries.cases import file_of_case, inbox_of_locator, newest_roster, staff_inbox
from backend.queries.figures import figures_book, published
from backend.queries.materials import materials
from backend.queries.policy import in_force
from backend.queries.retention import destroyed_mailboxes, undecided
from backend.queries.secrecy import holders, house_rules, parting

__all__ = [
    "destroyed_mailboxes",
    "figures_book",
    "file_of_case",
    "holders",
    "house_rules",
    "in_force",
    "inbox_of_locator",
    "materials",
    "newest_roster",
    "parting",
    "published",
    "staff_inbox",
    "undecided",
]
