"""The newest roster of one organ and the credentials that came with it; and whose a credential is."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from backend.contract import Publication, Role, RosterDocument
from backend.domain.people import Caller
from backend.storage import tables as t
from backend.storage.rows import Rows, of_organ, row_of, struct_of

_NEWEST: Final = select(t.rosters.c.serial, t.rosters.c.document).where(of_organ(t.rosters))
_REASONS: Final = select(t.rosters.c.reasons).where(of_organ(t.rosters))
_DROP: Final = delete(t.rosters).where(of_organ(t.rosters))
_ADD: Final = insert(t.rosters)
_DROP_STAFF: Final = delete(t.staff).where(of_organ(t.staff))
_ADD_STAFF: Final = insert(t.staff)
# The one question that names no organ: it is what tells the organ.
_WHOSE: Final = (
    select(t.staff.c.organ, t.staff.c.staff_id).where(t.staff.c.credential_hash == bindparam("hash")).limit(2)
)


class SqlRosters:
    """`ports.Rosters` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def newest(self) -> RosterDocument | None:
        """The document that counts."""
        row = self._rows.take(_NEWEST)
        return None if row is None else struct_of(row, RosterDocument)

    def reasons(self) -> Collection[str]:
        """The published codes."""
        row = self._rows.look(_REASONS)
        return frozenset() if row is None else frozenset(row.reasons)

    def publish(self, publication: Publication) -> None:
        """Replace roster and credentials as a whole: a credential that is not named any more opens nothing."""
        self._rows.run(_DROP)
        lists = {"desks": list(publication.desks), "reasons": list(publication.reasons)}
        self._rows.add(_ADD, {"serial": publication.serial, "document": publication.document, **lists})
        self._rows.run(_DROP_STAFF)
        self._rows.add(_ADD_STAFF, *(row_of(posted) for posted in publication.credentials))


def staff_with(connection: Connection, credential_hash: bytes) -> Caller | None:
    """Whose credential it is; nobody's, when two organs have published the same one."""
    found = connection.execute(_WHOSE, {"hash": credential_hash}).all()
    if len(found) != 1:
        return None
    return Caller(role=Role.STAFF, organ=found[0].organ, staff_id=found[0].staff_id)
