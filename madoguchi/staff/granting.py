"""`madoguchi staff grant`, `ungrant`, `renew-keys`: who may read a case, changed by those who can.

Only somebody who holds a key gives it on, and never to whom the reporter wants the case kept from: that stands in the
sealed facts, so it is seen to here. After somebody lost theirs, what comes later is written under a fresh key.
"""

from collections.abc import Collection, Iterator
from typing import Annotated

import typer

from backend.contract import CodeList, Fault, Holders, Move, Policy
from backend.domain.policy import codes_of
from bot.anonymity.correspondence import StaffAuthor
from bot.anonymity.errors import ForgedError
from bot.anonymity.letters import Minute, read
from bot.anonymity.opening import OpenedCase
from bot.anonymity.roster import RECOVERY, Member, Roster
from bot.anonymity.sealing import Compartment
from bot.anonymity.signing import Kind
from bot.anonymity.widening import Recipient, Recoverers, renew, widen
from madoguchi.day import today
from madoguchi.staff import access
from madoguchi.staff.answering import seen_whole
from madoguchi.staff.client import DeskRefusedError
from madoguchi.staff.declaring import left_behind
from madoguchi.staff.opening import Chair
from madoguchi.staff.posting import letter_of
from madoguchi.staff.reading import person
from madoguchi.staff.seat import Number, app, at_desk
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError, Words

_PANEL = "Who has the case"
_FACTS = (Compartment.FACTS, Compartment.MASKED)
#: Who is never given a key.
_KEYLESS = frozenset({"administrator", "auditor"})
#: The kinds of minute that say whether the reporter agrees.
_CONSENT = frozenset({Move.RECORD_CONSENT.value, Move.RECORD_NO_CONSENT.value})


class ConsentNeededError(NotDoneError):
    """The identity would leave the desk: asks for the reporter's consent, or for a just cause of the list."""

    def __init__(self, policy: Policy) -> None:
        super().__init__("grant.consent")
        self._codes = sorted(codes_of(policy, CodeList.INQUIRY))

    def told(self, words: Words) -> list[str]:
        """Return the refusal and the codes."""
        return [
            *super().told(words),
            *(f"  {code}: {words.known(f'code.inquiry.{code}') or code}" for code in self._codes),
        ]


@app.command(rich_help_panel=_PANEL)
def grant(
    ctx: typer.Context,
    number: Number,
    *,
    to: Annotated[str, typer.Option(help="Id of the member who is to read it.")],
    masked: Annotated[bool, typer.Option("--masked", help="The masked version alone, for investigators.")] = False,
    identity: Annotated[bool, typer.Option("--identity", help="Also who the reporter is.")] = False,
    cause: Annotated[str, typer.Option(help="Just cause, where the reporter has not agreed to be named.")] = "",
) -> None:
    """Give a member a key to a case; which, and to whom, is logged."""

    async def act(chair: Chair, teller: Teller) -> None:
        sheet = await chair.open(number)
        holder = recipient(sheet.roster, to, sheet.case.facts.excluded)
        wanted = (Compartment.MASKED,) if masked else (*_FACTS, *([Compartment.IDENTITY] if identity else []))
        if Compartment.IDENTITY in wanted and not cause and has_refused(sheet.case):
            raise NotDoneError("grant.refused")
        given = widen(_author(chair), sheet.case, wanted, holder)
        if {one.compartment for one in given} != set(wanted):
            raise NotDoneError("grant.nothing")
        try:
            await access.give(chair.desk, number, given, cause or None)
        except DeskRefusedError as refused:
            if refused.fault is not Fault.REASON_NEEDED:
                raise
            raise ConsentNeededError((await chair.desk.in_force()).policy) from refused
        chair.saw(sheet)
        teller.say("grant.done", "good", who=person(sheet.roster, to, teller.words))

    at_desk(ctx.obj, act)


