"""A token that is lost: it is said plainly that nobody can bring it back, and how to begin again all the same."""

from tests.support.desk_staff import Staff, words_of
from tests.support.system import System
from tests.support.terminal_reporter import TerminalReporter
from tests.support.web_reporter import WebReporter

FIRST = {"story": "Invoices were paid twice.", "desk": "naibu"}
AGAIN = {
    "earlier": "In spring, about invoices of the second section.",
    "story": "It has happened again.",
    "desk": "naibu",
}
PLAIN = "Nobody can bring back a lost token"


async def test_on_the_page_whoever_lost_a_token_begins_again_and_names_the_earlier_report(system: System) -> None:
    """Asked for a token, they say that it is lost; the desk reads which report they mean, and both stay."""
    japanese = WebReporter(system.url, {"Accept-Language": "ja"})
    await japanese.look()
    await japanese.choose("token")
    page = await japanese.send({}, ("then", "lost"))
    assert "だれにも元に戻せません" in page.text
    assert "そのまま取り扱われます" in page.text

    await WebReporter(system.url).report(FIRST)
    person = WebReporter(system.url)
    await person.look()
    await person.choose("token")
    page = await person.send({}, ("then", "lost"))
    assert PLAIN in page.text
    assert "stays with the desk" in page.text
    await person.choose("afresh")
    await person.report(AGAIN)
    assert person.token
    staff = Staff(system)
    sheets = [words_of(await staff.open(number)) for number in await staff.numbers()]
    assert len(sheets) == 2
    assert sum(AGAIN["earlier"] in words for words in sheets) == 1
    assert sum(FIRST["story"] in words for words in sheets) == 1


async def test_at_the_terminal_it_is_said_at_any_point(system: System) -> None:
    """By a word; in the middle of a draft the draft stays, and nothing is asked that leads away from it."""
    person = TerminalReporter(system.talk_socket)
    await person.walk(AGAIN, until="desk")
    await person.say("I lost my token")
    assert PLAIN in person.text
    await person.walk(AGAIN)
    assert AGAIN["story"] in person.text

    other = TerminalReporter(system.talk_socket)
    await other.look()
    await other.choose("en")
    await other.say("/lost")
    await other.choose("afresh")
    await other.report(AGAIN)
    staff = Staff(system)
    (number,) = await staff.numbers()
    assert AGAIN["earlier"] in words_of(await staff.open(number))
