"""The talk as the roster in force makes it."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from bot.anonymity.roster import Roster
from bot.config import read_settings
from bot.conversation.catalog import Catalog
from bot.conversation.effects import Text
from bot.conversation.house_style import HouseStyle
from bot.conversation.promises import Law, Promise
from bot.engines import Engines
from tests.support.outside import SetClock
from tests.support.own_talk import BUDGET, in_roster, style
from tests.support.sealed_organ import organ_roster
from tests.support.talk import CATALOG, FORMS


class InForce:
    """The roster in force, which a test changes."""

    def __init__(self, roster: Roster | None = None) -> None:
        self.current = roster


class Made:
    """Engines over a roster, with what they said their texts are."""

    def __init__(self, own: HouseStyle | None = None, now: str = "2026-11-30T12:00:00+00:00") -> None:
        self.rosters = InForce(roster_with(own) if own else None)
        self.clock = SetClock()
        self.clock.time = datetime.fromisoformat(now)
        self.spoken: list[Catalog] = []
        settings = read_settings(public_url="https://talk.example/")
        self.engines = Engines(settings, self.rosters, FORMS, CATALOG, (), self.clock, self.spoken.append)


def roster_with(own: HouseStyle, serial: int = 7) -> Roster:
    """The small organ's roster with a talk of its own."""
    return replace(organ_roster(), talk=in_roster(own), serial=serial)


def test_the_organs_own_questions_are_asked_and_its_texts_said() -> None:
    """From the moment on at which the roster comes into force."""
    made = Made()
    assert "budget" not in made.engines.current().house.books["report"].question
    made.rosters.current = roster_with(style(BUDGET))
    assert "budget" in made.engines.current().house.books["report"].question
    assert made.spoken[-1].text("en", Text("question.budget.label")) == "Budget line"
    assert made.engines.is_well


def test_a_style_that_does_not_fit_rings_the_alarm_and_the_talk_goes_on() -> None:
    """Whoever runs the bot looks; nobody is turned away."""
    made = Made(style(replace(BUDGET, after="gone")))
    machine = made.engines.current()
    assert "budget" not in machine.house.books["report"].question
    assert machine.house.catalog is CATALOG
    assert not made.engines.is_well


def test_the_alarm_is_silent_again_once_a_roster_fits() -> None:
    """The next one is looked at anew."""
    made = Made(style(replace(BUDGET, after="gone")))
    made.engines.current()
    made.rosters.current = roster_with(style(BUDGET), serial=8)
    made.engines.current()
    assert made.engines.is_well


def test_the_same_talk_serves_everyone_until_something_changes() -> None:
    """Nothing is built anew for every message."""
    made = Made(style(BUDGET))
    assert made.engines.current() is made.engines.current()


def test_a_law_comes_into_force_at_midnight_in_the_organs_own_time() -> None:
    """Fifteen hours UTC is midnight in Tokyo; the periods of a new edition begin then, too."""
    law = Law("presumption", "2026-12-01", "jp_presumption_2025")
    finish = (Promise("2006-04-01", (90,)), Promise("2026-12-01", (60,)))
    own = replace(style(), laws=(law,), promises={"finish": finish}, time_zone="Asia/Tokyo")
    made = Made(own, "2026-11-30T14:59:00+00:00")
    assert (made.engines.organ().laws, made.engines.organ().promises["finish"].counts) == ({}, (90,))
    made.clock.time = made.clock.time.replace(hour=15, minute=0)
    assert made.engines.organ().laws == {"presumption": "jp_presumption_2025"}
    assert made.engines.organ().promises["finish"].counts == (60,)


@pytest.mark.parametrize("zone", ["Atlantis/Center", "../../etc/passwd", ""])
def test_an_unknown_time_zone_is_universal_time(zone: str) -> None:
    """A report is never refused over a clock."""
    made = Made(replace(style(), time_zone=zone))
    assert made.engines.current().house.organ.web == "https://talk.example/"


def test_a_desk_that_takes_a_name_of_the_talk_leaves_the_talk_as_it_was() -> None:
    """People go on with the desks they know."""
    made = Made(style(BUDGET))
    before = made.engines.current()
    roster = roster_with(style(BUDGET), serial=8)
    made.rosters.current = replace(roster, desks=[replace(roster.desks[0], desk_id="unsure")])
    assert made.engines.current() is before
