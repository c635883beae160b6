"""A new token while the desk is away, while another device writes, and after another device was quicker."""

import pytest

from bot.anonymity.references import read_token
from bot.anonymity.token_keys import keys_of
from tests.support.system import System
from tests.support.terminal_reporter import TerminalReporter, asked

REPORT = {"story": "The fire doors are locked.", "desk": "naibu"}


@pytest.fixture
async def person(system: System) -> TerminalReporter:
    """Somebody with an open inbox."""
    reporter = TerminalReporter(system.talk_socket)
    await reporter.report(REPORT)
    await reporter.come_back(reporter.token)
    return reporter


async def test_a_new_token_comes_when_the_desk_is_back(system: System, person: TerminalReporter) -> None:
    """What is not known is said; the chat keeps the new token until it is, through a restart of the bot as well."""
    old = person.token
    await person.say("/newtoken")
    await system.stop_backend()
    await person.choose("yes")
    assert "not known whether your token has been replaced" in person.text
    assert person.token == old
    await person.say("/token")
    assert "being replaced" in person.text
    await system.stop_bot()
    await system.start_backend()
    await system.start_bot()
    await person.look()
    assert person.token != old
    await person.choose("saved")
    assert asked(person.screen) == "inbox"


async def test_a_letter_sent_meanwhile_is_not_written_over(system: System, person: TerminalReporter) -> None:
    """The other device had the newer card; the token is replaced on top of it."""
    old = person.token
    other = TerminalReporter(system.talk_socket)
    await other.come_back(old)
    await other.say("/language")
    await other.choose("en")
    await other.say("It is still so.")
    await other.say("/done")
    assert "Sent to the desk" in other.text
    await person.say("/newtoken")
    await person.choose("yes")
    assert person.token != old
    await person.choose("saved")
    assert asked(person.screen) == "inbox"


async def test_the_slower_of_two_devices_gets_no_token(system: System, person: TerminalReporter) -> None:
    """One new token is enough; nothing is shown that opens nothing."""
    old = person.token
    other = TerminalReporter(system.talk_socket)
    await other.come_back(old)
    await other.say("/newtoken")
    await person.say("/newtoken")
    await person.choose("yes")
    await other.say("1")
    assert "Nothing opens with that token" in other.text
    assert other.token == ""
    assert keys_of(read_token(person.token)) != keys_of(read_token(old))
