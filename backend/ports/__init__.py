"""What the case store needs from outside, as plain nouns: time, chance and a place to keep cases. One file a subject.

A `Work` is bound to one organ from the start; nothing in it can name another. Its methods are plain functions, since a
store runs a whole command in one go, inside one transaction, wherever it thinks best. Names no product and no driver.
"""

from backend.ports.cases import Cases
from backend.ports.duties import Duties
from backend.ports.erasure import Erasure
from backend.ports.files import Batch, Files
from backend.ports.grants import Grants
from backend.ports.notices import Dues, Mark, Notices
from backend.ports.outbox import Outbox
from backend.ports.outside import Chance, Circumstances, Clock, StoreUnavailableError
from backend.ports.retention import Kept, Retention
from backend.ports.rosters import Rosters
from backend.ports.secrecy import Declarations, Keys
from backend.ports.work import CaseStore, Work

__all__ = [
    "Batch",
    "CaseStore",
    "Cases",
    "Chance",
    "Circumstances",
    "Clock",
    "Declarations",
    "Dues",
    "Duties",
    "Erasure",
    "Files",
    "Grants",
    "Kept",
    "Keys",
    "Mark",
    "Notices",
    "Outbox",
    "Retention",
    "Rosters",
    "StoreUnavailableError",
    "Work",
]