@app.command(rich_help_panel=_PANEL)
def ungrant(
    ctx: typer.Context,
    number: Number,
    *,
    from_: Annotated[str, typer.Option("--from", help="Id of the member; else you give up your own keys.")] = "",
) -> None:
    """Take all keys of a case from a member, or give up your own; a fresh key is owed afterwards."""

    async def act(chair: Chair, teller: Teller) -> None:
        who = from_ or chair.key.staff_id
        wanted = number.strip().upper()
        line = next((one for one in (await chair.desk.inbox()).cases if one.case_number == wanted), None)
        left = await left_behind(chair, number, line) if who == chair.key.staff_id else []
        try:
            await access.remove(chair.desk, number, who, left)
        except DeskRefusedError as refused:
            if refused.fault is not Fault.NOT_YET:
                raise
            raise NotDoneError("grant.last") from refused
        teller.say("grant.removed", "good", who=person(await chair.roster(), who, teller.words))

    at_desk(ctx.obj, act)


@app.command("renew-keys", rich_help_panel=_PANEL)
def renew_keys(ctx: typer.Context, number: Number) -> None:
    """Make fresh keys for all who still read a case, after somebody lost theirs; the reporter is told."""

    async def act(chair: Chair, teller: Teller) -> None:
        held = await access.holders(chair.desk, number)
        if not held.stale:
            teller.say("keys.none", "quiet")
            return
        for compartment in map(Compartment, held.stale):
            is_done = await renewed(chair, number, compartment, held)
            teller.say("keys.done" if is_done else "keys.not_yours", "good" if is_done else "warning", what=compartment)

    at_desk(ctx.obj, act)


async def renewed(chair: Chair, number: str, compartment: Compartment, held: Holders) -> bool:
    """Make a fresh key for a compartment; no, where this member has no key of it."""
    sheet = await seen_whole(chair, number)
    if sheet.case.grant(compartment) is None:
        return False
    notice, grants = renew(_author(chair), sheet.case, compartment, _readers(sheet.roster, compartment, held))
    await access.renew(chair.desk, number, compartment, grants, letter_of(chair, sheet, notice))
    chair.saw(sheet, sent=1)
    return True


def recipient(roster: Roster, staff_id: str, excluded: Collection[str]) -> Member:
    """Return a member who may be given a key. Raises `NotDoneError` where something stands against it."""
    member = next((one for one in roster.members if one.staff_id == staff_id), None)
    if member is None:
        raise NotDoneError("grant.nobody", who=staff_id)
    for stands, key in (
        (staff_id in excluded, "grant.kept_from"),
        (not _KEYLESS.isdisjoint(member.roles), "grant.keyless"),
        (member.trained_until < today(), "grant.untrained"),
    ):
        if stands:
            raise NotDoneError(key, who=staff_id)
    return member


def has_refused(case: OpenedCase) -> bool:
    """Tell whether the last that was recorded of the reporter's consent is that they do not agree."""
    consents = [minute for minute in _minutes(case) if minute.kind in _CONSENT]
    # Minutes from before a refusal was a move of its own say it in a word.
    return bool(consents) and (consents[-1].kind == Move.RECORD_NO_CONSENT or "refused" in consents[-1].params)


def _minutes(case: OpenedCase) -> Iterator[Minute]:
    for letter in case.thread.letters:
        if letter.envelope.kind is Kind.NOTE:
            try:
                yield read(Minute, letter.envelope.body)
            except ForgedError:
                continue


def _readers(roster: Roster, compartment: Compartment, held: Holders) -> list[Recipient]:
    """Return who holds a compartment and is still of the organ."""
    ids = {one.holder for one in held.holders if one.compartment.value == compartment.value}
    recovery = [Recoverers(roster.recovery_public)] if RECOVERY in ids else []
    return [*(member for member in roster.members if member.staff_id in ids), *recovery]


def _author(chair: Chair) -> StaffAuthor:
    return StaffAuthor(chair.key.staff_id, chair.key.signing_seed)
