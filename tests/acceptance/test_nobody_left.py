"""When nobody at the chosen desk may read a report, it still reaches somebody, and its reporter is told whom.

Another desk is offered first, then outside counsel, then the recovery key that two people hold together. Whoever the
report is kept from has nothing to open, whatever their role.
"""

from collections.abc import Callable

import pytest

from bot.conversation.catalog import load_catalog
from bot.conversation.effects import Text
from madoguchi.organ.publishing import read_token
from madoguchi.organ.recovering import ShareHolders, seed_of
from madoguchi.staff.client import open_desk
from madoguchi.staff.opening import Sheet
from madoguchi.staff.saving import save_files
from tests.support.desk_staff import Staff, words_of
from tests.support.system import System
from tests.support.terminal_reporter import Answers, TerminalReporter, asked

STORY = "The head of the desk signed for the missing fuel himself."
FUEL = b"a page of the fuel book"
EVERYONE = ("sato", "suzuki", "saito", "tanaka", "ito")


def said(key: str, desk: str = "") -> str:
    """A text of the talk as this person reads it."""
    return load_catalog().text("en", Text(key, {"desk": desk}))


async def hand_over(system: System, answers: Answers) -> TerminalReporter:
    """Write a report with a file and press `hand over`."""
    person = TerminalReporter(system.talk_socket)
    # Asked a second time which desk, this person names none.
    whole = {"story": STORY, "desk": ["naibu"], **answers}
    await person.walk(whole, until="files")
    await person.attach("fuel.txt", FUEL)
    await person.walk(whole)
    await person.choose("hand_over")
    return person


async def who_reads(system: System) -> list[str]:
    """Which members of staff have a case to open."""
    return [staff_id for staff_id in EVERYONE if await Staff(system, staff_id).numbers()]


async def who_is_alerted(system: System) -> list[str]:
    """Which members of staff are told that a case went past its desk."""
    return [staff_id for staff_id in EVERYONE if (await Staff(system, staff_id).inbox()).alerts]


async def recovered(system: System, *shares: int) -> tuple[Sheet, list[bytes]]:
    """What the holders of these shares open together, files included."""
    places = system.demo.places
    seed = seed_of(system.card, [system.demo.folder / f"recovery-share-{share}.txt" for share in shares])
    (alert,) = (await Staff(system, "tanaka").inbox()).alerts or (await Staff(system, "ito").inbox()).alerts
    async with open_desk(system.store, read_token(places.recovery)) as desk:
        holders = ShareHolders(system.card, seed, desk)
        sheet = await holders.open(alert.case_number)
        paths, failed = await save_files(holders, sheet, system.data / "recovered")
    assert failed == 0
    return sheet, [path.read_bytes() for path in paths]


async def publish(system: System, change: Callable[[str], str]) -> None:
    """Publish a changed roster, and start the bot anew, which goes by the newest from then on."""
    await system.publish(change)
    await system.stop_bot()
    await system.start_bot()


async def test_another_desk_is_offered_when_nobody_at_the_chosen_one_may_read(system: System) -> None:
    """Nothing goes anywhere before the person has said where."""
    person = await hand_over(system, {"keep_from": ["sato"]})
    assert asked(person.screen) == "others"
    assert "Northern branch desk" in person.text
    assert await who_reads(system) == []
    await person.choose("hokubu")
    assert person.token
    assert await who_reads(system) == ["saito"]
    saito = Staff(system, "saito")
    assert STORY in words_of(await saito.open((await saito.numbers())[0]))


async def test_whoever_empties_the_chosen_desk_is_led_to_the_others_at_once(system: System) -> None:
    """O-08: before anything is handed over; the empty desk is not offered, and the summary says who can read it now."""
    person = await hand_over(system, {"keep_from": ["sato"], "desk": ["naibu", "hokubu"]})
    assert person.token
    assert await who_reads(system) == ["saito"]


async def test_whoever_wants_no_other_desk_reaches_outside_counsel(system: System) -> None:
    """The fallback desk gets it; the executive learns that a case went past its desk, and nothing of what is in it."""
    person = await hand_over(system, {"keep_from": ["sato"]})
    await person.choose("anyone")
    assert said("handed.fallback", "External desk (counsel)") in person.text
    assert await who_reads(system) == ["suzuki"]
    assert await who_is_alerted(system) == ["tanaka"]


@pytest.mark.parametrize(
    ("kept_from", "alerted"), [(["sato"], ["tanaka"]), (["sato", "tanaka"], ["ito"])], ids=["executive", "deputy"]
)
async def test_when_every_desk_is_kept_out_two_shares_of_the_recovery_key_open_it(
    system: System, kept_from: list[str], alerted: list[str]
) -> None:
    """The reporter is told so; the executive is alerted, or the deputy where it is kept from the executive too."""
    person = await hand_over(system, {"keep_from": kept_from, "keep_from_others": "Ms. Suzuki, Naoko SAITOH"})
    assert said("handed.recovery") in person.text
    assert await who_reads(system) == []
    assert await who_is_alerted(system) == alerted
    sheet, files = await recovered(system, 1, 3)
    assert STORY in words_of(sheet)
    assert files == [FUEL]


async def test_a_name_typed_with_a_title_keeps_that_person_out(system: System) -> None:
    """Typed the way people speak of each other, in Japanese, a name has the same force as one ticked on the list."""
    await hand_over(system, {"keep_from_others": "佐藤課長と鈴木先生、さいとう直子さん"})
    assert await who_reads(system) == []


def training_over(staff_id: str) -> Callable[[str], str]:
    """The organ's document with one member's training run out."""

    def change(document: str) -> str:
        before, member, after = document.partition(f'id = "{staff_id}"\nenrolment')
        return before + member + after.replace("2099-12-31", "2020-01-01", 1)

    return change


async def test_whose_training_is_over_gets_no_case(system: System) -> None:
    """The seat is there, the key is there, and nothing is sealed to it (Guidelines 2(1))."""
    await publish(system, training_over("sato"))
    person = await hand_over(system, {})
    await person.choose("anyone")
    assert await who_reads(system) == ["suzuki"]
    assert await who_is_alerted(system) == ["tanaka"]


async def test_nothing_is_sealed_to_the_people_of_an_expired_roster(system: System) -> None:
    """Who may read is no longer known for sure, so the recovery key gets it; the report is taken all the same."""
    system.clock.let_pass(days=400)
    person = await hand_over(system, {})
    assert said("handed.recovery") in person.text
    assert await who_reads(system) == []
    sheet, files = await recovered(system, 2, 3)
    assert STORY in words_of(sheet)
    assert files == [FUEL]
