"""Whatever arrives, it is answered, and the report that staff open holds every word that was typed.

Long, torn, hostile, doubled, from an old screen or no form at all: never an error of ours, and never a lost draft.
"""

import asyncio
import sqlite3

import pytest

from bot.conversation.words import clean
from tests.support.desk_staff import Staff, replies_of, words_of
from tests.support.system import System
from tests.support.terminal_reporter import TerminalReporter, asked
from tests.support.web_reporter import File, Page, WebReporter, multipart

HOSTILE = {
    "story": "長い話。" * 25_000,
    "evidence": "\u202eنقل الأموال\u202c and back again\u2066.",
    "others_know": "before\0after",
    "reported_elsewhere": "half a pair: \ud83d; the other: \udc00.",
    "remarks": "<script>alert(1)</script> '; DROP TABLE talks; -- ${jndi:ldap://x} {{7*7}} %s %n",
}
#: The largest file that the desk promises to take, in the bytes that people count in, and one that is over the limit.
LARGE = bytes(range(250)) * 100_000
TOO_LARGE = bytes(33 * 2**20)
FINE = 500


async def the_desk_reads(system: System, staff_id: str = "sato") -> str:
    """What the desk reads in its one case."""
    staff = Staff(system, staff_id)
    (number,) = await staff.numbers()
    return words_of(await staff.open(number))


def cases(system: System) -> int:
    """How many cases there are."""
    with sqlite3.connect(f"file:{system.case_file}?mode=ro", uri=True) as database:
        return int(database.execute("SELECT count(*) FROM cases").fetchone()[0])


async def test_hostile_words_in_a_terminal_arrive_whole(system: System) -> None:
    """A hundred thousand characters, text from right to left, NUL, half characters, and lines that look like code."""
    await TerminalReporter(system.talk_socket).report({**HOSTILE, "desk": "naibu"})
    read = await the_desk_reads(system)
    for words in HOSTILE.values():
        assert clean(words) in read


async def test_words_that_answer_no_question_are_kept(system: System) -> None:
    """Whoever types a sentence where a number is asked for finds it among the remarks."""
    person = TerminalReporter(system.talk_socket)
    await person.walk({"story": "It began in May.", "desk": "naibu"}, until="relation")
    await person.say("None of these: I clean the offices.")
    await person.report({"story": "It began in May.", "desk": "naibu"})
    assert "None of these: I clean the offices." in await the_desk_reads(system)


async def test_hostile_words_on_the_page_arrive_whole(system: System) -> None:
    """The same through forms, half characters as the raw bytes that a broken program sends."""
    await WebReporter(system.url).report({**HOSTILE, "desk": "naibu"})
    read = await the_desk_reads(system)
    for words in HOSTILE.values():
        assert clean(words) in read


async def test_hostile_words_before_any_question_start_a_report(system: System) -> None:
    """Whoever pastes everything into the first field has it kept as the story."""
    terminal, page = TerminalReporter(system.talk_socket), WebReporter(system.url)
    long = "A long story. " * 7_200
    await terminal.say(long + HOSTILE["reported_elsewhere"])
    await terminal.report({"desk": "naibu"})
    await page.look()
    await page.send({"words": long + HOSTILE["others_know"]})
    await page.report({"desk": "gaibu"})
    assert clean(long + HOSTILE["reported_elsewhere"]) in await the_desk_reads(system)
    assert clean(long + HOSTILE["others_know"]) in await the_desk_reads(system, "suzuki")


async def test_hostile_words_in_a_reply_arrive_whole(system: System) -> None:
    """And so they do in a letter."""
    token = await WebReporter(system.url).report({"story": "It began in May.", "desk": "naibu"})
    person = TerminalReporter(system.talk_socket)
    await person.come_back(token)
    for words in HOSTILE.values():
        await person.say(words)
    await person.say("/done")
    sato = Staff(system)
    (reply,) = replies_of(await sato.open((await sato.numbers())[0]))
    for words in HOSTILE.values():
        assert clean(words) in reply


@pytest.mark.parametrize("data", [b"\0", LARGE], ids=["one byte", "25 MB"])
async def test_a_file_arrives_byte_for_byte_on_both_channels(system: System, data: bytes) -> None:
    """Also one of one byte, and one of 25 million."""
    await WebReporter(system.url).report({"story": "See the file.", "desk": "naibu"}, [File("帳簿 .xlsx", data)])
    person = TerminalReporter(system.talk_socket)
    await person.walk({"story": "See the file.", "desk": "gaibu"}, until="files")
    await person.attach("帳簿 .xlsx", data)
    await person.report({"desk": "gaibu"})
    for staff_id in ("sato", "suzuki"):
        staff = Staff(system, staff_id)
        assert await staff.save((await staff.numbers())[0], system.data / staff_id) == [data]


async def test_an_empty_file_is_said_to_be_empty_and_the_draft_stays(system: System) -> None:
    """There is nothing in it to keep; what was typed beside it is kept."""
    person = WebReporter(system.url)
    await person.walk({"story": "See the file.", "desk": "naibu"}, until="files")
    page = await person.send({"evidence": "It is empty?"}, files=[File("帳簿.xlsx", b"")])
    assert "The file was empty" in page.text
    await person.report({"desk": "naibu"})
    assert "It is empty?" in await the_desk_reads(system)
    terminal = TerminalReporter(system.talk_socket)
    await terminal.walk({"story": "See the file."}, until="files")
    await terminal.attach("帳簿.xlsx", b"")
    assert "The file was empty" in terminal.text


