"""Handing a report over: everything of it sealed in one go, ready to be stored, with no key left behind.

Fresh key pairs for facts, identity and masked; facts and identity signed by the token's key; seeds granted to the seats
of the route by what each seat may open. A seed that no seat of the route may have goes to the recovery key, so that
none is lost. Refuses nothing: where it can go was decided in `routing`.
"""

from collections.abc import Iterator, Mapping

import msgspec

from bot.anonymity.attachments import PlainFile, SealedContent, attach
from bot.anonymity.card import CaseCard, lock_card
from bot.anonymity.grants import Grant, Granter, SealedGrant, seal_grant
from bot.anonymity.hidden import Hidden
from bot.anonymity.letters import Facts, FileKey, Identity, read, write
from bot.anonymity.references import ReferenceToken
from bot.anonymity.roster import RECOVERY, Roster, counsel, overseers
from bot.anonymity.routing import Escalation, NobodyLeft, Route, routes
from bot.anonymity.sealing import Binding, Compartment, Direction, new_seed, public_key, seal
from bot.anonymity.signing import BEGINNING, REPORTER, Audience, Envelope, Kind, letter_hash, sign, signing_public
from bot.anonymity.token_keys import TokenKeys, keys_of

__all__ = [
    "NobodyLeft",
    "ReportContent",
    "Route",
    "SealedGrant",
    "SealedPart",
    "SealedReport",
    "decode_parcel",
    "encode_parcel",
    "routes",
    "seal_report",
]


class ReportContent(Hidden, frozen=True, kw_only=True):
    """A report as the person confirmed it."""

    form: int
    facts: dict[str, str | list[str]]
    identity: dict[str, str] = msgspec.field(default_factory=dict)
    language: str
    channel: str
    #: staff ids
    excluded: list[str] = msgspec.field(default_factory=list)
    files: list[PlainFile] = msgspec.field(default_factory=list)
    #: files sealed earlier, while the report was written; their ciphertexts travel by themselves
    sealed_files: list[FileKey] = msgspec.field(default_factory=list)
    #: the reporter marked danger: said in the sealed facts, and seen by whoever carries it, for staff see it at once
    danger: bool = False
    #: the desk that was chosen first, when nobody there may read this
    unread_by_desk: str = ""
    #: written down by staff, who may have seen the token
    provisional: bool = False
    #: which form was filled in
    flow: str = "report"
    #: what the case is about; said in clear, since it decides what is owed
    kind: str = "report"
    #: wordings of questions and options that are the organ's own
    labels: dict[str, str] = msgspec.field(default_factory=dict)


class SealedPart(msgspec.Struct, frozen=True):
    """One sealed letter of a compartment."""

    compartment: str
    part_id: str
    ciphertext: bytes


class SealedReport(msgspec.Struct, frozen=True, kw_only=True):
    """All that leaves the bot at hand-over. It may wait in the bot's store: fields may be added, none renamed."""

    organ: str
    submission: str
    desk: str | None
    locator: bytes
    card: bytes
    parts: tuple[SealedPart, ...]
    grants: tuple[SealedGrant, ...]
    files: tuple[SealedContent, ...]
    escalation: Escalation
    #: the reporter marked danger, so this is not held for the next batch; all that is said of the content in clear
    at_once: bool = False
    #: the executive, or the deputy when the executive is excluded; none where both are
    overseer: str | None = None
    #: the deputy, while the executive who oversees is away; none where the case is kept from them
    stand_in: str | None = None
    #: what the case is about
    kind: str = "report"
    #: outside counsel who hear of concerns beside the overseer, without a key; nobody the case is kept from
    counsel: tuple[str, ...] = ()


