"""The reference token: read the way people type it, answered alike whatever is wrong with it, and never kept.

What a token opens lives in memory while it is on the screen, and nowhere else.
"""

import re
from collections.abc import Callable

import pytest

from bot.anonymity.references import new_token, read_token
from bot.conversation.catalog import load_catalog
from bot.conversation.effects import Text
from tests.support.desk_staff import Staff, replies_of
from tests.support.remains import Witness, files_below, found_in, opened
from tests.support.system import System
from tests.support.terminal_reporter import TerminalReporter, asked
from tests.support.web_reporter import WebReporter

REPORT = {"story": "The fire doors on the second floor are locked during working hours.", "desk": "naibu"}
ANSWER = "Thank you. We have had the doors opened today."
#: Drawn anew for every page.
NONCE = re.compile(r'name="nonce" value="[^"]*"')
REPLY = "They are locked again this morning."


async def answered_report(system: System) -> str:
    """A report that the desk has answered; give its token."""
    token = await TerminalReporter(system.talk_socket).report(REPORT)
    sato = Staff(system)
    await sato.answer((await sato.numbers())[0], ANSWER)
    return token


def in_lower_case(token: str) -> str:
    """As typed without the shift key."""
    return token.lower()


def in_full_width(token: str) -> str:
    """As a phone set to Japanese types it."""
    return token.translate({ord("-"): "ー"} | {code: code + 0xFEE0 for code in range(ord("0"), ord("Z") + 1)})


def with_spaces(token: str) -> str:
    """As read off paper."""
    return f"  {token.replace('-', ' ')} "


def with_nothing_between(token: str) -> str:
    """As one word."""
    return token.replace("-", "")


def with_look_alikes(token: str) -> str:
    """With letters where the digits look like them."""
    return token.replace("0", "O").replace("1", "l")


def in_a_sentence(token: str) -> str:
    """In the middle of other words."""
    return f"Hello, my number is {token}. Is there an answer?"


WAYS = [in_lower_case, in_full_width, with_spaces, with_nothing_between, with_look_alikes, in_a_sentence]


@pytest.mark.parametrize("way", WAYS, ids=[way.__name__ for way in WAYS])
async def test_a_token_is_read_the_way_people_type_it(system: System, way: Callable[[str], str]) -> None:
    """Case, width, spaces, look-alikes and words around it do not matter, in a terminal or on the page."""
    token = await answered_report(system)
    person = TerminalReporter(system.talk_socket)
    await person.come_back(way(token))
    assert ANSWER in person.text
    page = await WebReporter(system.url).come_back(way(token))
    assert ANSWER in page.text


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_a_token_is_read_in_words_on_every_channel(system: System, language: str) -> None:
    """Alone or in a sentence, a word a line or in one row, in a terminal or on the page."""
    token = read_token(await answered_report(system)).words(language)
    for typed in (" ".join(token), "\n".join(token), f"My words are: {', '.join(token)}. Is there an answer?"):
        person = TerminalReporter(system.talk_socket)
        await person.come_back(typed)
        assert ANSWER in person.text
    page = await WebReporter(system.url).come_back(" ".join(token))
    assert ANSWER in page.text


async def test_both_spellings_of_a_token_come_and_go_together(system: System) -> None:
    """Beside the symbols stand twelve words that open the same; once it is saved neither is left."""
    person = TerminalReporter(system.talk_socket)
    await person.walk(REPORT)
    await person.choose("hand_over")
    (words,) = (block for block in person.screen.text if block == " ".join(read_token(person.token).words("en")))
    await person.choose("saved")
    assert person.token not in person.text
    assert words not in person.text


async def test_a_slip_in_the_words_is_told_by_its_place(system: System, witness: Witness) -> None:
    """In a terminal and in the field on the page; neither keeps what was typed."""
    words = list(read_token(await answered_report(system)).words("en"))
    slipped = " ".join([*words[:4], "zebras", *words[5:]])
    person = TerminalReporter(system.talk_socket)
    await person.walk({}, until="exposure")
    await person.say("/token")
    await person.say(slipped)
    told = load_catalog().text("en", Text("token.mistyped_word", {"place": "5"}))
    assert (asked(person.screen), told in person.text) == ("token", True)
    page = await WebReporter(system.url).come_back(slipped)
    assert told in page.text
    assert "zebras" not in page.html
    assert witness.ever_held(system.keys, slipped) == 0


