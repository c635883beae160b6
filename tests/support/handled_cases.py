"""Cases of a hall on their way: what is owed on them, what their reporters find and say, and days that go by."""

import asyncio
from datetime import date, datetime, timedelta, tzinfo
from uuid import uuid4

import pytest

from backend.contract import Alert, Concern, FromReporter, Inbox, Locate, Obligation
from bot.anonymity.card import lock_card, unlock_card
from bot.anonymity.correspondence import write_to_desk
from bot.anonymity.letters import Message
from bot.anonymity.references import read_token
from bot.anonymity.token_keys import keys_of
from madoguchi.wire import open_wire
from tests.support.hall import Filed, Hall
from tests.support.terminal_reporter import TerminalReporter

#: The organ is nine hours ahead of UTC.
_AHEAD = timedelta(hours=9)


def one_time(hall: Hall, patch: pytest.MonkeyPatch) -> None:
    """Let the commands of staff go by the same clock as the system, and the clockwork look at it often."""

    class Moved(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return hall.system.clock.now().astimezone(tz)

    patch.setattr("madoguchi.day.datetime", Moved)
    patch.setattr("backend.scheduler.clockwork._LOOK", 0.05)


def today(hall: Hall) -> date:
    """The day at the organ."""
    return (hall.system.clock.now() + _AHEAD).date()


def until(hall: Hall, day: date) -> None:
    """Let days go by until a day has come, if it has not."""
    hall.system.clock.let_pass(days=max(0, (day - today(hall)).days))


async def owed(hall: Hall, filed: Filed, who: str = "sato") -> dict[Obligation, date]:
    """What is owed on a case, and by when."""
    duties = (await hall.file(filed.number, who)).duties
    return {duty.obligation: duty.due_on for duty in duties if duty.ended_on is None}


async def alerts(hall: Hall, filed: Filed, who: str = "tanaka") -> set[str]:
    """What somebody is told of a case beside its content."""
    found: tuple[Alert, ...] = (await hall.staff(who).inbox()).alerts
    return {alert.what.value for alert in found if alert.case_number == filed.number}


async def comes_to_read(hall: Hall, filed: Filed, words: str, times: int = 1) -> TerminalReporter:
    """Look again until something stands in the inbox so many times; the reporter who has it before them."""
    for _ in range(100):
        person = await hall.comes_back(filed)
        if person.text.count(words) == times:
            return person
        await asyncio.sleep(0.05)
    raise AssertionError(f"it never came: {await hall.reads(filed)}")


async def raise_concern(hall: Hall, filed: Filed, concern: Concern, words: str) -> None:
    """Say something beside the matter itself, with the token, as the bot brings it: in a letter of its own, sealed."""
    keys = keys_of(read_token(filed.token))
    async with open_wire(hall.system.store, hall.system.demo.places.intake.read_text().strip()) as wire:
        found = await wire.ask(Inbox, "POST", "/inbox", Locate(locator=keys.locator))
        message_id = uuid4().hex
        written = write_to_desk(keys, unlock_card(found.card, keys.card_key), message_id, Message(text=words))
        letter = FromReporter(
            locator=keys.locator,
            message_id=message_id,
            ciphertext=written.sealed,
            card=lock_card(written.card, keys.card_key),
            card_version=found.card_version,
            concern=concern,
        )
        await wire.send("POST", "/inbox/letters", letter)
