"""On Telegram a draft's writer is told before it ends, without a sound, and may have a copy that can be taken back."""

from tests.support.telegram_peer import needs_telegram_peer
from tests.support.telegram_person import TelegramPerson, labels
from tests.support.telegram_report import STORY, to_the_summary
from tests.support.telegram_system import TelegramSystem

pytestmark = needs_telegram_peer

SOON = "Unless you go on, it is deleted in about"


async def test_the_warning_comes_in_silence_and_leads_on(desk: TelegramSystem, person: TelegramPerson) -> None:
    """As a message of its own with both ways to go; a press that comes after the end is told so."""
    await to_the_summary(person)
    before = await person.sees()
    desk.clock.let_pass(hours=22.5)
    warning = await person.reads(SOON)
    assert warning.id not in [each.id for each in before]
    assert warning.silent
    assert STORY not in warning.text
    assert labels(warning)[:2] == ["Go on", "Delete it now"]
    await person.tap("Go on")
    await person.reads("kept for another 24 hours")
    assert "Hand it over" in labels((await person.sees())[-1])

    desk.clock.let_pass(hours=22.5)
    # The first warning may still stand further up.
    await person.until(lambda chat: SOON in chat[-1].text, "the next warning")
    desk.clock.let_pass(hours=3)
    await person.tap("Go on")
    gone = await person.reads("You have not been here for a while")
    assert STORY not in gone.text


async def test_a_copy_comes_as_messages_that_can_be_taken_back(person: TelegramPerson) -> None:
    """After the warning, and not protected, as it is to be kept; the draft is still there when it is taken back."""
    await to_the_summary(person)
    await person.tap("Show me a copy")
    await person.reads("The company that runs the service can see them")
    await person.tap("Show me a copy")
    copy = await person.reads("A copy of what you wrote")
    assert STORY in copy.text
    assert not copy.protected
    await person.tap("Clear this chat")
    await person.reads("The messages in this chat are deleted")
    (cleared,) = await person.sees()
    assert STORY not in cleared.text
    assert labels(cleared)[:2] == ["Go on", "Delete it now"]
    await person.tap("Go on")
    await person.reads(STORY)
