"""The talk as the roster in force makes it: desks and people from the roster, addresses and periods from the settings.

Decides nothing about any report; a roster the talk cannot be held with changes nothing.
"""

from collections.abc import Collection, Mapping

import structlog

from bot.anonymity.roster import Roster
from bot.anonymity.sealing import Compartment
from bot.config import BotSettings
from bot.conversation.catalog import Catalog
from bot.conversation.form import Form, FormFaultyError
from bot.conversation.machine import Machine
from bot.conversation.organ import DeskOffer, OrganCard, Person
from bot.dispatcher.rosters import Rosters

#: Channels in which an answer can be announced although the bot cannot speak there unasked: it shows at the next look.
LOOKED_AT = frozenset({"web", "terminal"})
_log = structlog.get_logger()


class Engines:
    """The talk as the roster in force makes it; built anew only when another roster comes into force."""

    def __init__(
        self, settings: BotSettings, rosters: Rosters, forms: Mapping[str, Form], catalog: Catalog, chats: Collection[str]
    ) -> None:
        """Take what the talk is made of; `chats` names the channels in which the bot can speak unasked."""
        self._settings = settings
        self._rosters = rosters
        self._forms = forms
        self._catalog = catalog
        self._chats = frozenset(chats)
        self._serial: int | None = None
        self._machine = self._built()

    def current(self) -> Machine:
        """Return the talk for the roster in force."""
        roster = self._rosters.current
        if roster is not None and roster.serial != self._serial:
            self._serial = roster.serial
            try:
                self._machine = self._built()
            except FormFaultyError:
                # A desk whose name the talk keeps for itself: people go on with the desks they know.
                _log.error("roster_unfit", serial=roster.serial)
        return self._machine

    def _built(self) -> Machine:
        desks, organ = offers(self._rosters), card(self._settings, self._rosters)
        return Machine(self._forms, self._catalog, desks, organ, LOOKED_AT | self._chats, self._chats)


def offers(rosters: Rosters) -> tuple[DeskOffer, ...]:
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


def card(settings: BotSettings, rosters: Rosters) -> OrganCard:
    """Return what the talk says about the organ."""
    roster = rosters.current
    people = _people(roster) if roster else {}
    leaders = (roster.executive, roster.deputy) if roster else ()
    return OrganCard(
        name=roster.name if roster else {},
        web=settings.shown_url,
        danger=settings.danger_contact,
        addresses=settings.official_page or settings.shown_url.rstrip("/") + "/public/",
        accept_days=settings.accept_days,
        period_days=settings.period_days,
        integrated_desk=roster.integrated_desk if roster else "",
        leaders=tuple(people[who] for who in leaders if who is not None),
    )
