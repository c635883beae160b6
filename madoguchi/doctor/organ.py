"""The organ: that its keys are pinned, and that a roster which they have signed is in force and lets somebody read."""

from collections.abc import Iterator
from datetime import date

from bot.anonymity.errors import RosterRefusedError
from bot.anonymity.roster import Roster, eligible, verify_roster
from bot.config import BotSettings
from bot.conversation.catalog import load_catalog
from bot.conversation.dressing import dressed
from bot.conversation.forms import load_forms
from madoguchi.doctor.findings import Finding, either, fault, ok, warning

#: Days before the end of a roster from which on `organ apply` renews it.
RENEW_DAYS = 30


def pinned(settings: BotSettings) -> list[Finding]:
    """Look at whose signatures are believed."""
    pins, threshold = len(settings.organ_pins), settings.organ_threshold
    if not pins:
        return [fault("doctor.organ.no_pins")]
    if threshold > pins:
        return [fault("doctor.organ.threshold", threshold=threshold, pins=pins)]
    if threshold == 1:
        return [warning("doctor.organ.one_signature", organ=settings.organ)]
    return [ok("doctor.organ.pinned", organ=settings.organ, threshold=threshold, pins=pins)]


def in_force(document: bytes, settings: BotSettings, today: date) -> list[Finding]:
    """Look at a published roster as the bot would."""
    try:
        roster = verify_roster(document, settings.organ_pins, settings.organ_threshold, 0, None, settings.organ)
    except RosterRefusedError as refused:
        return [fault("doctor.organ.refused", reason=refused.reason)]
    desks = either(list(_desks(roster, today)), lambda: ok("doctor.organ.desks"))
    return [_expiry(roster, today), *desks, *_talk(roster)]


def _expiry(roster: Roster, today: date) -> Finding:
    if today > roster.expires:
        return fault("doctor.organ.expired", day=roster.expires)
    if (roster.expires - today).days < RENEW_DAYS:
        return warning("doctor.organ.expires", serial=roster.serial, day=roster.expires)
    return ok("doctor.organ.in_force", serial=roster.serial, day=roster.expires)


def _talk(roster: Roster) -> Iterator[Finding]:
    """What another version has signed may not fit this one; the bot then talks as it comes."""
    left_out = dressed(roster.talk, load_forms(), load_catalog()).misfits
    if left_out:
        yield warning("doctor.organ.talk", count=left_out)


def _desks(roster: Roster, today: date) -> Iterator[Finding]:
    for desk in roster.desks:
        if not eligible(roster, desk.desk_id, (), today):
            yield warning("doctor.organ.nobody", desk=desk.desk_id)
