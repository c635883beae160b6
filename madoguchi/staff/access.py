"""What a member asks of the store before they go near a case, and about its keys: one function a route."""

from collections.abc import Iterable

from backend.contract import (
    AcknowledgeRules,
    AddMasked,
    Compartment,
    Declare,
    FromStaff,
    GiveGrants,
    Holders,
    HouseRules,
    Parting,
    RemoveGrants,
    RenewKeys,
    SealedGrant,
    SealedPart,
)
from bot.anonymity import grants as keys
from madoguchi.staff.client import DeskClient, case_path


async def house_rules(desk: DeskClient) -> HouseRules:
    """Return the organ's rules, and which version of them this member has acknowledged."""
    return await desk.ask(HouseRules, "GET", "/rules")


async def acknowledge(desk: DeskClient, version: int) -> None:
    """Say that this member has read a version of the rules."""
    await desk.send("POST", "/rules/acknowledgements", AcknowledgeRules(version=version))


async def parting(desk: DeskClient, number: str) -> Parting:
    """Return what this member would have to leave behind."""
    return await desk.ask(Parting, "GET", f"{case_path(number)}/parting")


async def declare(desk: DeskClient, number: str, declaration: Declare) -> None:
    """Say whether this member has a conflict of interest."""
    await desk.send("POST", f"{case_path(number)}/declarations", declaration)


async def holders(desk: DeskClient, number: str) -> Holders:
    """Return who holds keys of a case, and which compartments owe a fresh one."""
    return await desk.ask(Holders, "GET", f"{case_path(number)}/grants")


async def give(desk: DeskClient, number: str, grants: Iterable[keys.SealedGrant], cause: str | None = None) -> None:
    """Give keys to others."""
    await desk.send("POST", f"{case_path(number)}/grants", GiveGrants(grants=sent(grants), cause=cause))


async def remove(desk: DeskClient, number: str, holder: str, left: Iterable[keys.SealedGrant] = ()) -> None:
    """Take all keys from somebody."""
    await desk.send("POST", f"{case_path(number)}/grants/remove", RemoveGrants(holder=holder, parting=sent(left)))


async def renew(
    desk: DeskClient, number: str, compartment: str, grants: Iterable[keys.SealedGrant], letter: FromStaff
) -> None:
    """Give a fresh key to all who hold a compartment, and the letter that tells the reporter."""
    renewed = RenewKeys(compartment=Compartment(compartment), grants=sent(grants), letter=letter)
    await desk.send("POST", f"{case_path(number)}/keys", renewed)


async def add_masked(desk: DeskClient, number: str, part_id: str, ciphertext: bytes) -> None:
    """Put a note into the masked compartment."""
    part = SealedPart(part_id=part_id, compartment=Compartment.MASKED, ciphertext=ciphertext)
    await desk.send("POST", f"{case_path(number)}/masked", AddMasked(part=part))


def sent(grants: Iterable[keys.SealedGrant]) -> tuple[SealedGrant, ...]:
    """Return grants as they are sent."""
    return tuple(
        SealedGrant(
            holder=one.holder, compartment=Compartment(one.compartment), ciphertext=one.ciphertext, epoch=one.epoch
        )
        for one in grants
    )
