"""The way of a report through Telegram, as a person goes it: words, taps, photos, a token."""

import re

from tests.support.telegram_peer import Shown
from tests.support.telegram_person import TelegramPerson, labels

TOKEN = re.compile(r"\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}\b")
STORY = "The section chief makes a supplier pay for his trips."

#: What is tapped where a question is recognised by its words; everything else is skipped.
TAPS = {"go on here": "Go on here", "stay anonymous": "Stay anonymous", "Which is easier": "In my own words"}


async def to_the_summary(person: TelegramPerson, photos: tuple[bytes, ...] = ()) -> None:
    """Tell the story first, send photos where files are asked for, and skip to the summary."""
    await person.type(STORY)
    screen = await person.reads("go on here?")
    for _ in range(25):
        if "Shall we hand this over" in screen.text:
            return
        if photos and "hand over files" in screen.text:
            screen, photos = await _with(person, photos), ()
        tap = next((tap for words, tap in TAPS.items() if words in screen.text), _onward(labels(screen)))
        await person.tap(tap)
        screen = await person.next_screen(screen)
    raise AssertionError(f"never came to the summary, stands at {screen.text}")


async def _with(person: TelegramPerson, photos: tuple[bytes, ...]) -> Shown:
    for number, photo in enumerate(photos, start=1):
        await person.send_file("photo", photo)
        await person.until(lambda chat, sent=number: _files_on(chat[-1]) == sent, "the photo")  # type: ignore[misc]
    return (await person.sees())[-1]


def _files_on(shown: Shown) -> int:
    return sum("photo.jpg" in label for label in labels(shown))


def _onward(offered: list[str]) -> str:
    return next(label for label in ("No more files", "I have chosen", "Skip") if label in offered)


async def reported(person: TelegramPerson, photos: tuple[bytes, ...] = (), *, told: bool = False) -> str:
    """Make a whole report; return its token, noted down and said to be saved."""
    await to_the_summary(person, photos)
    await person.tap("Hand it over")
    token = (await token_shown(person))[0]
    await person.tap("I have saved it")
    await person.tap("Tell me here" if told else "No need")
    await person.reads("Thank you for speaking up")
    return token


async def token_shown(person: TelegramPerson) -> list[str]:
    """Wait for the question whether the token is saved; return all tokens that stand in the chat."""
    await person.reads("Have you saved your token?")
    return tokens_in([each.text for each in await person.sees()])


def tokens_in(texts: list[str]) -> list[str]:
    """Every token in these texts."""
    return [token for text in texts for token in TOKEN.findall(text)]