async def test_a_token_typed_before_anything_else_is_enough(system: System) -> None:
    """Whoever pastes a token into the very first field is in; no menu stands before it."""
    token = await answered_report(system)
    person = WebReporter(system.url)
    await person.look()
    page = await person.send({"words": token})
    assert ANSWER in page.text


async def test_tokens_that_open_nothing_are_answered_alike(system: System) -> None:
    """Whatever the reason, the very same screen, byte for byte, in a terminal and on the page."""
    await answered_report(system)
    screens, pages = set(), set()
    for wrong in (new_token().text, new_token().text, in_lower_case(new_token().text)):
        person = TerminalReporter(system.talk_socket)
        await person.walk({}, until="exposure")
        await person.say("/token")
        await person.come_back(wrong)
        screens.add(person.screen.text)
        page = await WebReporter(system.url).come_back(wrong)
        pages.add(NONCE.sub("", page.html))
        assert wrong not in page.html
    assert len(screens) == 1
    assert len(pages) == 1


async def test_a_slip_in_a_token_is_told_as_a_slip(system: System, witness: Witness) -> None:
    """So that nobody thinks the report is gone: the check symbol sees it, and what was typed is not kept as words."""
    token = await answered_report(system)
    person = TerminalReporter(system.talk_socket)
    await person.walk({}, until="exposure")
    await person.say("/token")
    for place in (0, 8, 20, 28):
        slipped = token[:place] + ("2" if token[place] != "2" else "3") + token[place + 1 :]
        await person.say(slipped)
        assert asked(person.screen) == "token"
        assert load_catalog().text("en", Text("token.mistyped")) in person.text
        assert witness.ever_held(system.keys, slipped) == 0


async def test_neither_a_token_nor_what_it_opens_is_ever_stored(system: System, witness: Witness) -> None:
    """While the inbox is open, and after a reply went out of it, the bot's files hold no trace of them."""
    token = await answered_report(system)
    person = TerminalReporter(system.talk_socket)
    await person.come_back(in_a_sentence(token))
    assert ANSWER in person.text
    await person.say(REPLY)
    await person.say("/done")
    words = " ".join(read_token(token).words("en"))
    await WebReporter(system.url).come_back(words)
    secrets = {"token": token, "bare token": with_nothing_between(token), "words": words, "answer": ANSWER}
    revealed = opened(system.places, system.keys)
    assert found_in(revealed | files_below(system.data), secrets) == []
    assert witness.ever_held(system.keys, ANSWER) == 0
    # The token itself was stored, sealed, until it was said to be saved; nothing of that is left.
    assert witness.still_in(system.places, system.keys, token) == 0
    assert witness.still_in(system.places, system.keys, REPLY) == 0


async def test_an_inbox_left_open_closes_by_itself(system: System) -> None:
    """After half an hour the token is asked for again; what was being written is still there."""
    token = await answered_report(system)
    person = TerminalReporter(system.talk_socket)
    await person.come_back(token)
    await person.say(REPLY)
    system.clock.let_pass(minutes=31)
    await person.say("/done")
    assert asked(person.screen) == "token"
    assert ANSWER not in person.text
    await person.come_back(token)
    assert REPLY in person.text


async def test_a_draft_and_its_files_survive_a_visit_to_an_inbox(system: System) -> None:
    """Whoever reads and answers in between comes back to the draft as it was, and hands over all of it."""
    token = await answered_report(system)
    person = TerminalReporter(system.talk_socket)
    await person.walk({"story": "Another matter.", "desk": "gaibu"}, until="files")
    await person.attach("plan.txt", b"the plan of the second floor")
    await person.walk({"desk": "gaibu"})
    await person.come_back(token)
    await person.say(REPLY)
    await person.attach("door.txt", b"a photo of the door")
    await person.say("/done")
    await person.choose("close")
    assert asked(person.screen) == "summary"
    await person.choose("hand_over")
    suzuki, sato = Staff(system, "suzuki"), Staff(system)
    assert await suzuki.save((await suzuki.numbers())[0], system.data / "plan") == [b"the plan of the second floor"]
    (number,) = await sato.numbers()
    assert await sato.save(number, system.data / "door") == [b"a photo of the door"]
    assert replies_of(await sato.open(number)) == [REPLY]
