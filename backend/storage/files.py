"""Sealed files of one organ: facts in one table, bytes in another. Never looks into the bytes."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Final

from sqlalchemy import BindParameter, bindparam, case, delete, insert, or_, select, update

from backend.contract import Compartment
from backend.storage import tables as t
from backend.storage.rows import Rows, of_organ

#: The rest waits for the next sweep: databases take only so many values at once.
_SWEPT_AT_ONCE: Final = 1000

_FILE_ID: Final[BindParameter[str]] = bindparam("file_id")
_FILE_IDS: Final[BindParameter[list[str]]] = bindparam("file_ids", expanding=True)

_DIGEST: Final = select(t.files.c.digest).where(of_organ(t.files), t.files.c.file_id == _FILE_ID)
_ADD_CONTENT: Final = insert(t.file_contents)
_ATTACH: Final = (
    update(t.files)
    .where(
        of_organ(t.files),
        t.files.c.file_id.in_(_FILE_IDS),
        or_(t.files.c.case_number.is_(None), t.files.c.case_number == bindparam("number")),
    )
    # What staff have seen once is not taken from them again by another letter that names it.
    .values(
        case_number=bindparam("number"),
        held=case((t.files.c.case_number.is_(None), bindparam("is_held")), else_=t.files.c.held),
    )
)
_CONTENT: Final = (
    select(t.file_contents.c.content)
    .join(t.files, (t.files.c.organ == t.file_contents.c.organ) & (t.files.c.file_id == t.file_contents.c.file_id))
    .where(
        of_organ(t.files),
        t.files.c.file_id == _FILE_ID,
        t.files.c.held.is_(False),
        t.files.c.case_number.in_(
            select(t.grants.c.case_number).where(
                of_organ(t.grants),
                t.grants.c.case_number == bindparam("number"),
                t.grants.c.holder == bindparam("holder"),
                # Whoever has the masked version alone has no files: they would tell who the reporter is.
                t.grants.c.compartment == Compartment.FACTS.value,
            )
        ),
    )
)
_ORPHANS: Final = (
    select(t.files.c.file_id)
    .where(of_organ(t.files), t.files.c.case_number.is_(None), t.files.c.put_on < bindparam("before"))
    .limit(_SWEPT_AT_ONCE)
    # What a report is just making its own is no orphan any more.
    .with_for_update(skip_locked=True)
)
_DROP_CONTENTS: Final = delete(t.file_contents).where(
    of_organ(t.file_contents), t.file_contents.c.file_id.in_(_FILE_IDS)
)
_DROP_FILES: Final = delete(t.files).where(of_organ(t.files), t.files.c.file_id.in_(_FILE_IDS))


class SqlFiles:
    """`ports.Files` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def put(self, file_id: str, content: bytes, on: date) -> bool:
        """Keep a file, unless other bytes bear its id."""
        digest = sha256(content).digest()
        facts = {
            "file_id": file_id,
            "size": len(content),
            "digest": digest,
            "put_on": on,
            "case_number": None,
            "held": False,
        }
        if self._rows.add_if_new(t.files, facts):
            self._rows.add(_ADD_CONTENT, {"file_id": file_id, "content": content})
            return True
        known = self._rows.look(_DIGEST, file_id=file_id)
        return known is not None and known.digest == digest

    def attach(self, file_ids: Sequence[str], number: str, *, held: bool) -> bool:
        """Make files part of a case, all or none."""
        given = {"file_ids": list(file_ids), "number": number, "is_held": held}
        return not file_ids or self._rows.run(_ATTACH, **given) == len(file_ids)

    def content(self, number: str, file_id: str, holder: str) -> bytes | None:
        """A file's bytes, for a holder of a grant in its case."""
        row = self._rows.look(_CONTENT, number=number, file_id=file_id, holder=holder)
        return None if row is None else bytes(row.content)

    def drop_orphans(self, before: date) -> int:
        """Destroy what no letter has named."""
        orphans = [row.file_id for row in self._rows.every(_ORPHANS, before=before)]
        self._rows.run(_DROP_CONTENTS, file_ids=orphans)
        self._rows.run(_DROP_FILES, file_ids=orphans)
        return len(orphans)
