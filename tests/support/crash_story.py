"""A report's whole life, told in chapters by a person and a desk who do not mind that a side dies under them.

Each chapter ends by looking into what both sides keep: nothing is lost, doubled, shown too early or left behind. The
person sends their last line again until it is answered, as any channel does.
"""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from bot.anonymity.references import read_token
from bot.anonymity.token_keys import keys_of
from madoguchi.words import NotDoneError
from tests.support.crash_lives import Life
from tests.support.crash_person import Patience, Person, breathe, cases_in, found_in_file
from tests.support.crashing import Side, said_in, wind
from tests.support.desk_staff import Staff, replies_of, words_of
from tests.support.remains import opened_by_the_bots_key
from tests.support.system import System
from tests.support.terminal_reporter import asked

STORY = "The bid for the bridge was opened on the third of May, two days early."
PHOTO = b"\xff\xd8 not quite a picture"
#: As it came: what stands behind the bar is taken out.
UNCLEANED = PHOTO + b"|where it was taken"
ANSWER = "Which drawer was the envelope in?"
REPLY = "The envelope lies in the second drawer."
PAGE = b"a page of the ledger"
#: What is typed to answer a check-in.
BADLY = "Check-in: I am treated badly"
#: Seconds after which the first check-in has come, whatever month it is.
_MONTH = 35 * 86_400
#: Seconds after which a push that somebody died with is handed out again, and again.
_LEASE = 120
#: Seconds for a chapter; it takes one, or ten on a machine that has much else to do.
LONGEST = 150
#: Staff never write over what they saved before.
SAVED = count(1)
_T = TypeVar("_T")


class Story:
    """One folder with both sides alive, its person and its staff."""

    def __init__(self, folder: Path, address: str = "", token: str = "") -> None:
        self.folder = folder
        self.person = Person(folder, address, token)
        self.lives = {side: Life(folder, side) for side in Side}

    async def play(self, chapter: "Chapter", victim: Side, crash_at: int) -> int:
        """Play a chapter; the victim dies at a point. Return how often it died."""
        try:
            for side, life in self.lives.items():
                await life.begin(crash_at if side is victim else 0)
            async with asyncio.timeout(LONGEST):
                await chapter(self)
        finally:
            for life in self.lives.values():
                await life.end()
        return self.lives[victim].deaths

    async def at_the_desk(self, act: Callable[[Staff], Awaitable[_T]]) -> _T:
        """Do something as a member of staff, again when the case store dies meanwhile."""
        sato = Staff(System(self.folder))
        while True:
            try:
                return await act(sato)
            except NotDoneError:
                await breathe()

    def is_told(self) -> bool:
        """Whether an answer was announced in the chat."""
        return "answer.waiting" in said_in(self.folder)

    def let_pass(self, seconds: int) -> None:
        """Move the case store's clock on."""
        wind(self.folder, seconds)

    async def number(self) -> str:
        """The number of the one case there is."""
        (number,) = await self.at_the_desk(lambda sato: sato.numbers())
        return number


Chapter = Callable[[Story], Awaitable[None]]


async def writes(story: Story) -> None:
    """Write a report with a file, up to its summary."""
    person = story.person
    await person.say(STORY)
    await person.attach("envelope.jpg", UNCLEANED)
    await person.say("/done")
    await person.until("summary")


async def hands_over(story: Story) -> None:
    """Hand it over and note the token: one case with every word, and nothing of it left in the bot."""
    person = story.person
    moves = {"summary": "hand_over", "waiting": "check", "busy": "check", "told": "no"}
    await person.until("menu", **moves)
    assert person.token
    number = await story.number()
    words = words_of(await story.at_the_desk(lambda sato: sato.open(number)))
    assert STORY in words
    assert await story.at_the_desk(lambda sato: sato.save(number, story.folder / f"saved-{next(SAVED)}")) == [PHOTO]
    holds_nothing(story, person.token, person.token.replace("-", ""), STORY, "envelope.jpg")
    assert found(story, "bot.db", "SELECT parcel_id FROM parcels") == set()


async def asks_to_be_told(story: Story) -> None:
    """Switch it on: the desk knows a mailbox, and the bot the way from there for as long as it is wished."""
    person = story.person
    await person.opens()
    await person.switches("Tell me here when there is an answer", "told_on")
    (mailbox,) = found(story, "cases.db", "SELECT mailbox FROM cases")
    assert mailbox in lasting_mailboxes(story)


async def is_answered(story: Story) -> None:
    """The desk answers once, and this is announced."""
    number = await story.number()

    async def answers(sato: Staff) -> None:
        sheet = await sato.open(number)
        if not any(letter.envelope.author == "sato" for letter in sheet.case.thread.letters):
            await sato.answer(number, ANSWER)

    await story.at_the_desk(answers)
    patience = Patience()
    while not await soon(lambda: story.is_told() and not found(story, "cases.db", "SELECT push_id FROM outbox")):
        patience.last("the person was not told of the answer, or the desk not that they were")
        # Whoever dies with it in hand holds it until the lease ends.
        story.let_pass(_LEASE)


async def replies(story: Story) -> None:
    """Read the answer and send words and a file back: they arrive once."""
    person = story.person
    await person.opens()
    assert person.text.count(ANSWER) == 1
    await person.say(REPLY)
    await person.attach("page.txt", PAGE)
    await person.until("inbox", reply="/done", busy="/status")
    number = await story.number()
    assert replies_of(await story.at_the_desk(lambda sato: sato.open(number))) == [REPLY]
    saved = await story.at_the_desk(lambda sato: sato.save(number, story.folder / f"saved-{next(SAVED)}"))
    assert sorted(saved) == sorted([PHOTO, PAGE])
    holds_nothing(story, REPLY, "page.txt")


