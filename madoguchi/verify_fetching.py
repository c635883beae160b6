"""Where what is verified comes from: the case store, or files that were exported before. Judges nothing."""

from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import msgspec

from backend.contract import CaseLog, Checkpoints, Fault
from madoguchi.staff.keyfile import StaffKey
from madoguchi.wire import StoreRefusedError, open_wire
from madoguchi.words import NotDoneError

_Shape = TypeVar("_Shape", bound=msgspec.Struct)

#: What the store's refusal means for the person at the keyboard.
_REFUSALS = {
    Fault.NOT_FOUND: "verify.no_such_case",
    Fault.NOT_ALLOWED: "store.not_allowed",
    Fault.UNTRAINED: "store.untrained",
    Fault.RULES_UNREAD: "store.rules_unread",
    Fault.UNDECLARED: "store.undeclared",
}


async def fetch_log(address: str, key: StaffKey, number: str) -> CaseLog:
    """Return a case's log as the store has it."""
    # Numbers are typed by people: small letters do not matter, and a slash must not lead to another route.
    path = f"/cases/{quote(number.strip().upper(), safe='')}/log"
    return await _asked(CaseLog, address, key.credential, path, _REFUSALS)


async def fetch_checkpoints(address: str, organ: str) -> Checkpoints:
    """Return all published checkpoints of an organ; nobody is asked who they are."""
    path = f"/public/{quote(organ, safe='')}/checkpoints"
    return await _asked(Checkpoints, address, "", path, {Fault.NOT_FOUND: "verify.no_such_organ"})


def read_export(shape: type[_Shape], file: Path) -> _Shape:
    """Return what was exported to a file. Raises `NotDoneError` when it cannot be read or is something else."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=shape)
    except OSError as unreadable:
        raise NotDoneError("key.missing", file=file) from unreadable
    except msgspec.DecodeError as foreign:
        raise NotDoneError("verify.foreign_file", file=file) from foreign


async def _asked(shape: type[_Shape], address: str, credential: str, path: str, refusals: dict[Fault, str]) -> _Shape:
    async with open_wire(address, credential) as wire:
        try:
            return await wire.ask(shape, "GET", path)
        except StoreRefusedError as refused:
            raise NotDoneError(refusals.get(refused.fault, "store.refused"), fault=refused.fault) from refused
