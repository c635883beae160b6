"""Checkpoints of one organ as rows, and the ends of logs that they are made from. Decides nothing."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, Row, Select, bindparam, delete, exists, func, insert, select, update

from backend.contract import Checkpoint, CheckpointSignature, LogEntry, SignedCheckpoint, Tip
from backend.ports.checkpoints import KeptCheckpoint, LogEnd
from backend.storage import tables as t
from backend.storage.rows import Rows, of_organ, row_of, struct_of

#: Cases that one question is about: below what a database takes at once.
_AT_ONCE: Final = 500

_SERIAL: Final[BindParameter[int]] = bindparam("of_serial")
_CHAIN: Final[BindParameter[bytes]] = bindparam("of_chain")
_NUMBER: Final[BindParameter[str]] = bindparam("number")
_UP_TO: Final[BindParameter[int]] = bindparam("up_to")

_ALL: Final[Select[Any]] = select(t.checkpoints).where(of_organ(t.checkpoints))
_NEWEST: Final = _ALL.order_by(t.checkpoints.c.serial.desc()).limit(1)
_NUMBERED: Final = _ALL.where(t.checkpoints.c.serial == _SERIAL)
_SIGNED: Final = _ALL.where(t.checkpoints.c.signature.is_not(None)).order_by(t.checkpoints.c.serial)
_LAST_SIGNED: Final[Select[Any]] = select(func.max(t.checkpoints.c.serial).label("serial")).where(
    of_organ(t.checkpoints), t.checkpoints.c.signature.is_not(None)
)
_latest: Final = (
    select(t.tips.c.chain, func.max(t.tips.c.serial).label("serial"))
    .where(of_organ(t.tips), t.tips.c.serial <= _UP_TO)
    .group_by(t.tips.c.chain)
    .subquery("latest")
)
_TIPS: Final[Select[Any]] = (
    select(*(t.tips.c[name] for name in Tip.__struct_fields__))
    .join(_latest, (t.tips.c.chain == _latest.c.chain) & (t.tips.c.serial == _latest.c.serial))
    .where(of_organ(t.tips))
)
_CHANGES: Final[Select[Any]] = (
    select(t.tips.c.serial).where(of_organ(t.tips), t.tips.c.chain == _CHAIN).order_by(t.tips.c.serial)
)
_LENGTH: Final[Select[Any]] = (
    select(t.tips.c.length)
    .where(of_organ(t.tips), t.tips.c.chain == _CHAIN, t.tips.c.serial <= _UP_TO)
    .order_by(t.tips.c.serial.desc())
    .limit(1)
)
_ENDS: Final[Select[Any]] = select(*(t.cases.c[name] for name in LogEnd.__struct_fields__)).where(of_organ(t.cases))
_HASHES: Final[Select[Any]] = select(t.log.c.case_number, t.log.c.sequence, t.log.c.entry_hash).where(
    of_organ(t.log), t.log.c.case_number.in_(bindparam("numbers", expanding=True))
)
_OUTLIVING: Final[Select[Any]] = select(
    t.trail_hashes.c.chain, t.trail_hashes.c.sequence, t.trail_hashes.c.entry_hash
).where(of_organ(t.trail_hashes))
_LOG: Final[Select[Any]] = (
    select(*(t.log.c[name] for name in LogEntry.__struct_fields__))
    .where(of_organ(t.log), t.log.c.case_number == _NUMBER)
    .order_by(t.log.c.sequence)
)
_ADD_TIP: Final = insert(t.tips)
_ADD_HASH: Final = insert(t.trail_hashes)
_SIGN: Final = (
    update(t.checkpoints)
    .where(of_organ(t.checkpoints), t.checkpoints.c.serial == _SERIAL)
    .values(signer=bindparam("by"), signature=bindparam("signed"))
)
_HELD_NOW: Final = exists().where(
    of_organ(t.tips), t.tips.c.chain == t.trail_hashes.c.chain, t.tips.c.length > t.trail_hashes.c.sequence
)
_LET_GO: Final = delete(t.trail_hashes).where(of_organ(t.trail_hashes), _HELD_NOW)
_DROP: Final = delete(t.checkpoints).where(
    of_organ(t.checkpoints), t.checkpoints.c.serial == _SERIAL, t.checkpoints.c.signature.is_(None)
)
_DROP_TIPS: Final = delete(t.tips).where(of_organ(t.tips), t.tips.c.serial == _SERIAL)


class SqlCheckpoints:
    """`ports.CheckpointBook` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def newest(self) -> KeptCheckpoint | None:
        """The one with the highest number."""
        return _kept(self._rows.look(_NEWEST))

    def numbered(self, serial: int) -> KeptCheckpoint | None:
        """The one with a number."""
        return _kept(self._rows.look(_NUMBERED, of_serial=serial))

    def signed(self) -> Sequence[SignedCheckpoint]:
        """All signed ones."""
        return [
            SignedCheckpoint(checkpoint=_checkpoint(row), signer=row.signer, signature=row.signature)
            for row in self._rows.every(_SIGNED)
        ]

    def tips(self, serial: int) -> Mapping[bytes, Tip]:
        """How far each log reached."""
        return {row.chain: struct_of(row, Tip) for row in self._rows.every(_TIPS, up_to=serial)}

    def changes(self, chain: bytes) -> Sequence[int]:
        """When a log reached further."""
        return [row.serial for row in self._rows.every(_CHANGES, of_chain=chain)]

    def ends(self) -> Sequence[LogEnd]:
        """Where each log ends."""
        return [struct_of(row, LogEnd) for row in self._rows.every(_ENDS)]

    def hashes(self, numbers: Collection[str]) -> Mapping[str, Mapping[int, bytes]]:
        """What their logs consist of."""
        found: dict[str, dict[int, bytes]] = defaultdict(dict)
        some = list(numbers)
        for start in range(0, len(some), _AT_ONCE):
            for row in self._rows.every(_HASHES, numbers=some[start : start + _AT_ONCE]):
                found[row.case_number][row.sequence] = row.entry_hash
        return found

    def outliving(self) -> Mapping[bytes, Mapping[int, bytes]]:
        """What is left of destroyed logs."""
        found: dict[bytes, dict[int, bytes]] = defaultdict(dict)
        for row in self._rows.every(_OUTLIVING):
            found[row.chain][row.sequence] = row.entry_hash
        return found

    def outlive(self, number: str, chain: bytes) -> None:
        """Keep what a signed checkpoint does not hold; kept already is what an earlier attempt kept."""
        signed = self._rows.look(_LAST_SIGNED)
        held = self._rows.look(_LENGTH, of_chain=chain, up_to=signed.serial if signed and signed.serial else 0)
        have = self.outliving().get(chain, {})
        missing = {
            place: entry_hash
            for place, entry_hash in self.hashes([number]).get(number, {}).items()
            if place >= (held.length if held else 0) and place not in have
        }
        rows = ({"chain": chain, "sequence": place, "entry_hash": each} for place, each in missing.items())
        self._rows.add(_ADD_HASH, *rows)

    def log(self, number: str) -> Sequence[LogEntry]:
        """The entries there are."""
        return [struct_of(row, LogEntry) for row in self._rows.every(_LOG, number=number)]

    def add(self, made: KeptCheckpoint, changed: Collection[Tip]) -> bool:
        """Keep a checkpoint, unless its number is taken."""
        checkpoint = row_of(made.checkpoint, padding=made.padding)
        del checkpoint["organ"]
        if not self._rows.add_if_new(t.checkpoints, checkpoint):
            return False
        self._rows.add(_ADD_TIP, *(row_of(tip, serial=made.checkpoint.serial) for tip in changed))
        return True

    def sign(self, signature: CheckpointSignature) -> None:
        """Keep a signature."""
        self._rows.run(_SIGN, of_serial=signature.serial, by=signature.signer, signed=signature.signature)
        self._rows.run(_LET_GO)

    def drop(self, serial: int) -> None:
        """Delete what is not signed."""
        if self._rows.run(_DROP, of_serial=serial):
            self._rows.run(_DROP_TIPS, of_serial=serial)


def _kept(row: Row[Any] | None) -> KeptCheckpoint | None:
    if row is None:
        return None
    signature = None
    if row.signature is not None:
        signature = CheckpointSignature(serial=row.serial, signer=row.signer, signature=row.signature)
    return KeptCheckpoint(checkpoint=_checkpoint(row), padding=row.padding, signature=signature)


def _checkpoint(row: Row[Any]) -> Checkpoint:
    return Checkpoint(
        organ=row.organ, serial=row.serial, day=row.day, size=row.size, root=row.root, previous=row.previous
    )
