"""Erasure keys, one a case, in a database of their own; and the receipts of those whose case was destroyed.

Called in the midst of a transaction on cases, and never part of it: what is done here is on disk when the call returns,
whatever becomes of the cases. So a key is durable before a case can name it, and gone before its case is; a crash in
between leaves a key that nobody names, or a case that `commands.destroying` finds and destroys to the end.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import BindParameter, Engine, bindparam, delete, insert, select

from backend.contract import LogEntry
from backend.domain.erasure import ID_BYTES, KEY_BYTES, NONCE_BYTES
from backend.ports import Chance
from backend.storage.rows import Rows, of_organ
from backend.storage.tables.erasure import destroyed, erasure_keys

#: Keys that are drawn in one commit, so that one hand-over in so many waits for this disk as well.
DRAWN_AT_ONCE: Final = 256

_IDS: Final[BindParameter[list[str]]] = bindparam("erasure_ids", expanding=True)
_MARKED: Final = destroyed.c.mark.in_(bindparam("marks", expanding=True))

_ADD: Final = insert(erasure_keys)
_FIND: Final = select(erasure_keys.c.erasure_key).where(
    of_organ(erasure_keys), erasure_keys.c.erasure_id == bindparam("erasure_id")
)
_PRESENT: Final = select(erasure_keys.c.erasure_id).where(of_organ(erasure_keys), erasure_keys.c.erasure_id.in_(_IDS))
_DROP: Final = delete(erasure_keys).where(of_organ(erasure_keys), erasure_keys.c.erasure_id.in_(_IDS))
_RECEIPTS: Final = select(destroyed.c.mark, destroyed.c.receipt).where(of_organ(destroyed), _MARKED)


class ErasureKey(NamedTuple):
    """A key, and the id by which its case names it."""

    erasure_id: str
    key: bytes


class ErasureKeys:
    """The keys of all organs, each organ's apart. Its methods raise what the database raises."""

    def __init__(self, writing: Engine, reading: Engine, chance: Chance) -> None:
        """Work on engines that someone else has prepared and closes."""
        self._writing: Final = writing
        self._reading: Final = reading
        self._chance: Final = chance
        #: Durable and nobody's yet, known to this process alone.
        self._drawn: Final[dict[str, list[ErasureKey]]] = {}

    def take(self, organ: str) -> ErasureKey:
        """A key that is on disk and that no case has had."""
        drawn = self._drawn.setdefault(organ, [])
        if not drawn:
            drawn += self._draw(organ)
        return drawn.pop()

    def give_back(self, organ: str, taken: ErasureKey) -> None:
        """Let another case have a key that was taken and laid over nothing."""
        self._drawn.setdefault(organ, []).append(taken)

    def nonce(self) -> bytes:
        """What makes the stream for one grant another than for any other."""
        return self._chance.bytes(NONCE_BYTES)

    def find(self, organ: str, erasure_id: str) -> bytes | None:
        """A case's key; none, if it was destroyed, or is missing."""
        with self._rows(organ, writing=False) as rows:
            row = rows.look(_FIND, erasure_id=erasure_id)
        return None if row is None else bytes(row.erasure_key)

    def present(self, organ: str, erasure_ids: Sequence[str]) -> Collection[str]:
        """Those of these ids whose key is there."""
        with self._rows(organ, writing=False) as rows:
            return {row.erasure_id for row in rows.every(_PRESENT, erasure_ids=list(erasure_ids))}

    def destroy(self, organ: str, erasure_id: str | None, mark: bytes, receipt: LogEntry) -> LogEntry:
        """Destroy a case's key for good and keep the receipt under its mark: the one that counts, be it an earlier one.

        May be repeated. Cannot be undone by whatever becomes of the cases.
        """
        with self._rows(organ, writing=True) as rows:
            rows.run(_DROP, erasure_ids=[] if erasure_id is None else [erasure_id])
            rows.add_if_new(destroyed, {"mark": mark, "receipt": msgspec.json.encode(receipt)})
            return _receipts(rows, [mark])[mark]

    def receipts(self, organ: str, marks: Sequence[bytes]) -> Mapping[bytes, LogEntry]:
        """The receipts of those of these marks whose case was destroyed."""
        with self._rows(organ, writing=False) as rows:
            return _receipts(rows, marks)

    def _draw(self, organ: str) -> Sequence[ErasureKey]:
        fresh = [
            ErasureKey(self._chance.bytes(ID_BYTES).hex(), self._chance.bytes(KEY_BYTES)) for _ in range(DRAWN_AT_ONCE)
        ]
        with self._rows(organ, writing=True) as rows:
            rows.add(_ADD, *({"erasure_id": each.erasure_id, "erasure_key": each.key} for each in fresh))
        return fresh

    def _drop_unused(self) -> None:
        """Leave no key behind that no case will name."""
        for organ, unused in self._drawn.items():
            with self._rows(organ, writing=True) as rows:
                rows.run(_DROP, erasure_ids=[each.erasure_id for each in unused])
        self._drawn.clear()

    @contextmanager
    def _rows(self, organ: str, *, writing: bool) -> Iterator[Rows]:
        with (self._writing if writing else self._reading).begin() as connection:
            yield Rows(connection, organ, writing=writing)


def _receipts(rows: Rows, marks: Sequence[bytes]) -> Mapping[bytes, LogEntry]:
    found = rows.every(_RECEIPTS, marks=list(marks))
    return {bytes(row.mark): msgspec.json.decode(row.receipt, type=LogEntry) for row in found}
