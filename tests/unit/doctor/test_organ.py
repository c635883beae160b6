"""The organ: pins and threshold, and a roster that is refused, runs out, or lets nobody read."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from bot.anonymity.roster import sign_roster
from bot.anonymity.signing import signing_public
from bot.config import BotSettings
from madoguchi.doctor.findings import Level
from madoguchi.doctor.organ import RENEW_DAYS, in_force, pinned
from tests.support.own_talk import BUDGET, in_roster, style
from tests.support.sealed_organ import ORGAN, TODAY, fixed, organ_roster

Installed = Callable[..., BotSettings]

SIGNERS = [fixed("executive"), fixed("auditor")]
PINS = tuple(map(signing_public, SIGNERS))
ROSTER = organ_roster()


@pytest.mark.parametrize(
    ("pins", "threshold", "found"),
    [
        ((), 1, (Level.FAULT, "doctor.organ.no_pins")),
        (PINS[:1], 2, (Level.FAULT, "doctor.organ.threshold")),
        (PINS, 1, (Level.WARNING, "doctor.organ.one_signature")),
        (PINS, 2, (Level.OK, "doctor.organ.pinned")),
    ],
)
def test_pins_and_threshold_are_looked_at(
    installed: Installed, pins: tuple[bytes, ...], threshold: int, found: tuple[Level, str]
) -> None:
    """Nobody to believe, more signatures than keys, and one pair of hands that is enough."""
    (finding,) = pinned(installed(organ=ORGAN, organ_pins=pins, organ_threshold=threshold))
    assert (finding.level, finding.key) == found


def looked_at(installed: Installed, document: bytes, *, days: int = 0) -> list[tuple[Level, str]]:
    """What is found in a published roster, so many days before it runs out."""
    settings = installed(organ=ORGAN, organ_pins=PINS, organ_threshold=2)
    today = ROSTER.expires - timedelta(days=days)
    return [(finding.level, finding.key) for finding in in_force(document, settings, today)]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (RENEW_DAYS, (Level.OK, "doctor.organ.in_force")),
        (RENEW_DAYS - 1, (Level.WARNING, "doctor.organ.expires")),
        (0, (Level.WARNING, "doctor.organ.expires")),
        (-1, (Level.FAULT, "doctor.organ.expired")),
    ],
)
def test_a_roster_that_runs_out_is_named_in_time(installed: Installed, days: int, found: tuple[Level, str]) -> None:
    """A month before as a warning, afterwards as a fault."""
    assert looked_at(installed, sign_roster(ROSTER, SIGNERS), days=days)[0] == found


def test_a_roster_that_is_not_believed_is_a_fault(installed: Installed) -> None:
    """Too few signatures, or bytes that are none of ours."""
    refused = [(Level.FAULT, "doctor.organ.refused")]
    assert looked_at(installed, sign_roster(ROSTER, SIGNERS[:1])) == refused
    assert looked_at(installed, b"something else") == refused


def test_a_desk_at_which_nobody_may_read_is_named(installed: Installed) -> None:
    """Its reports would go elsewhere, and the desk would not know why it is so quiet."""
    untrained = [msgspec.structs.replace(one, trained_until=TODAY - timedelta(days=1)) for one in ROSTER.members]
    roster = msgspec.structs.replace(ROSTER, members=untrained)
    settings = installed(organ=ORGAN, organ_pins=PINS, organ_threshold=2)
    found = [finding.key for finding in in_force(sign_roster(roster, SIGNERS), settings, TODAY)]
    assert found.count("doctor.organ.nobody") == len(roster.desks)
    fine = [finding.key for finding in in_force(sign_roster(ROSTER, SIGNERS), settings, TODAY)]
    assert fine[-1] == "doctor.organ.desks"


def test_a_talk_that_does_not_fit_the_bot_is_named(installed: Installed) -> None:
    """People are asked the standard questions, and the organ would not know why."""
    settings = installed(organ=ORGAN, organ_pins=PINS, organ_threshold=2)
    roster = msgspec.structs.replace(ROSTER, talk=in_roster(style(msgspec.structs.replace(BUDGET, after="gone"))))
    found = in_force(sign_roster(roster, SIGNERS), settings, TODAY)[-1]
    assert (found.level, found.key) == (Level.WARNING, "doctor.organ.talk")
