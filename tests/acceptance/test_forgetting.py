"""What a person takes back is gone from the bot at once: words, files and addresses, from the disk as from sight.

Whoever seizes the machine afterwards, with the bot's key, finds nothing of it. What was handed over stays at the desk.
"""

from tests.support.desk_staff import Staff
from tests.support.places import Kind
from tests.support.remains import Witness, found_in, opened
from tests.support.system import System, eventually
from tests.support.terminal_reporter import TerminalReporter, asked

STORY = "The inspector was given a holiday in Okinawa."
REPLY = "And his wife was given one, too."
REPORT = {"story": STORY, "desk": "naibu"}


def kept(system: System, kind: Kind) -> int:
    """How many things of a kind the bot's store has."""
    return system.places.count(kind)


def is_gone(system: System, witness: Witness, words: str) -> None:
    """Neither now nor in what was stored earlier can these words be read."""
    assert found_in(opened(system.places, system.keys), {"words": words}) == []
    assert witness.still_in(system.places, system.keys, words) == 0


async def test_a_draft_that_is_thrown_away_is_gone_with_its_files(system: System, witness: Witness) -> None:
    """As soon as the person is told so."""
    person = TerminalReporter(system.talk_socket)
    await person.walk(REPORT, until="files")
    await person.attach("holiday.txt", b"a boarding pass")
    await person.say("/cancel")
    await person.choose("yes")
    assert asked(person.screen) == "menu"
    is_gone(system, witness, STORY)
    assert kept(system, "files") == 0


async def test_a_reply_that_is_thrown_away_is_gone_with_its_files(system: System, witness: Witness) -> None:
    """The draft beside it, if there is one, is not touched."""
    token = await TerminalReporter(system.talk_socket).report(REPORT)
    person = TerminalReporter(system.talk_socket)
    await person.walk({"story": "Another matter.", "desk": "gaibu"}, until="files")
    await person.attach("other.txt", b"of another matter")
    await person.walk({"desk": "gaibu"})
    await person.come_back(token)
    await person.say(REPLY)
    await person.attach("holiday.txt", b"a boarding pass")
    assert kept(system, "files") == 2
    await person.say("/cancel")
    await person.choose("yes")
    is_gone(system, witness, REPLY)
    assert kept(system, "files") == 1


async def test_a_chat_that_is_forgotten_leaves_no_address(system: System, witness: Witness) -> None:
    """The case stays, and its token stays good; where its reporter can be reached, nobody knows any more."""
    person = TerminalReporter(system.talk_socket)
    token = await person.report(REPORT)
    await person.come_back(token)
    await person.choose("told_on")
    assert kept(system, "relay") == 1
    await person.say(REPLY)
    await person.say("/back")
    await person.choose("forget")
    await person.choose("yes")
    assert kept(system, "relay") == 0
    assert kept(system, "talks") == 0
    is_gone(system, witness, REPLY)
    sato = Staff(system)
    await sato.answer((await sato.numbers())[0], "Thank you.")
    again = TerminalReporter(system.talk_socket)
    await again.come_back(token)
    assert "Thank you." in again.text


async def test_a_draft_that_nobody_comes_back_to_is_gone_after_a_day(system: System, witness: Witness) -> None:
    """And the key under which its chat was named, with which an address could be looked for, goes too."""
    person = TerminalReporter(system.talk_socket)
    await person.walk(REPORT, until="files")
    await person.attach("holiday.txt", b"a boarding pass")
    system.clock.let_pass(hours=25)
    await eventually(lambda: kept(system, "talks") == 0)
    await eventually(lambda: kept(system, "files") == 0)
    await eventually(lambda: kept(system, "day_keys") == 0)
    is_gone(system, witness, STORY)


async def test_no_end_that_is_stored_tells_the_moment_of_an_act(system: System) -> None:
    """Talks and addresses end on the full hour, drafts and tokens alike: without the key the store tells no second."""
    writing = TerminalReporter(system.talk_socket)
    await writing.walk(REPORT, until="files")
    holding = TerminalReporter(system.talk_socket)
    await holding.walk(REPORT)
    await holding.choose("hand_over")
    told = TerminalReporter(system.talk_socket)
    await told.come_back(await told.report(REPORT))
    await told.choose("told_on")
    ends = system.places.ends()
    assert len(ends) >= 4
    assert [end % 3600 for end in ends] == [0] * len(ends)
