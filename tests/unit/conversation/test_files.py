"""People are told what was taken out of a file and what stays in it, in a sentence or two."""

import pytest
from msgspec.structs import replace

from bot.conversation.effects import Say
from bot.conversation.events import Attached, Command, FileRef
from bot.conversation.files import CLEANINGS, TRACES
from tests.support.talk import CATALOG, FILE, Talk


def said(file: FileRef, language: str = "en") -> list[str]:
    """What is said of a file beside that it is kept."""
    talk = Talk().orders(Command.REPORT).does(Attached(file))
    assert talk.said[0] == "kept.file"
    texts = [effect.text for effect in talk.effects if isinstance(effect, Say)]
    return [CATALOG.text(language, text) for text in texts if text.key.startswith(("removed.", "cleaning."))]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("cleaning", CLEANINGS)
@pytest.mark.parametrize("count", range(5))
def test_a_file_is_spoken_of_in_a_few_sentences(language: str, cleaning: str, count: int) -> None:
    """What was taken out, what became of it, and what to do about what stays; nothing is left to fill in."""
    words = said(replace(FILE, cleaning=cleaning, removed=tuple(TRACES)[:count]), language)
    told = CLEANINGS[cleaning]
    assert len(words) == (count > 0) + (told is not None) + (told is not None and told.tone == "warning")
    assert "@" not in "".join(words)
    assert "{" not in "".join(words)


@pytest.mark.parametrize(
    ("removed", "en", "ja"),
    [
        (("place",), "Taken out of it: where it was taken.", "撮影場所を取り除きました。"),
        (
            ("time", "place"),
            "Taken out of it: where it was taken, and when it was made.",
            "撮影場所と作成日時を取り除きました。",
        ),
        (
            ("author", "place", "device"),
            "Taken out of it: where it was taken, who made it, and which device it comes from.",
            "撮影場所、作成者の名前、使った機器の情報を取り除きました。",
        ),
        (
            tuple(TRACES),
            "Taken out of it: where it was taken, who made it, which device it comes from, and other traces.",
            "撮影場所、作成者の名前、使った機器の情報などを取り除きました。",
        ),
    ],
)
def test_what_points_most_at_a_person_is_named_first(removed: tuple[str, ...], en: str, ja: str) -> None:
    """Three are named at most; the rest is summed up."""
    file = replace(FILE, cleaning="cleaned", removed=removed)
    assert (said(file, "en"), said(file, "ja")) == ([en], [ja])


@pytest.mark.parametrize(("cleaning", "removed"), [("", ()), ("skipped", ()), ("invented", ("invented",))])
def test_a_file_that_was_not_screened_is_simply_kept(cleaning: str, removed: tuple[str, ...]) -> None:
    """A code that the talk does not know silences nothing and promises nothing."""
    assert said(replace(FILE, cleaning=cleaning, removed=removed)) == []


def test_a_file_for_a_reply_is_spoken_of_too() -> None:
    """The desk's letters are answered with files as well."""
    file = replace(FILE, cleaning="locked")
    talk = Talk().orders(Command.COME_BACK).does(Attached(file))
    assert talk.said == ["kept.reply_file", "cleaning.locked", "cleaning.advice"]


def test_what_stays_in_a_file_is_a_warning() -> None:
    """Whoever reads only what stands out reads this."""
    told = [row for row in CLEANINGS.values() if row and row.tone == "warning"]
    kept = {
        "part",
        "disguised",
        "unknown_kind",
        "unknown_photo",
        "macros",
        "locked",
        "signed",
        "broken",
        "mixed",
        "too_complex",
        "failed",
    }
    assert {row.key.removeprefix("cleaning.") for row in told} == kept
