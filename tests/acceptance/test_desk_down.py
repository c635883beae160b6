"""The desk's side may be down when somebody needs it: they are told the truth, and nothing they wrote is lost.

What waits for the desk waits sealed: no key that the bot has opens it any more.
"""

import asyncio

import pytest

from bot.conversation.catalog import load_catalog
from bot.conversation.effects import Text
from tests.support.desk_staff import Staff, replies_of, words_of
from tests.support.remains import Witness, found_in, opened
from tests.support.system import System, eventually
from tests.support.terminal_reporter import TerminalReporter, asked
from tests.support.web_reporter import File, WebReporter

STORY = "Three invoices for the same crane were paid in one week."
FILE = File("crane.txt", b"invoice 17, invoice 18, invoice 19")
ANSWERS = {"story": STORY, "desk": "naibu"}
REPLY = "There is a fourth invoice, from June."


def words(key: str) -> str:
    """A text of the talk as this person reads it."""
    return load_catalog().text("en", Text(key))


def cases(system: System) -> int:
    """How many cases the case store holds."""
    return system.places.cases()


async def the_desk_reads(system: System) -> str:
    """What the desk reads in its one case."""
    sato = Staff(system)
    (number,) = await sato.numbers()
    return words_of(await sato.open(number))


def nothing_is_readable(system: System, witness: Witness) -> None:
    """Neither what is stored now nor what was stored before gives the words away, not even with the bot's key."""
    revealed = opened(system.places, system.keys)
    assert found_in(revealed, {"story": STORY, "file": FILE.data.decode(), "file name": FILE.name}) == []
    assert witness.still_in(system.places, system.keys, STORY) == 0


async def hand_over_while_down(system: System) -> TerminalReporter:
    """Write a report, lose the desk, hand over all the same."""
    person = TerminalReporter(system.talk_socket)
    await person.walk(ANSWERS, until="files")
    await person.attach(*FILE)
    await person.walk(ANSWERS)
    await system.stop_backend()
    await person.choose("hand_over")
    return person


async def test_a_report_handed_over_while_the_desk_is_down_waits_sealed(system: System, witness: Witness) -> None:
    """The person is told; the draft is gone from the bot for good; no token is shown for a case that is not there."""
    person = await hand_over_while_down(system)
    assert asked(person.screen) == "waiting"
    assert person.screen.waiting
    assert words("question.waiting.prompt") in person.text
    assert person.token == ""
    nothing_is_readable(system, witness)


async def test_a_waiting_report_goes_over_by_itself(system: System) -> None:
    """Once the desk is back it has the report without anyone's doing, and the token is there at the next look."""
    person = await hand_over_while_down(system)
    await system.start_backend()
    await eventually(lambda: cases(system) == 1)
    await eventually_shown(person)
    assert STORY in await the_desk_reads(system)
    assert await Staff(system).save((await Staff(system).numbers())[0], system.data / "saved") == [FILE.data]


async def eventually_shown(person: TerminalReporter | WebReporter) -> None:
    """Look until a token is shown."""
    for _ in range(200):
        await person.look()
        if person.token:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("no token came")


@pytest.mark.parametrize("days", [0, 4])
async def test_a_waiting_report_outlives_a_restart_and_days_of_silence(system: System, days: int) -> None:
    """A draft lives a day and a token three; a report that waits for the desk lives as long as it waits."""
    person = await hand_over_while_down(system)
    await system.stop_bot()
    system.clock.let_pass(days=days)
    await system.start_bot()
    assert asked(await person.look()) == "waiting"
    await system.start_backend()
    await eventually(lambda: cases(system) == 1)
    await eventually_shown(person)
    assert asked(person.screen) == "saved"
    assert STORY in await the_desk_reads(system)


@pytest.mark.parametrize("line", ["1", "check again", "back", "skip", "cancel"])
async def test_a_line_typed_while_waiting_never_throws_away_a_token_that_came_meanwhile(
    system: System, line: str
) -> None:
    """A number means what stands beside it on the screen that the person sees, not on the one that came meanwhile."""
    person = await hand_over_while_down(system)
    await system.start_backend()
    await eventually(lambda: cases(system) == 1)
    await eventually(lambda: not waiting_parcels(system))
    await person.say(line)
    assert asked(person.screen) == "saved"
    assert person.token in person.text
    assert person.token


def waiting_parcels(system: System) -> int:
    """How many sealed reports the bot knows not to have arrived."""
    return system.places.count("waiting")


async def test_on_the_web_too_a_report_waits_and_its_token_comes(system: System, witness: Witness) -> None:
    """The page says what is going on, looks again by itself without a script, and shows the token when it is there."""
    person = WebReporter(system.url)
    await person.walk(ANSWERS, files=[FILE])
    await system.stop_backend()
    page = await person.choose("hand_over")
    assert 'http-equiv="refresh"' in page.html
    assert person.token == ""
    nothing_is_readable(system, witness)
    await system.start_backend()
    await eventually_shown(person)
    assert STORY in await the_desk_reads(system)


async def test_a_token_shown_while_the_desk_is_down_is_answered_with_the_truth(system: System) -> None:
    """The person is told that the inbox cannot be reached now; their draft of something else is not touched."""
    person = TerminalReporter(system.talk_socket)
    token = await person.report(ANSWERS)
    await person.walk({"story": REPLY, "desk": "naibu"})
    await system.stop_backend()
    await person.come_back(token)
    assert words("inbox.unreachable") in person.text
    await system.start_backend()
    await person.come_back(token)
    assert asked(person.screen) == "inbox"
    await person.choose("close")
    assert asked(person.screen) == "summary"
    assert REPLY in person.text


async def test_a_reply_written_while_the_desk_is_down_keeps_its_words(system: System) -> None:
    """It is not sent, which is said; sent again later it arrives once and whole."""
    person = TerminalReporter(system.talk_socket)
    await person.come_back(await person.report(ANSWERS))
    await system.stop_backend()
    await person.say(REPLY)
    await person.say("/done")
    assert words("reply.unreachable") in person.text
    assert REPLY in person.text
    await system.start_backend()
    await person.say("/done")
    sato = Staff(system)
    (number,) = await sato.numbers()
    assert replies_of(await sato.open(number)) == [REPLY]
