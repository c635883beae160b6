"""Oversight at the terminal: overview, approval, checks, responsible persons, transfer, linked cases."""

from datetime import timedelta
from functools import cache

import msgspec
import pytest

from backend.contract import RosterDocument
from bot.anonymity import lockbox
from bot.anonymity.handover import routes
from bot.anonymity.roster import verify_roster
from bot.anonymity.routing import Route
from madoguchi.day import today
from madoguchi.organ.demo import publish_demo
from madoguchi.wire import open_wire
from tests.integration.madoguchi.conftest import CONTENT, House, Said

TOMORROW = today() + timedelta(days=1)


#: Stretching the words takes a fifth of a second on purpose; here the same few keys are opened a hundred times.
_open_box = cache(lockbox.open_box)


@pytest.fixture(autouse=True)
def _opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockbox, "open_box", _open_box)


async def with_approvals(house: House, *moves: str) -> None:
    """Let the organ want these moves approved."""
    document = house.demo.folder / "organ.toml"
    wanted = ", ".join(f'"{move}"' for move in moves)
    text = document.read_text().replace(
        'profile = "jp-national-organ"', f'profile = "jp-national-organ"\napprovals = [{wanted}]'
    )
    document.write_text(text)
    assert await publish_demo(house.demo, house.card, house.store)


async def to_counsel(house: House) -> Route:
    """The way to the external desk."""
    async with open_wire(house.store, house.demo.places.intake.read_text().strip()) as wire:
        document = (await wire.ask(RosterDocument, "GET", "/roster")).document
    roster = verify_roster(document, house.card.pins, house.card.threshold, 0, today(), house.card.organ)
    found = routes(roster, "gaibu", (), today())
    assert isinstance(found, Route)
    return found


async def opened(house: House, number: str, who: str = "sato") -> Said:
    """Declare, and look at a case."""
    await house.declare(number, who)
    said = await house.staff("open", number, who=who)
    assert said.status == 0, said
    return said


async def done(house: House, *words: str, who: str = "sato") -> str:
    """Run a command that goes well."""
    said = await house.staff(*words, who=who)
    assert said.status == 0, (words, said)
    return said.out


async def test_o01_the_executive_sees_where_every_case_stands_and_nothing_of_what_it_says(house: House) -> None:
    """Stage, next obligation, days left, who is responsible; a case of outside counsel's only exists."""
    number = await house.hand_over()
    outside = await house.hand_over(msgspec.structs.replace(CONTENT, files=[]), route=await to_counsel(house))
    seen = await done(house, "overview", who="tanaka")
    line = next(line for line in seen.splitlines() if line.startswith(("due", "overdue")))
    assert line.split("\t")[1:6] == [number, "decide on acceptance", "desk", "received", "Internal desk"]
    assert "nobody responsible" in line
    assert f"With outside counsel, known only to exist: 1 ({outside})" in seen
    assert "invoice" not in seen
    assert "Overdue: 0 · due today: 0 · waiting for your approval: 0 · open: 1" in seen
    assert "Department without a responsible person: 総務課" in seen
    assert "Has not read the rules as they are now: Ito" in seen


async def test_o08_a_case_that_excludes_the_executive_is_the_deputys_alone(house: House) -> None:
    """It is in no line, no count, no alert of the executive's."""
    number = await house.hand_over(msgspec.structs.replace(CONTENT, excluded=["tanaka"]))
    assert number not in await done(house, "overview", who="tanaka")
    assert number in await done(house, "overview", who="ito")


async def test_what_waits_is_read_and_approved_by_whoever_oversees(house: House) -> None:
    """Nothing leaves before; the approver reads the very letter, and the reporter gets it in its writer's name."""
    await with_approvals(house, "decline")
    number = await house.hand_over()
    await opened(house, number)
    waits = await done(house, "decline", number, "--reason", "no_facts", "--text", "Please name a place.")
    assert "waits for approval" in waits
    assert await said_to(house, number) == []
    refused = await house.staff("answer", number, "Hello")
    assert refused.status == 1
    assert number in await done(house, "overview", who="tanaka")
    read = await done(house, "proposal", number, who="tanaka")
    assert "Please name a place." in read
    assert "invoice" not in read
    assert (await house.staff("proposal", number, who="ito")).status == 1
    assert "Approved" in await done(house, "approve", number, who="tanaka")
    assert "Please name a place." in "\n".join(await said_to(house, number))
    await opened(house, number)
    assert "approved by Tanaka" in await done(house, "standing", number)


async def said_to(house: House, number: str) -> list[str]:
    """What the desk has told the reporter; what the mechanism tells by itself is not among it."""
    return [words for words in await house.read(number) if "Please name" in words or "another desk" in words.lower()]


async def test_what_came_back_is_shown_to_whoever_proposed_it(house: House) -> None:
    """Returned for a reason, or withdrawn by themselves; then the desk goes on."""
    await with_approvals(house, "accept", "decline")
    number = await house.hand_over()
    await opened(house, number)
    await done(house, "accept", number)
    await done(house, "return", number, "--reason", "later", who="tanaka")
    mine = await done(house, "responsible")
    assert "returned by Tanaka" in mine
    assert "Why: it is too early" in mine
    await opened(house, number)
    await done(house, "accept", number)
    assert "Withdrawn" in await done(house, "withdraw", number)
    assert "Nothing of" in (await house.staff("withdraw", number)).err


