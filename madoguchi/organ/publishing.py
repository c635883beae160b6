"""Signing the next roster and giving it to the case store, with the credentials and reason codes it must know.

What the next one builds on is verified as any reader would; a store that shows an older roster than was signed last
on this machine is not believed but given a newer one.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from backend.contract import Fault, Person, Publication, RosterDocument
from bot.anonymity.errors import RosterRefusedError
from bot.anonymity.roster import RECOVERY, Roster, sign_roster, verify_roster
from madoguchi import private_files
from madoguchi.organ.card import OrganCard, as_json
from madoguchi.organ.document import OrganDocument
from madoguchi.organ.founding import Places
from madoguchi.organ.plan import Base, Plan, people_of
from madoguchi.wire import StoreRefusedError, Wire
from madoguchi.words import NotDoneError

#: What the store's refusal means for the administrator.
_REFUSALS = {Fault.OLDER_ROSTER: "organ.older", Fault.NOT_ALLOWED: "organ.not_publisher", Fault.BUSY: "store.busy"}


async def served_roster(wire: Wire) -> bytes | None:
    """Return the newest signed roster that the store shows, unverified; None where none was ever published."""
    try:
        return (await wire.ask(RosterDocument, "GET", "/roster")).document
    except StoreRefusedError as refused:
        if refused.fault is Fault.NOT_FOUND:
            return None
        raise NotDoneError(_REFUSALS.get(refused.fault, "store.refused"), fault=refused.fault) from refused


def base_of(places: Places, card: OrganCard, served: bytes | None) -> Base:
    """Choose the newer of the roster that the store shows and the one signed last on this machine."""
    last = _last_publication(places)
    rosters = [_verified(card, document) for document in (served, last.document if last else None) if document]
    newest = max(rosters, key=lambda roster: roster.serial, default=None)
    return Base(
        roster=newest,
        published=last,
        is_served=newest is None or (served is not None and rosters[0].serial == newest.serial),
    )


def sign(todo: Plan, document: OrganDocument, card: OrganCard, seeds: Sequence[bytes]) -> Publication:
    """Sign a planned roster. Raises `NotDoneError` when the seeds are too few or not the organ's."""
    signed = sign_roster(todo.roster, seeds)
    _verified(card, signed)
    return Publication(
        serial=todo.roster.serial,
        document=signed,
        desks=tuple(desk.desk_id for desk in todo.roster.desks),
        people=(*people_of(document), Person(staff_id=RECOVERY, credential_hash=card.recovery_credential, offices=())),
        policy=document.policy,
        rules=document.rules,
        executive=document.executive,
        deputy=document.deputy,
        fallback_desk=document.fallback_desk,
        departments=document.departments,
        external_desks=tuple(desk.desk_id for desk in todo.roster.desks if desk.kind == "external"),
    )


async def publish(wire: Wire, places: Places, publication: Publication) -> None:
    """Give a signed roster to the store, and note it as the last one signed."""
    # Noted first: a serial that may have gone out must never be used for another roster.
    private_files.write(places.last_publication, as_json(publication))
    try:
        await wire.send("PUT", "/roster", publication)
    except StoreRefusedError as refused:
        raise NotDoneError(_REFUSALS.get(refused.fault, "store.refused"), fault=refused.fault) from refused


def read_token(file: Path) -> str:
    """Return a credential from its file."""
    try:
        return file.read_text().strip()
    except OSError as missing:
        raise NotDoneError("key.missing", file=file) from missing


def _last_publication(places: Places) -> Publication | None:
    if not places.last_publication.exists():
        return None
    try:
        return msgspec.json.decode(places.last_publication.read_bytes(), type=Publication)
    except msgspec.DecodeError as broken:
        raise NotDoneError("organ.broken_file", file=places.last_publication) from broken


def _verified(card: OrganCard, document: bytes) -> Roster:
    try:
        return verify_roster(document, card.pins, card.threshold, 0, None, card.organ)
    except RosterRefusedError as refused:
        raise NotDoneError(f"roster.{refused.reason}") from refused
