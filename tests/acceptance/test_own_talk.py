"""An organ's own talk: set with `organ apply`, answered by people, read by staff, and kept by old cases."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from typer.testing import CliRunner

from backend.contract import RosterDocument
from madoguchi.organ.commands import app
from madoguchi.organ.sources import DocumentFaultyError
from madoguchi.wire import open_wire
from tests.support.hall import STORY, Filed, Hall, founded, open_hall
from tests.support.terminal_reporter import TerminalReporter
from tests.support.web_reporter import WebReporter

pytestmark = pytest.mark.asyncio(loop_scope="module")

RECORDS = "Official records are not made or kept as they should be"
QUESTION = "Which records are they?"
MINUTES = "The minutes of 3 July."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hall(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hall]:
    """The demo organ, which has a question and two kinds of matter of its own."""
    organ = founded(tmp_path_factory.mktemp("organ"))
    async with open_hall(organ, tmp_path_factory.mktemp("hall")) as made:
        yield made


def document(hall: Hall) -> Path:
    """The organ's document."""
    return hall.system.demo.folder / "organ.toml"


async def applied(hall: Hall, language: str = "en") -> tuple[int, str]:
    """Apply the document as the administrator does: how it ended, and what was said."""
    demo = hall.system.demo
    places = ("--organ-keys", str(demo.places.organ), "--store", hall.system.store)
    words = ("--lang", language, "apply", str(document(hall)), *places, "--yes")
    typed = [*words, "--passphrase-file", str(demo.passphrase("organ"))]
    done = await asyncio.to_thread(CliRunner().invoke, app, typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


async def published(hall: Hall) -> int:
    """The serial of the roster that the case store shows."""
    async with open_wire(hall.system.store, hall.system.demo.places.publisher.read_text()) as wire:
        return (await wire.ask(RosterDocument, "GET", "/roster")).serial


async def in_force(hall: Hall) -> None:
    """Let the bot go by the newest roster; drafts outlive its end."""
    await hall.system.stop_bot()
    await hall.system.start_bot()


async def asked(hall: Hall) -> TerminalReporter:
    """Somebody who has come to the organ's own question."""
    person = hall.person()
    await person.walk({"story": STORY, "desk": "naibu"}, until="category")
    await person.choose(RECORDS)
    assert QUESTION in person.text
    return person


async def filed(hall: Hall, person: TerminalReporter) -> Filed:
    """Hand the draft over."""
    token = await person.report({"desk": "naibu"})
    (number,) = hall.news()
    return Filed(number, token)


async def test_people_answer_the_organs_question_and_staff_read_it_with_its_wording(hall: Hall) -> None:
    """In the summary and at the desk, under the words that stood on the screen."""
    person = await asked(hall)
    await person.say(MINUTES)
    await person.walk({"desk": "naibu"})
    assert f"Which records\n{MINUTES}" in person.text
    case = await filed(hall, person)
    seen = await hall.opens(case.number)
    assert "Which records" in seen
    assert MINUTES in seen
    assert RECORDS in seen


async def test_the_question_is_asked_on_the_page_in_the_persons_language(hall: Hall) -> None:
    """The same question, in Japanese, in a form."""
    person = WebReporter(hall.system.url, {"Accept-Language": "ja"})
    await person.walk({"story": STORY}, until="category")
    page = await person.choose("records")
    assert page.questions == ["which_records"]
    assert "どの文書のことですか。" in page.text


async def test_an_old_case_and_a_draft_keep_a_question_that_was_taken_away(hall: Hall) -> None:
    """Nobody is asked any more; what was answered is read as it was."""
    person = await asked(hall)
    await person.say(MINUTES)
    case = await filed(hall, person)
    writing = await asked(hall)
    await writing.say("A file of 1998.")
    whole = document(hall).read_text()
    document(hall).write_text(whole[: whole.index("\n# What this organ takes reports about")] + whole_members(whole))
    try:
        status, said = await applied(hall)
        assert (status, "question which_records: no longer asked" in said) == (0, True)
        await in_force(hall)
        await writing.walk({"desk": "naibu"})
        assert "Which records\nA file of 1998." in writing.text
        later = await filed(hall, writing)
        for number, words in ((case.number, MINUTES), (later.number, "A file of 1998.")):
            seen = await hall.opens(number)
            assert "Which records" in seen
            assert words in seen
            assert RECORDS in seen
        somebody = hall.person()
        await somebody.walk({"story": STORY}, until="category")
        assert RECORDS not in somebody.text
    finally:
        document(hall).write_text(whole)
        await applied(hall)
        await in_force(hall)


def whole_members(text: str) -> str:
    """What stands below the talk in the document: people who were added later."""
    tail = text[text.index("\n# What this organ takes reports about") :]
    return tail[tail.index("\n[[members]]") :] if "\n[[members]]" in tail else "\n"


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_a_broken_override_is_refused_with_file_line_and_fault_and_nothing_is_published(
    hall: Hall, language: str
) -> None:
    """By `organ apply`, and by the start of the demo, which applies too."""
    before, whole = await published(hall), document(hall).read_text()
    broken = whole + '\n[talk.texts.ja]\n"menu.welcom" = "ようこそ"\n[talk.texts.en]\n"menu.welcome" = "Hello"\n'
    line = whole.count("\n") + 3
    document(hall).write_text(broken)
    try:
        status, said = await applied(hall, language)
        with pytest.raises(DocumentFaultyError):
            await hall.system.publish()
    finally:
        document(hall).write_text(whole)
    place = f"organ.toml {line}行目: " if language == "ja" else f"organ.toml, line {line}: "
    assert status == 1
    assert place + "talk.texts.ja.menu.welcom: " in said
    assert "menu.welcome" in said
    assert await published(hall) == before


async def test_a_folder_of_texts_is_applied_and_said(hall: Hall) -> None:
    """One file a language, beside the document."""
    folder = document(hall).parent / "talk"
    folder.mkdir()
    for language, words in (("ja", "公表の数字"), ("en", "Our figures")):
        (folder / f"{language}.toml").write_text(f'[figures]\nwhere = "{words}: {{public}}"\n', encoding="utf-8")
    try:
        status, said = await applied(hall)
        assert (status, "+ text en figures.where: Our figures" in said) == (0, True)
        await in_force(hall)
        person = hall.person()
        await person.look()
        await person.choose("en")
        assert "Our figures: http" in (await person.say("/figures")).text[0]
    finally:
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
        await applied(hall)
        await in_force(hall)


async def test_o02_the_rules_are_shown_in_the_chat_and_on_the_public_page(hall: Hall) -> None:
    """O-02: `/rules` in any chat, word for word; and where everybody can look."""
    person = hall.person()
    await person.look()
    await person.choose("en")
    told = "\n".join((await person.say("/rules")).text)
    assert "1. Nobody searches for a reporter." in told
    assert "within 20 days of it at the latest" in told
    page = await WebReporter(f"{hall.system.url}public/?lang=ja").look()
    assert "一 通報者を探してはならない。" in page.text
