"""The rows that a case is kept in. Every table begins with the organ, and so does every key. One file a subject.

There is no column for who wrote, and none for when: days only, beside the lease of a push, which is a worker's hour and
not a person's. On SQLite tables have no row id, for it would tell in which order people came.
"""

from backend.storage.tables.base import metadata
from backend.storage.tables.cases import cases, grants, locators, parts
from backend.storage.tables.checkpoints import checkpoints, tips, trail_hashes
from backend.storage.tables.duties import duties
from backend.storage.tables.figures import (
    day_counts,
    event_counts,
    figures_begun,
    publications,
    survey_proofs,
    survey_scores,
)
from backend.storage.tables.files import file_contents, files
from backend.storage.tables.improving import awareness, exact_readings, improvements, releases
from backend.storage.tables.letters import held_letters, letters
from backend.storage.tables.log import log
from backend.storage.tables.notices import notices
from backend.storage.tables.organs import rosters, staff
from backend.storage.tables.oversight import absences, checks, links, proposals
from backend.storage.tables.retention import destroyed_mailboxes, holds, transfers
from backend.storage.tables.secrecy import acknowledgements, declarations, stale_keys
from backend.storage.tables.sending import alerts, outbox

__all__ = [
    "absences",
    "acknowledgements",
    "alerts",
    "awareness",
    "cases",
    "checkpoints",
    "checks",
    "day_counts",
    "declarations",
    "destroyed_mailboxes",
    "duties",
    "event_counts",
    "exact_readings",
    "figures_begun",
    "file_contents",
    "files",
    "grants",
    "held_letters",
    "holds",
    "improvements",
    "letters",
    "links",
    "locators",
    "log",
    "metadata",
    "notices",
    "outbox",
    "parts",
    "proposals",
    "publications",
    "releases",
    "rosters",
    "staff",
    "stale_keys",
    "survey_proofs",
    "survey_scores",
    "tips",
    "trail_hashes",
    "transfers",
]
