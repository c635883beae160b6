"""Where a report can go."""

import msgspec

from bot.anonymity.roster import Desk, Roster, Seat
from bot.anonymity.routing import Escalation, NobodyLeft, Route, routes
from bot.anonymity.sealing import Compartment
from tests.support.sealed_organ import TODAY, organ_roster

ROSTER = organ_roster()
WHOLE_MAIN_DESK = ["sato", "mori"]


def went(
    excluded: list[str], desk: str = "main", roster: Roster = ROSTER, *, offer_others: bool = True
) -> tuple[str | None, list[str], str] | tuple[str, ...]:
    """Desk, readers and escalation; or the desks on offer."""
    route = routes(roster, desk, excluded, TODAY, offer_others=offer_others)
    if isinstance(route, NobodyLeft):
        return route.other_desks
    return route.desk, [seat.staff_id for seat in route.seats], route.escalation


def test_a_report_goes_to_the_chosen_desk() -> None:
    """To everyone there who may read it."""
    assert went([]) == ("main", ["sato", "mori"], Escalation.NONE)
    assert went(["sato"]) == ("main", ["mori"], Escalation.NONE)


def test_an_unknown_desk_leads_to_the_integrated_desk() -> None:
    """A desk that closed while the person was writing refuses nobody."""
    assert went([], desk="closed") == ("main", ["sato", "mori"], Escalation.NONE)


def test_a_branch_reads_its_own_reports() -> None:
    """Nobody at the integrated desk is given anything of them."""
    assert went([], desk="north") == ("north", ["kubo"], Escalation.NONE)


def test_when_the_whole_desk_is_conflicted_others_are_offered() -> None:
    """Those that have somebody; counsel is kept for last."""
    assert went(WHOLE_MAIN_DESK) == ("north",)


def test_when_no_desk_is_left_counsel_reads_it() -> None:
    """Or when the person wants none of those on offer."""
    assert went([*WHOLE_MAIN_DESK, "kubo"]) == ("counsel", ["hara"], Escalation.FALLBACK)
    assert went(WHOLE_MAIN_DESK, offer_others=False) == ("counsel", ["hara"], Escalation.FALLBACK)


def test_when_nobody_at_all_is_left_the_recovery_key_has_it() -> None:
    """Counsel excluded too, or an organ without counsel."""
    everybody = [*WHOLE_MAIN_DESK, "kubo", "hara"]
    without_counsel = msgspec.structs.replace(ROSTER, desks=ROSTER.desks[:2], fallback_desk=None)
    assert went(everybody) == (None, [], Escalation.RECOVERY)
    assert went(everybody[:3], roster=without_counsel) == (None, [], Escalation.RECOVERY)


def test_counsel_can_be_chosen_like_any_desk() -> None:
    """That is no escalation."""
    assert went([], desk="counsel") == ("counsel", ["hara"], Escalation.NONE)


def test_a_seat_that_does_not_open_the_facts_is_nobody() -> None:
    """A desk whose only reader sees masked versions cannot take a report."""
    masked_only = Desk("main", {}, "internal", [Seat("sato", [Compartment.MASKED])])
    roster = msgspec.structs.replace(ROSTER, desks=[masked_only, *ROSTER.desks[1:]])
    assert went([], roster=roster) == ("north",)


def test_a_route_says_by_itself_that_nothing_happened() -> None:
    """Escalation is the exception."""
    assert Route("main", ()).escalation is Escalation.NONE
