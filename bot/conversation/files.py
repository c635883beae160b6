"""What people are told about a file that was screened, as rows: what became of it, and what was taken out.

The codes are those of the room that screens; a code without a row is passed over, so that a newer room never silences
the talk. Nothing here knows what a file holds.
"""

from msgspec import Struct

from bot.conversation.effects import Say
from bot.conversation.events import FileRef
from bot.conversation.file_choices import AS_IS, CLEANED, LEAVE_OUT
from bot.conversation.house import House
from bot.conversation.session import Session


class Told(Struct, frozen=True):
    """A text, and the tone it is said in."""

    key: str
    tone: str = "plain"


#: What became of a file. Of one that was simply cleaned, what was taken out says enough.
CLEANINGS: dict[str, Told | None] = {
    "cleaned": None,
    "nothing_found": Told("cleaning.nothing_found"),
    "redrawn": Told("cleaning.redrawn", "notice"),
    "rewritten": Told("cleaning.rewritten", "notice"),
    "part": Told("cleaning.part", "warning"),
    "misnamed": Told("cleaning.misnamed", "notice"),
    "disguised": Told("cleaning.disguised", "warning"),
    "unknown_kind": Told("cleaning.unknown_kind", "warning"),
    "unknown_photo": Told("cleaning.unknown_photo", "warning"),
    "macros": Told("cleaning.macros", "warning"),
    "locked": Told("cleaning.locked", "warning"),
    "signed": Told("cleaning.signed", "warning"),
    "broken": Told("cleaning.broken", "warning"),
    "mixed": Told("cleaning.mixed", "warning"),
    "too_complex": Told("cleaning.too_complex", "warning"),
    "failed": Told("cleaning.failed", "warning"),
}

#: What was taken out, what points most at a person first.
TRACES: dict[str, str] = {
    code: f"trace.{code}"
    for code in (
        *("place", "author", "device", "time", "title", "comment", "software"),
        *("thumbnail", "history", "trailing", "scripts", "links", "profile", "other"),
    )
}

#: The sentence that names so many of them; beyond the last, the rest is summed up.
_SENTENCES = ("removed.one", "removed.two", "removed.three", "removed.more")
_PLACES = ("first", "second", "third")
#: What to do about what stays.
_ADVICE = "cleaning.advice"

#: Why a file is not kept; any other reason is that it did not arrive whole.
FAULTS = {"too_large": "file.too_large", "empty": "file.empty", "": "file.failed"}


def said_of(house: House, session: Session, file: FileRef) -> tuple[Say, ...]:
    """Say in short sentences what was taken out of a file, and what could not be and what to do then.

    Of a file that was not screened nothing is said.
    """
    told = CLEANINGS.get(file.cleaning)
    outcome = (Say(house.text(session, told.key), told.tone),) if told else ()
    advice = (Say(house.text(session, _ADVICE), told.tone),) if told and told.tone == "warning" else ()
    return (*_removed(house, session, file), *outcome, *advice)


def text_keys() -> set[str]:
    """Name every text that this room may need."""
    choices = (CLEANED, AS_IS, LEAVE_OUT)
    chosen = {f"{key}.{choice}" for key in ("option.file", "option.handling", "handled") for choice in choices}
    asked = {"question.handling.prompt", "question.handling.hint", "option.handling.back"}
    told = {told.key for told in CLEANINGS.values() if told} | {*TRACES.values(), *_SENTENCES, _ADVICE}
    return told | chosen | asked | set(FAULTS.values())


def _removed(house: House, session: Session, file: FileRef) -> tuple[Say, ...]:
    traces = [f"@{key}" for code, key in TRACES.items() if code in file.removed]
    if not traces:
        return ()
    sentence = _SENTENCES[min(len(traces), len(_SENTENCES)) - 1]
    return (Say(house.text(session, sentence, **dict(zip(_PLACES, traces, strict=False)))),)
