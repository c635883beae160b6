"""Grants of one organ's cases as rows, each laid under its case's erasure key. No other room reads or writes them.

Others may ask who holds a grant, which is no secret from the store; what a grant is, passes through here alone.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, Row, Select, bindparam, delete, insert, select, update

from backend.contract import Compartment, SealedGrant
from backend.domain.erasure import Place, unwrapped, wrapped
from backend.ports import StoreUnavailableError
from backend.storage import tables as t
from backend.storage.erasure import ErasureKey, ErasureKeys
from backend.storage.rows import Rows, of_organ

#: Cases from before there were erasure keys that are brought under them in one transaction.
_AT_ONCE: Final = 64

_NUMBER: Final[BindParameter[str]] = bindparam("number")
_OF_CASE: Final = (of_organ(t.grants), t.grants.c.case_number == _NUMBER)
_OF_HOLDER: Final = (*_OF_CASE, t.grants.c.holder == bindparam("who"))

_ADD: Final = insert(t.grants)
_OF: Final[Select[Any]] = (
    select(t.grants.c.holder, t.grants.c.compartment, t.grants.c.epoch, t.grants.c.ciphertext)
    .where(*_OF_HOLDER)
    .order_by(t.grants.c.compartment, t.grants.c.epoch)
)
_ALL_OF: Final[Select[Any]] = select(
    t.grants.c.holder, t.grants.c.compartment, t.grants.c.epoch, t.grants.c.ciphertext
).where(*_OF_CASE)
_DROP: Final = delete(t.grants).where(*_OF_HOLDER, t.grants.c.compartment.in_(bindparam("which", expanding=True)))
_REPLACE: Final = delete(t.grants).where(
    *_OF_HOLDER, t.grants.c.compartment == bindparam("which"), t.grants.c.epoch == bindparam("turn")
)
#: The last word on a conflict of interest is here, below all commands (Guidelines 2(5)ii).
_BARRED: Final = select(t.declarations.c.staff_id).where(
    of_organ(t.declarations), t.declarations.c.case_number == _NUMBER, t.declarations.c.conflicted.is_(True)
)
_ERASURE_ID: Final = select(t.cases.c.erasure_id).where(of_organ(t.cases), t.cases.c.number == _NUMBER)
_NAME_KEY: Final = (
    update(t.cases)
    .where(of_organ(t.cases), t.cases.c.number == bindparam("which_case"))
    .values(erasure_id=bindparam("new_id"))
)
_UNADOPTED: Final[Select[Any]] = (
    select(t.cases.c.number)
    .where(of_organ(t.cases), t.cases.c.erasure_id.is_(None))
    .order_by(t.cases.c.number)
    .limit(_AT_ONCE)
    .with_for_update(skip_locked=True)
)


class SqlGrants:
    """`ports.Grants` over rows."""

    def __init__(self, rows: Rows, keys: ErasureKeys) -> None:
        """Work inside the transaction of these rows, with keys that know of no transaction."""
        self._rows: Final = rows
        self._keys: Final = keys
        #: Of cases that are made in this transaction.
        self._fresh: Final[dict[str, ErasureKey]] = {}

    def begin(self, number: str) -> str:
        """Take a key for a case that is about to be made: its id, which the case names from the start."""
        self._fresh[number] = self._keys.take(self._rows.organ)
        return self._fresh[number].erasure_id

    def let_go(self, number: str) -> None:
        """Give the key of a case back that could not be made."""
        self._keys.give_back(self._rows.organ, self._fresh.pop(number))

    def add_grants(self, number: str, grants: Sequence[SealedGrant]) -> None:
        """Lay grants under the case's key and keep them, but for those of who declared a conflict."""
        if number in self._fresh:
            self._put(number, self._fresh[number].key, grants)
            return
        barred = {row.staff_id for row in self._rows.every(_BARRED, number=number)}
        kept = [each for each in grants if each.holder not in barred]
        self._rows.run_each(
            _REPLACE,
            [{"number": number, "who": one.holder, "which": one.compartment, "turn": one.epoch} for one in kept],
        )
        self._put(number, self._key_of(number), kept)

    def grants_of(self, number: str, holder: str) -> Sequence[SealedGrant]:
        """A holder's grants, as they were sealed."""
        rows = self._rows.every(_OF, number=number, who=holder)
        erasure_id = self._erasure_id(number)
        if erasure_id is None:
            return [_grant(row, bytes(row.ciphertext)) for row in rows]
        key = self._keys.find(self._rows.organ, erasure_id) if rows else None
        if key is None:
            return []
        return [_grant(row, unwrapped(key, self._place(number, row), bytes(row.ciphertext))) for row in rows]

    def drop_grants(self, number: str, holder: str, compartment: Compartment | None = None) -> int:
        """Drop all of a holder's grants in a case, or one."""
        which = list(Compartment) if compartment is None else [compartment]
        return self._rows.run(_DROP, number=number, who=holder, which=which)

    def adopt_some(self) -> int:
        """Bring some cases from before under keys."""
        numbers = [row.number for row in self._rows.every(_UNADOPTED)]
        for number in numbers:
            plain = [_grant(row, bytes(row.ciphertext)) for row in self._rows.every(_ALL_OF, number=number)]
            self._rows.run(_NAME_KEY, which_case=number, new_id=self.begin(number))
            for each in plain:
                self.drop_grants(number, each.holder, each.compartment)
            self._put(number, self._fresh[number].key, plain)
        return len(numbers)

    def _put(self, number: str, key: bytes, grants: Sequence[SealedGrant]) -> None:
        self._rows.add(
            _ADD,
            *(
                {
                    "case_number": number,
                    "holder": each.holder,
                    "compartment": each.compartment,
                    "epoch": each.epoch,
                    "ciphertext": wrapped(key, self._place(number, each), self._keys.nonce(), each.ciphertext),
                }
                for each in grants
            ),
        )

    def _key_of(self, number: str) -> bytes:
        erasure_id = self._erasure_id(number)
        key = None if erasure_id is None else self._keys.find(self._rows.organ, erasure_id)
        if key is None:
            raise StoreUnavailableError
        return key

    def _erasure_id(self, number: str) -> str | None:
        row = self._rows.look(_ERASURE_ID, number=number)
        return None if row is None else row.erasure_id

    def _place(self, number: str, grant: Any) -> Place:  # noqa: ANN401 - a row, or the struct it is made from
        return Place(self._rows.organ, number, grant.holder, grant.compartment)


def _grant(row: Row[Any], ciphertext: bytes) -> SealedGrant:
    return SealedGrant(
        holder=row.holder, compartment=Compartment(row.compartment), ciphertext=ciphertext, epoch=row.epoch
    )
