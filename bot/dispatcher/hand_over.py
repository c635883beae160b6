"""Handing a report over, in two acts: seal it and keep it as a parcel; then take the parcel to the desk.

After the first act the draft's words are gone and only its readers' keys open the report. The token is made here and
shown only when the case is committed. Whatever goes wrong in the second act, the parcel stays and is taken again,
without expiry.
"""

import msgspec
from msgspec.structs import asdict, replace

from bot.anonymity.boxes import lock, unlock
from bot.anonymity.handover import ReportContent, SealedReport, decode_parcel, encode_parcel, seal_report
from bot.anonymity.letters import FileKey
from bot.anonymity.references import ReferenceToken, new_token
from bot.anonymity.roster import Roster
from bot.anonymity.routing import Escalation, NobodyLeft, Route, routes
from bot.conversation.draft import emptied
from bot.conversation.effects import HandOver
from bot.conversation.events import DeskUnreachable, Event, FileRef, HandedOver
from bot.conversation.events import NobodyLeft as NobodyLeftThere
from bot.conversation.file_choices import staying, travelling
from bot.conversation.report import Report, report_of
from bot.dispatcher.context import Context, Outcome, Place
from bot.dispatcher.files import bring_files
from bot.dispatcher.record import Deliver, Talk
from bot.ports.desk import DeskError
from bot.ports.storing import Changes, Parcel

#: An unconfirmed token is kept this long from the moment its case is committed (72 hours at the most), then given up.
TOKEN_SECONDS = 72 * 3600
_LABEL = b"parcel/1:"
#: Whose files are those that the person did not choose.
LEFT_BEHIND = b"left/1:"


class Arrived(msgspec.Struct, frozen=True):
    """What is left of a parcel that the desk has: which desk, and who can open it."""

    desk: str
    escalation: str
    #: The day of receipt, as ISO 8601.
    received_on: str = ""


async def seal(context: Context, talk: Talk, act: HandOver, _place: Place) -> Outcome:
    """Seal the draft to those who may read it and keep it as a parcel; ask the person when nobody at the desk may."""
    roster = context.rosters.current
    if roster is None:
        return Outcome(event=DeskUnreachable(sealed=False))
    session = talk.record.session
    report = report_of(context.engine().house, session)
    route = _route(context, roster, act, report)
    if isinstance(route, NobodyLeft):
        return Outcome(event=NobodyLeftThere(route.other_desks))
    token = new_token()
    submission = context.chance.bytes(16).hex()
    sealed = seal_report(_content(report, act), token, roster, route, submission)
    if sealed.desk is None:
        sealed = replace(sealed, desk=act.desk or roster.integrated_desk)
    return _kept(context, talk, sealed, token)


async def deliver(context: Context, talk: Talk, act: Deliver, _place: Place) -> Outcome:
    """Take the parcel to the desk at once; when that fails it waits, and the rounds take it later."""
    outcome = await collect(context, talk)
    if outcome is not None:
        return outcome
    parcel = await context.store.parcel(act.parcel)
    arrived = await take(context, parcel) if parcel is not None else None
    if arrived is None:
        return Outcome(event=DeskUnreachable(sealed=True))
    return _arrived(context, talk, arrived)


async def take(context: Context, parcel: Parcel) -> Arrived | None:
    """Bring a parcel to the desk; None when the desk cannot take it now. Safe to repeat, also at the same time."""
    report = decode_parcel(unlock(context.key, parcel.box, _LABEL + parcel.parcel_id.encode()))
    try:
        file_ids = [file_id for file_id, _ in report.files]
        await bring_files(context, file_ids)
        receipt = await context.desk.hand_over(report, file_ids)
    except DeskError:
        return None
    return Arrived(desk=report.desk or "", escalation=report.escalation, received_on=receipt.received_on)


async def collect(context: Context, talk: Talk) -> Outcome | None:
    """Tell a talk that waits what became of its parcel meanwhile; None when it still waits."""
    parcel = await context.store.parcel(talk.record.session.submission)
    if parcel is None or not parcel.arrived:
        return None
    box = unlock(context.key, parcel.box, _LABEL + parcel.parcel_id.encode())
    return _arrived(context, talk, msgspec.msgpack.decode(box, type=Arrived))


async def mark_arrived(context: Context, parcel: Parcel, arrived: Arrived) -> None:
    """Note that the desk has a parcel: report and files go, and the talk that waits has 72 hours from now."""
    box = lock(context.key, msgspec.msgpack.encode(arrived), _LABEL + parcel.parcel_id.encode())
    await context.store.commit(
        Changes(
            settle_parcels=(replace(parcel, arrived=True, box=box),),
            drop_files_of=(parcel.parcel_id.encode(),),
            expire=((parcel.owner, context.hour_after(TOKEN_SECONDS)),),
            durable=True,
        )
    )


def _route(context: Context, roster: Roster, act: HandOver, report: Report) -> Route | NobodyLeft:
    if context.rosters.expired():
        return Route(None, (), Escalation.RECOVERY)
    return routes(roster, act.desk, report.excluded, context.rosters.today(), offer_others=not act.anyone)


def _content(report: Report, act: HandOver) -> ReportContent:
    return ReportContent(
        form=report.form,
        flow=report.flow,
        kind=report.kind,
        facts=report.facts,
        labels=report.labels,
        identity=report.identity,
        language=report.language,
        channel=report.channel,
        excluded=list(report.excluded),
        sealed_files=[file_key(ref) for ref in report.files],
        danger=report.danger,
        unread_by_desk=report.desk if report.desk != act.desk else "",
    )


def file_key(ref: FileRef) -> FileKey:
    """Give the letter's form of a file reference: its own fields, apart so that the talk knows nothing of sealing."""
    return FileKey(**{name: value for name, value in asdict(ref).items() if name in FileKey.__struct_fields__})


def _kept(context: Context, talk: Talk, sealed: SealedReport, token: ReferenceToken) -> Outcome:
    session = talk.record.session
    parcel_id = sealed.submission
    going = travelling(session.files)
    sealed = replace(sealed, files=tuple((ref.file_id, b"") for ref in going))
    left = LEFT_BEHIND + parcel_id.encode()
    box = lock(context.key, encode_parcel(sealed), _LABEL + parcel_id.encode())
    return Outcome(
        session=replace(emptied(session), submission=parcel_id, token=token.text),
        changes=Changes(
            put_parcels=(Parcel(parcel_id=parcel_id, owner=talk.name, arrived=False, box=box),),
            # What stays goes in the same write: to an owner of its own, whose files are dropped.
            hand_files=(
                *((ref.file_id, parcel_id.encode()) for ref in going),
                *((file_id, left) for file_id in staying(session.files)),
            ),
            drop_files_of=(left,),
            durable=True,
            forgets=True,
        ),
        then=(Deliver(parcel_id),),
    )


def _arrived(context: Context, talk: Talk, arrived: Arrived) -> Outcome:
    until = context.hour_after(TOKEN_SECONDS)
    talk.record = replace(talk.record, token_until=until, received_on=arrived.received_on)
    submission = talk.record.session.submission
    event: Event = HandedOver(desk=arrived.desk, escalation=arrived.escalation)
    return Outcome(
        event=event,
        changes=Changes(drop_parcels=(submission,), drop_files_of=(submission.encode(),), durable=True),
    )
