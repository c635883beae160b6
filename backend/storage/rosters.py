"""The newest roster of one organ and the credentials that came with it; and whose a credential is."""

from functools import lru_cache
from typing import Final

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, delete, insert, select

from backend.contract import Publication, Role, RosterDocument
from backend.domain.people import Caller, offices_of
from backend.storage import tables as t
from backend.storage.rows import Rows, of_organ, struct_of

_NEWEST: Final = select(t.rosters.c.serial, t.rosters.c.document).where(of_organ(t.rosters))
_PUBLISHED: Final = select(t.rosters.c.publication).where(of_organ(t.rosters))
_DROP: Final = delete(t.rosters).where(of_organ(t.rosters))
_ADD: Final = insert(t.rosters)
_DROP_STAFF: Final = delete(t.staff).where(of_organ(t.staff))
_ADD_STAFF: Final = insert(t.staff)
# The one question that names no organ: it is what tells the organ.
_WHOSE: Final = (
    select(t.staff.c.organ, t.staff.c.staff_id).where(t.staff.c.credential_hash == bindparam("hash")).limit(2)
)


#: Read with every command, and the same until the next one is published.
_decoded: Final = lru_cache(maxsize=256)(msgspec.json.Decoder(Publication).decode)


class SqlRosters:
    """`ports.Rosters` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def newest(self) -> RosterDocument | None:
        """The document that counts."""
        row = self._rows.take(_NEWEST)
        return None if row is None else struct_of(row, RosterDocument)

    def published(self) -> Publication | None:
        """All but the document."""
        row = self._rows.look(_PUBLISHED)
        return None if row is None else _decoded(bytes(row.publication))

    def publish(self, publication: Publication) -> None:
        """Replace roster and credentials as a whole: a credential that is not named any more opens nothing."""
        self._rows.run(_DROP)
        rest = msgspec.json.encode(replace(publication, document=b""))
        self._rows.add(_ADD, {"serial": publication.serial, "document": publication.document, "publication": rest})
        self._rows.run(_DROP_STAFF)
        people = ({"staff_id": one.staff_id, "credential_hash": one.credential_hash} for one in publication.people)
        self._rows.add(_ADD_STAFF, *people)


def staff_with(connection: Connection, credential_hash: bytes) -> Caller | None:
    """Whose credential it is; nobody's, when two organs have published the same one."""
    found = connection.execute(_WHOSE, {"hash": credential_hash}).all()
    if len(found) != 1:
        return None
    organ, staff_id = found[0]
    published = SqlRosters(Rows(connection, organ, writing=False)).published()
    return Caller(role=Role.STAFF, organ=organ, staff_id=staff_id, offices=offices_of(published, staff_id))
