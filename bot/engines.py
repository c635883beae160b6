"""The talk as the roster in force makes it: desks, people, the organ's own texts and questions, what it promises today.

Addresses come from the settings. Decides nothing about any report; a roster the talk cannot be held with changes
nothing, and own texts or questions that do not fit this version are left out.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from bot.anonymity.roster import Roster
from bot.anonymity.sealing import Compartment
from bot.config import BotSettings
from bot.conversation.catalog import Catalog
from bot.conversation.dressing import Dressed, dressed
from bot.conversation.form import Form, FormFaultyError
from bot.conversation.house_style import HouseStyle
from bot.conversation.machine import Machine
from bot.conversation.organ import DeskOffer, OrganCard, Person
from bot.conversation.promises import laws_ahead, laws_on, promised_on
from bot.ports.world import Clock

#: Channels in which an answer can be announced although the bot cannot speak there unasked: it shows at the next look.
LOOKED_AT = frozenset({"web", "terminal"})
_log = structlog.get_logger()


class InForce(Protocol):
    """Whatever knows which roster is in force."""

    @property
    def current(self) -> Roster | None:
        """The roster; none before the first one was seen."""


class Engines:
    """The talk as the roster in force makes it; built anew when another roster comes into force, and each day."""

    def __init__(
        self,
        settings: BotSettings,
        rosters: InForce,
        forms: Mapping[str, Form],
        catalog: Catalog,
        chats: Collection[str],
        clock: Clock,
        speak: Callable[[Catalog], None] = lambda _: None,
    ) -> None:
        """Take what the talk is made of; `chats` names the channels in which the bot can speak unasked.

        `speak` is called with the texts whenever they become others.
        """
        self._settings = settings
        self._rosters = rosters
        self._forms = forms
        self._catalog = catalog
        self._chats = frozenset(chats)
        self._clock = clock
        self._speak = speak
        self._serial: int | None = None
        self._dressed = Dressed(forms, catalog, HouseStyle())
        self._today = ""
        self._machine = self._built()

    @property
    def is_well(self) -> bool:
        """Whether all that the organ set of the talk is asked and said."""
        return not self._dressed.misfits

    def current(self) -> Machine:
        """Return the talk for the roster in force, as it is today."""
        roster = self._rosters.current
        if roster is not None and (roster.serial != self._serial or self._day() != self._today):
            is_new, self._serial, self._today = roster.serial != self._serial, roster.serial, self._day()
            try:
                self._machine = self._built(roster if is_new else None)
            except FormFaultyError:
                # A desk whose name the talk keeps for itself: people go on with the desks they know.
                _log.error("roster_unfit", serial=roster.serial)
        return self._machine

    def organ(self) -> OrganCard:
        """Return what is said of the organ today."""
        return self.current().house.organ

    def _day(self) -> str:
        return self._clock.now().astimezone(_zone(self._dressed.style.time_zone)).date().isoformat()

    def _built(self, roster: Roster | None = None) -> Machine:
        if roster is not None:
            self._dressed = dressed(roster.talk, self._forms, self._catalog)
            self._today = self._day()
            if self._dressed.misfits:
                _log.error("talk_unfit", serial=roster.serial, misfits=self._dressed.misfits)
        desks, organ = offers(self._rosters), card(self._settings, self._rosters, self._dressed.style, self._day())
        machine = Machine(
            self._dressed.forms, self._dressed.catalog, desks, organ, LOOKED_AT | self._chats, self._chats
        )
        self._speak(self._dressed.catalog)
        return machine


def _zone(name: str) -> ZoneInfo:
    """The organ's own time, by which a law comes into force there."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def offers(rosters: InForce) -> tuple[DeskOffer, ...]:
    """Return the desks of the roster in force with their staff; none before the first roster."""
    roster = rosters.current
    if roster is None:
        return ()
    people = _people(roster)
    return tuple(
        DeskOffer(
            desk.desk_id,
            desk.kind,
            desk.name,
            staff=tuple(people[seat.staff_id] for seat in desk.seats),
            readers=tuple(seat.staff_id for seat in desk.seats if Compartment.FACTS in seat.compartments),
        )
        for desk in roster.desks
    )


def _people(roster: Roster) -> dict[str, Person]:
    return {one.staff_id: Person(one.staff_id, one.name, one.reading) for one in roster.members}


def card(settings: BotSettings, rosters: InForce, style: HouseStyle, today: str) -> OrganCard:
    """Return what the talk says about the organ on a day."""
    roster = rosters.current
    people = _people(roster) if roster else {}
    leaders = (roster.executive, roster.deputy) if roster else ()
    public = settings.shown_url.rstrip("/") + "/public/"
    return OrganCard(
        name=roster.name if roster else {},
        web=settings.shown_url,
        danger=settings.danger_contact,
        addresses=settings.official_page or public,
        public=public,
        promises=promised_on(style.promises, today),
        laws=laws_on(style.laws, today),
        laws_ahead=laws_ahead(style.laws, today),
        rules=style.rules,
        draft_hours=settings.draft_hours,
        integrated_desk=roster.integrated_desk if roster else "",
        approach_desk=(roster.approach_desk or "") if roster else "",
        leaders=tuple(people[who] for who in leaders if who is not None),
    )