def seal_report(
    report: ReportContent,
    token: ReferenceToken,
    roster: Roster,
    route: Route,
    submission: str,
    mailbox: str | None = None,
) -> SealedReport:
    """Seal a whole report. The seeds are forgotten on return; only the holders of the grants have them."""
    keys = keys_of(token)
    seeds = {compartment: new_seed() for compartment in Compartment}
    publics = {compartment: public_key(seed) for compartment, seed in seeds.items()}
    file_keys, contents = attach(report.files)
    granter = Granter(roster.organ, submission, REPORTER, keys.signing_seed)
    letters = _letters(report, keys, granter, [*report.sealed_files, *file_keys])
    overseer, stand_in = overseers(roster, report.excluded)
    return SealedReport(
        organ=roster.organ,
        submission=submission,
        desk=route.desk,
        locator=keys.locator,
        card=lock_card(_card(granter, route, publics, letters, report, mailbox), keys.card_key),
        parts=tuple(_part(granter, publics, compartment, letter) for compartment, letter in letters.items()),
        grants=tuple(_grants(granter, roster, route, seeds)),
        files=contents,
        escalation=route.escalation,
        overseer=overseer,
        stand_in=stand_in,
        at_once=report.danger,
        kind=report.kind,
        counsel=counsel(roster, report.excluded),
    )


def encode_parcel(report: SealedReport) -> bytes:
    """Encode for the bot's store."""
    return write(report)


def decode_parcel(parcel: bytes) -> SealedReport:
    """Decode what `encode_parcel` made; raises `ForgedError` on anything else."""
    return read(SealedReport, parcel)


def _letters(
    report: ReportContent, keys: TokenKeys, granter: Granter, file_keys: list[FileKey]
) -> dict[Compartment, bytes]:
    facts = Facts(
        form=report.form,
        answers=report.facts,
        language=report.language,
        channel=report.channel,
        sealing_public=public_key(keys.sealing_seed),
        signing_public=signing_public(keys.signing_seed),
        excluded=report.excluded,
        files=file_keys,
        danger=report.danger,
        unread_by_desk=report.unread_by_desk,
        flow=report.flow,
        labels=report.labels,
    )
    letters = {Compartment.FACTS: _signed(granter, Kind.REPORT, Audience.DESK, facts)}
    if report.identity:
        identity = Identity(report.identity)
        letters[Compartment.IDENTITY] = _signed(granter, Kind.IDENTITY, Audience.IDENTITY, identity)
    return letters


def _signed(granter: Granter, kind: Kind, audience: Audience, body: Facts | Identity) -> bytes:
    envelope = Envelope(granter.organ, granter.submission, kind, REPORTER, audience, 0, BEGINNING, write(body))
    return sign(envelope, granter.signing_seed)


def _part(
    granter: Granter, publics: Mapping[Compartment, bytes], compartment: Compartment, letter: bytes
) -> SealedPart:
    # One part a compartment at hand-over, so the compartment's name serves as its id.
    binding = Binding(granter.organ, granter.submission, compartment, Direction.TO_DESK, compartment)
    return SealedPart(compartment, compartment, seal(publics[compartment], letter, binding))


def _card(
    granter: Granter,
    route: Route,
    publics: Mapping[Compartment, bytes],
    letters: Mapping[Compartment, bytes],
    report: ReportContent,
    mailbox: str | None,
) -> CaseCard:
    identity = letters.get(Compartment.IDENTITY)
    return CaseCard(
        organ=granter.organ,
        submission=granter.submission,
        desk=route.desk or "",
        facts_public=publics[Compartment.FACTS],
        identity_public=publics[Compartment.IDENTITY],
        masked_public=publics[Compartment.MASKED],
        counter=0,
        previous=letter_hash(letters[Compartment.FACTS]),
        identity_counter=0 if identity else -1,
        identity_previous=letter_hash(identity) if identity else BEGINNING,
        mailbox=mailbox,
        version=0,
        at_once=report.danger,
        provisional=report.provisional,
        kind=report.kind,
        language=report.language,
    )


def _grants(
    granter: Granter, roster: Roster, route: Route, seeds: Mapping[Compartment, bytes]
) -> Iterator[SealedGrant]:
    placed = set()
    publics = {member.staff_id: member.sealing_public for member in roster.members}
    # A seat whose member left the roster since the route was found has no key to seal to.
    for seat in (seat for seat in route.seats if seat.staff_id in publics):
        for compartment in seat.compartments:
            placed.add(compartment)
            yield seal_grant(granter, Grant(seat.staff_id, compartment, seeds[compartment]), publics[seat.staff_id])
    for compartment in Compartment:
        if compartment not in placed:
            yield seal_grant(granter, Grant(RECOVERY, compartment, seeds[compartment]), roster.recovery_public)