async def test_the_deputy_approves_while_the_executive_is_away(house: House) -> None:
    """The letter was sealed to both from the start, so that nobody has to be called back."""
    await with_approvals(house, "accept")
    number = await house.hand_over()
    await opened(house, number)
    await done(house, "accept", number)
    assert (await house.staff("approve", number, who="ito")).status == 1
    await done(house, "away", "--until", TOMORROW.isoformat(), who="tanaka")
    seen = await done(house, "overview", who="ito")
    assert number in seen
    assert "Away: Tanaka" in seen
    read = await done(house, "approve", number, who="ito")
    assert "Your report has been accepted." in read
    await opened(house, number)


async def test_o18_checks_of_an_investigation_are_recorded_and_owed_again(house: House) -> None:
    """By the executive, without a key; the desk sees when it was checked and what was found."""
    number = await house.hand_over()
    await opened(house, number)
    assert (await house.staff("check", number, "--result", "in_order", who="tanaka")).status == 1
    await done(house, "accept", number)
    await opened(house, number)
    await done(house, "investigate", number, "--start", TOMORROW.isoformat())
    day = (today() + timedelta(days=7)).isoformat()
    await done(house, "check", number, "--result", "slow", "--next", day, who="tanaka")
    await opened(house, number)
    assert f"Investigation checked on {today()} by Tanaka: slow" in await done(house, "standing", number)
    assert "check of the investigation\tyou\t" in (await done(house, "overview", who="tanaka")).replace(
        "executive’s ", ""
    )


async def test_somebody_is_responsible_and_somebody_stands_in(house: House) -> None:
    """Only who holds a key can be; while they are away, the case is shown as needing a stand-in."""
    number = await house.hand_over()
    await opened(house, number)
    assert "hold" in (await house.staff("assign", number, "--to", "ito")).err
    assert "Sato is responsible" in await done(house, "assign", number)
    assert "nobody responsible" not in await done(house, "overview", who="tanaka")
    await done(house, "away", "--until", TOMORROW.isoformat())
    assert "stand-in needed" in await done(house, "overview", who="tanaka")
    assert f"away until {TOMORROW}" in await done(house, "responsible")


async def test_o04_outside_counsel_passes_a_case_on_to_the_organ(house: House) -> None:
    """Its people get keys, the reporter is told, and from then on the executive sees where it stands."""
    number = await house.hand_over(route=await to_counsel(house))
    await opened(house, number, "suzuki")
    before = await done(house, "overview", who="tanaka")
    assert "open: 0" in before
    passed = await done(house, "transfer", number, "--to", "naibu", who="suzuki")
    assert "is with Internal desk now" in passed
    assert "open: 1" in await done(house, "overview", who="tanaka")
    assert any("Internal desk" in words for words in await said_to(house, number))
    text = (await opened(house, number)).out
    assert "The same invoice was paid twice." in text
    assert "You have no key to the identity." in (await house.staff("open", number, "--identity")).out


async def test_a_case_is_not_given_to_a_desk_that_could_not_read_it(house: House) -> None:
    """Where everybody there is kept out by the reporter, or where there is no such desk."""
    number = await house.hand_over(msgspec.structs.replace(CONTENT, excluded=["suzuki"]))
    await opened(house, number)
    assert "Nobody at that desk" in (await house.staff("transfer", number, "--to", "gaibu")).err
    assert "There are: gaibu" in (await house.staff("transfer", number, "--to", "nowhere")).err


async def test_cases_on_one_matter_are_handled_as_one_and_every_reporter_is_told(house: House) -> None:
    """One follows the other, its reporter is told so, and what is told later can be told there as well."""
    first, second = await house.hand_over(), await house.hand_over(msgspec.structs.replace(CONTENT, files=[]))
    await opened(house, first)
    await opened(house, second)
    refused = await house.staff("join", second, "--reason", "same_matter")
    assert refused.status == 1
    assert f"{second}: Is handled with {first}" in await done(house, "link", second, first, "--follows")
    await done(house, "join", second, "--reason", "same_matter")
    await opened(house, second)
    assert f"{second} is handled with this one" in await done(house, "standing", first)
    accepted = await done(house, "accept", first)
    assert "You can send it later" in accepted
    await opened(house, first)
    assert "Your report has been accepted." in await done(house, "same", first, "--yes")
    told = "\n".join(await house.read(second))
    assert "handled together" in told
    assert "Your report has been accepted." in told


async def test_nobody_is_sent_to_another_organ_without_having_agreed(house: House) -> None:
    """Consent is on record first; then the case ends here, and the reporter is told how to turn there."""
    number = await house.hand_over()
    await opened(house, number)
    words = ("hand-on", number, "--reason", "handled_elsewhere", "--text", "Write to the Fair Trade Commission.")
    refused = await house.staff(*words)
    assert "consent is not on record" in refused.err.lower() or "consent" in refused.err
    await done(house, "record", "consent", number, "--refused", "--text", "They do not agree.")
    for each in (words, ("transfer", number, "--to", "gaibu", "--identity")):
        assert "has not agreed to this yet" in (await house.staff(*each)).err
    await done(house, "record", "consent", number, "--text", "They agree.")
    await done(house, *words)
    assert "Write to the Fair Trade Commission." in "\n".join(await house.read(number))
    assert "closed" in (await opened(house, number)).out


@pytest.mark.parametrize("who", ["sato", "suzuki"])
async def test_the_desk_has_no_overview(house: House, who: str) -> None:
    """What lies at other desks is not theirs to know."""
    assert (await house.staff("overview", who=who)).status == 1
