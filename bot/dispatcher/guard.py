"""Takes reference tokens out of what people say, before the talk sees it; the talk gets a handle instead.

What only looks like a token stays in the words, because it may be evidence, and the talk is told to ask. Refuses to
pass on any event that still holds a readable token.
"""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from bot.anonymity.guard import FoundToken, cut_tokens, find_tokens
from bot.anonymity.references import ReferenceToken
from bot.conversation.events import Corrected, Event, Filled, MistypedToken, Said, ShowedToken
from bot.conversation.session import Answer

#: Stands in a text where a token was.
MARK = "［＊＊＊］"
#: Shorter than this no text can hold a token (24 symbols, one lost).
SHORTEST = 24

#: The question that asks for a token.
_ASKING = "token"

Keep = Callable[[ReferenceToken], str]


def without_tokens(event: Event, keep: Keep) -> Iterator[Event]:
    """Give the events that take the place of `event`: its words without tokens, then one for the token that was shown.

    `keep` stores a token and returns its handle. Of several tokens the last counts, as with a person correcting
    themselves.
    """
    match event:
        case Said(text) | Corrected(text) if len(text) >= SHORTEST:
            yield from _said(event, text, keep)
        case Filled():
            yield from _filled(event, keep)
        case _:
            yield event


def without_token(name: str) -> str:
    """Give the name of a file without the tokens in it: the desk reads it."""
    return _taken(name)[0]


def _said(event: Event, text: str, keep: Keep) -> Iterator[Event]:
    words, found = _taken(text)
    if not found:
        yield event
        return
    rest = cut_tokens(text, found, "").strip()
    yield from _shown(found, keep, rest and words)


def _filled(event: Filled, keep: Keep) -> Iterator[Event]:
    every: list[FoundToken] = []
    answers: dict[str, Answer] = {}
    for question, answer in event.answers.items():
        words, found = _taken(answer) if isinstance(answer, str) else (answer, [])
        every += found
        answers[question] = words
    if not every:
        yield event
        return
    left = {question: answer for question, answer in answers.items() if not _is_spent(question, answer)}
    yield replace(event, answers=left)
    yield from _shown(every, keep, "")


def _is_spent(question: str, answer: Answer) -> bool:
    """Whether nothing is left of an answer but a token; where a token is asked for, almost one is enough."""
    if not isinstance(answer, str):
        return False
    if question == _ASKING and not cut_tokens(answer, find_tokens(answer), "").strip():
        return True
    return MARK in answer and not answer.replace(MARK, "").strip()


def _taken(text: str) -> tuple[str, list[FoundToken]]:
    if len(text) < SHORTEST:
        return text, []
    found = find_tokens(text)
    return cut_tokens(text, [one for one in found if one.token], MARK), list(found)


def _shown(found: list[FoundToken], keep: Keep, words: str) -> Iterator[Event]:
    token = next((one.token for one in reversed(found) if one.token is not None), None)
    if token is not None:
        yield ShowedToken(keep(token), words)
    else:
        yield MistypedToken(words, in_words=found[-1].in_words, place=found[-1].place)