async def test_a_file_over_the_limit_is_refused_in_a_sentence_and_the_draft_stays(system: System) -> None:
    """What was typed beside it is kept, and the limit is named."""
    person = WebReporter(system.url)
    await person.walk({"story": "See the file.", "desk": "naibu"}, until="files")
    page = await person.send({"evidence": "It is large."}, files=[File("large.bin", TOO_LARGE)])
    assert page.status == 200
    assert "32" in page.text
    await person.report({"desk": "naibu"})
    assert "It is large." in await the_desk_reads(system)
    terminal = TerminalReporter(system.talk_socket)
    await terminal.walk({"story": "See the file."}, until="files")
    await terminal.attach("large.bin", TOO_LARGE)
    assert "32" in terminal.text
    assert asked(terminal.screen) == "files"


async def test_the_same_line_ten_times_at_once_is_one_step(system: System) -> None:
    """A double click, a nervous network: the report is handed over once, and each answer shows the same screen."""
    person = TerminalReporter(system.talk_socket)
    await person.walk({"story": "It began in May.", "desk": "naibu"})
    line, event_id = person.number_of("hand_over"), person.next_id()
    screens = await asyncio.gather(*(person.say(line, event_id) for _ in range(10)))
    assert len({screen.text for screen in screens}) == 1
    assert len({screen.token for screen in screens}) == 1
    assert cases(system) == 1


async def test_the_same_form_ten_times_at_once_is_one_step(system: System) -> None:
    """The page's button pressed again and again."""
    person = WebReporter(system.url)
    await person.walk({"story": "It began in May.", "desk": "naibu"})
    button = ("chose", "summary=hand_over")
    body, kind = multipart(person.filled({}, button))
    answers = await asyncio.gather(*(person.fetch("POST", body, kind) for _ in range(10)))
    assert {answer.status for answer in answers} == {303}
    assert cases(system) == 1
    assert (await person.look()).token


async def test_two_tabs_that_send_at_once_both_have_their_words_kept(system: System) -> None:
    """The second form comes from a screen that has passed; its words are put below the first ones."""
    person = WebReporter(system.url)
    first = await person.walk({}, until="story")
    second = await person.fetch("GET")
    forms = [
        multipart(person.filled({"story": words}, ("then", "next"), page))
        for words, page in (("Written in one tab.", first), ("Written in the other.", second))
    ]
    await asyncio.gather(*(person.fetch("POST", *form) for form in forms))
    await person.report({"desk": "naibu"})
    read = await the_desk_reads(system)
    assert "Written in one tab." in read
    assert "Written in the other." in read


def odd_posts(page: Page) -> list[tuple[bytes, str]]:
    """Bodies that no browser of ours would send, with the content type they claim."""
    form = {name: value for name, value in page.fields if name != "nonce"}
    boundary = "multipart/form-data; boundary=x"
    return [
        (b"", ""),
        (b"", boundary),
        (b"\xff\xfe\0garbage", boundary),
        (b'--x\r\nContent-Disposition: form-data; name="one.story"\r\n\r\ncut off in the mid', boundary),
        (b"--x\r\n\r\nno name\r\n--x--\r\n", boundary),
        (b"--x\r\nContent-Disposition: nonsense\r\n\r\n1\r\n--x--\r\n", boundary),
        (b"anything", "multipart/form-data"),
        (b"group=story&one.story=%ff%fe%80&turn=9999999999999999999999", "application/x-www-form-urlencoded"),
        (b"group=story&one.story=\x93\xfa\x96{", "application/x-www-form-urlencoded; charset=no-such-charset"),
        (b"group=story&one.story=" + "日本".encode("utf-16"), "application/x-www-form-urlencoded; charset=utf-7"),
        (b'{"group": "story"}', "application/json"),
        (b"<xml/>", "text/xml"),
        multipart(
            [
                *form.items(),
                ("nonce", "one"),
                ("one.no_such_question", "words of an unknown field"),
                ("then", "explode"),
            ]
        ),
        multipart([("nonce", "another"), ("group", "no_such_group"), ("one.x", "words of another form")]),
        multipart([("group", "summary"), ("chose", "summary=hand_over"), ("turn", "-5")]),
        multipart([("chose", "saved=saved")]),
        multipart([("chose", "=")]),
        multipart([("nonce", "\0" * 70_000), ("words", "words with a nonce of NULs")]),
    ]


async def test_a_post_that_is_no_form_of_ours_is_answered_and_loses_nothing(system: System) -> None:
    """Torn, foreign, or of another screen: an answer that is no error of ours; the draft stands, and words are kept."""
    person = WebReporter(system.url)
    await person.walk({"story": "It began in May.", "desk": "naibu"}, until="category")
    for body, kind in odd_posts(await person.look()):
        answer = await person.fetch("POST", body, kind)
        assert answer.status < FINE, (body[:80], kind)
    await person.report({"desk": "naibu"})
    read = await the_desk_reads(system)
    typed = ("It began in May.", "words of another form", "words of an unknown field", "words with a nonce of NULs")
    assert [words for words in typed if words not in read] == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"text": 5}',
        b'{"files": [{"name": "x"}]}',
        b'{"address": ["x"]}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
    ids=range(9),
)
async def test_a_line_that_is_no_request_is_answered(system: System, body: bytes) -> None:
    """With what is wrong about it, and not with an error of ours."""
    status, _ = await TerminalReporter(system.talk_socket).raw(body)
    assert status == 400