async def takes_a_new_token(story: Story) -> None:
    """Replace the token, and note the new one: it opens all that was there, and the old one nothing."""
    person, old = story.person, story.person.token
    await person.opens()
    patience = Patience()
    while person.token == old or asked(person.screen) != "inbox" or ANSWER not in person.text:
        patience.last(f"no new token opened what was there: {person.text}")
        question, renewed = asked(person.screen), person.token != old
        picks = {"renew": "yes", "saved": "saved" if renewed else "show"} | ({"inbox": "letters"} if renewed else {})
        types = {"inbox": "/newtoken", "token": person.token, "reply": "/back"}
        pick = picks.get(question)
        await (person.choose(pick) if pick else person.say(types.get(question, "/status")))
        if not pick and question not in types:
            await breathe()
    assert person.token != old
    assert person.text.count(ANSWER) == 1
    assert found(story, "cases.db", "SELECT locator FROM locators") == {keys_of(read_token(person.token)).locator}
    number = await story.number()
    assert len((await story.at_the_desk(lambda sato: sato.open(number))).case.voices) == 2
    again = Person(story.folder, "", old)
    await again.look()
    assert asked(await again.say(old)) in ("token", "language")
    holds_nothing(story, person.token, old)


async def is_told_no_more(story: Story) -> None:
    """Switch it off: neither side knows the other's half any more."""
    person = story.person
    await person.opens()
    await person.switches("Stop telling me here", "told_off")
    assert found(story, "cases.db", "SELECT mailbox FROM cases") == {None}
    assert lasting_mailboxes(story) == set()


async def thinks_better_of_it(story: Story) -> None:
    """Begin another report and throw it away: its words and files are gone, the case stays."""
    person = story.person
    await person.say("/start")
    await person.until("menu", inbox="close", token="/back")
    await person.say("A second thought that nobody shall see.")
    await person.attach("second.txt", b"nobody")
    await person.say("/cancel")
    await person.until("menu", cancel="yes", exposure="/cancel")
    holds_nothing(story, "A second thought", "second.txt")
    assert cases_in(story.folder) == 1


async def takes_back(story: Story) -> None:
    """Clear the chat of what stands in it."""
    await story.person.say("/clear")
    assert "clear.done" in said_in(story.folder)


async def is_forgotten(story: Story) -> None:
    """Forget the chat: nothing that the bot can open knows of it, and the token is as good as ever."""
    person = story.person
    await person.opens()
    # What is typed again, to a chat that knows nothing any more, is a draft there.
    anew = {"language": "en", "exposure": "/cancel", "cancel": "yes"}
    await person.until("menu", inbox="forget", forget="yes", reply="/back", **anew)
    holds_nothing(story, person.token, person.address)
    assert lasting_mailboxes(story) == set()
    again = Person(story.folder, "", person.token)
    await again.look()
    await again.say(person.token)
    await again.until("inbox", language="en", reply="/back")


async def says_how_they_are(story: Story) -> None:
    """Answer the first check-in after the end: the desk reads it once, and it is asked no more."""
    person, number = story.person, await story.number()
    await story.at_the_desk(lambda sato: closes(sato, number))
    story.let_pass(_MONTH)
    patience = Patience()
    await person.opens()
    while BADLY not in person.text:
        patience.last(f"nobody asked: {person.text}")
        await person.opens()
    while BADLY in person.text:
        await person.say(BADLY)
        await person.until("inbox", reply="/back")
    said = replies_of(await story.at_the_desk(lambda sato: sato.open(number)))
    assert sum("treated badly" in words for words in said) == 1


async def closes(sato: Staff, number: str) -> None:
    """Bring a case to its end, from wherever it stands."""
    ways = {
        "received": ("accept", {}),
        "accepted": ("no-investigation", {"reason": "already_settled", "text": "It is settled."}),
        "not_investigated": ("close", {"category": "other", "text": "Thank you."}),
    }
    while (stage := (await sato.inbox()).cases[0].stage) in ways:
        command, typed = ways[stage]
        await sato.move(number, command, **typed)


CHAPTERS: tuple[Chapter, ...] = (
    writes, hands_over, asks_to_be_told, is_answered, replies, takes_a_new_token, is_told_no_more,
    thinks_better_of_it, takes_back, is_forgotten, says_how_they_are,
)  # fmt: skip


async def soon(holds: Callable[[], bool]) -> bool:
    """Whether something comes true within a second."""
    until = asyncio.get_running_loop().time() + 1
    while not holds() and asyncio.get_running_loop().time() < until:
        await breathe()
    return holds()


def found(story: Story, file: str, query: str) -> set[Any]:
    """What a query of one of the databases gives."""
    return found_in_file(story.folder / "var" / file, query)


def lasting_mailboxes(story: Story) -> set[Any]:
    """Mailboxes whose return address is kept for long; one nobody can forget may stay for an hour only."""
    return found(story, "bot.db", "SELECT mailbox FROM relay WHERE expires > unixepoch() + 3600")


def holds_nothing(story: Story, *secrets: str) -> None:
    """None of these is in anything that the bot's own key opens, and no file waits for anyone."""
    left = opened_by_the_bots_key(story.folder / "var", story.folder / "keys")
    assert [place for place, content in left.items() for secret in secrets if secret.encode() in content] == []
    assert found(story, "bot.db", "SELECT file_id FROM files") == set()
