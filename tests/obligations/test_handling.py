"""O-13, O-15 to O-20: from receipt to measures; what is owed, told, withheld and recorded on the way."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from backend.contract import Ending, Obligation, Stage
from tests.support.desk_staff import replies_of
from tests.support.hall import STORY, Hall, open_hall

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def later(organ: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hall]:
    """A system of its own for those who let weeks pass; its clockwork looks often."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("backend.scheduler.clockwork._LOOK", 0.05)
        async with open_hall(organ, tmp_path_factory.mktemp("later")) as made:
            yield made


async def ended_as(hall: Hall, number: str) -> dict[Obligation, Ending | None]:
    """How what was owed came to its end."""
    return {duty.obligation: duty.ending for duty in (await hall.file(number)).duties}


# O-13: 3(1)ii


async def test_the_exceptions_cover_all_notices_and_are_recorded(hall: Hall) -> None:
    """O-13: those of O-15, O-16, O-19, O-21 and O-22; each stands at the desk with why, and the reporter reads none."""
    filed = await hall.hand_over()
    sato, why = hall.staff(), "They asked not to hear of it."
    await sato.move(filed.number, "accept", unsaid="declined", text=why)
    await sato.move(filed.number, "investigate", start="2026-12-01", unsaid="anonymous", text=why)
    await sato.move(filed.number, "period", until="2027-05-31", unsaid="declined", text=why)
    await sato.move(filed.number, "conclude", finding="violation", unsaid="compelling", text=why)
    await sato.move(filed.number, "measures", unsaid="declined", text=why)
    assert "From Sato" not in await hall.reads(filed)
    seen = await hall.opens(filed.number)
    assert [seen.count(f"[{code}]") for code in ("declined", "anonymous", "compelling")] == [3, 1, 1]
    assert seen.count(why) == 5
    endings = await ended_as(hall, filed.number)
    told = (Obligation.DECIDE_ACCEPTANCE, Obligation.DECIDE_INVESTIGATION, Obligation.TELL_RESULT)
    assert {endings[obligation] for obligation in (*told, Obligation.TAKE_MEASURES)} == {Ending.UNSAID}


# O-15: 3(1)iv


async def test_acceptance_is_told_at_once_and_the_days_left_are_shown_until_then(hall: Hall) -> None:
    """O-15: to the desk in inbox and case, to the reporter as a day."""
    filed = await hall.hand_over()
    due = next(line.due_on for line in (await hall.staff().inbox()).cases if line.case_number == filed.number)
    assert due is not None
    left = (due - hall.today()).days
    assert f"decide on acceptance: due in {left} days ({due})" in await hall.opens(filed.number)
    day = f"{due.day} {due:%B %Y}"
    assert f"By {day} you are told whether your report is accepted." in await hall.reads(filed)
    await hall.type("accept", filed.number)
    told = await hall.reads(filed)
    assert "Stage: Accepted" in told
    assert "Your report has been accepted." in told


async def test_a_letter_that_lay_too_long_is_shown_overdue(hall: Hall, tmp_path: Path) -> None:
    """O-15: the days count from its arrival."""
    words = ("enter", "--kind", "letter", "--arrived", "2026-10-01", "--out", str(tmp_path), "--left", "--yes")
    await hall.type(*words, lines="The petty cash is short.")
    (number,) = hall.news()
    lines = (await hall.type("inbox")).splitlines()
    (line,) = [line for line in lines if line.startswith(number)]
    assert "overdue by" in line
    assert "decide on acceptance" in line


async def test_a_report_is_not_declined_without_a_reason(hall: Hall) -> None:
    """O-15: neither without a code, nor with one that is not listed, nor without words; then the reporter reads it."""
    filed = await hall.hand_over()
    for options in ((), ("--reason", "whim", "--text", "No."), ("--reason", "no_facts")):
        await hall.acts(filed.number, "decline", *options, status=1)
    assert (await hall.file(filed.number)).line.stage is Stage.RECEIVED
    await hall.type("decline", filed.number, "--reason", "no_facts", "--text", "Please name a place.")
    told = await hall.reads(filed)
    assert "Stage: Not accepted" in told
    assert "there is nothing in it by which the facts could be checked." in told
    assert "Please name a place." in told


@pytest.mark.parametrize("command", [("accept",), ("decline", "--reason", "no_facts")])
async def test_acceptance_knows_no_ground_for_withholding(hall: Hall, command: tuple[str, ...]) -> None:
    """O-15: the grounds of 3(2) do not count here; only the exceptions of 3(1)ii are offered."""
    filed = await hall.hand_over()
    refused = await hall.acts(filed.number, *command, "--unsaid", "hinders_work", "--text", "Later.", status=1)
    assert "compelling" in refused
    assert "privacy" not in refused
    assert (await hall.file(filed.number)).line.stage is Stage.RECEIVED


# O-16: 3(2)i


async def accepted(hall: Hall) -> str:
    """An accepted case."""
    filed = await hall.hand_over()
    await hall.staff().move(filed.number, "accept")
    return filed.number


async def test_an_investigation_is_told_with_its_first_day_and_none_with_its_reason(hall: Hall) -> None:
    """O-16: neither leaves the desk without it."""
    one, other = await hall.hand_over(), await hall.hand_over()
    for filed in (one, other):
        await hall.staff().move(filed.number, "accept")
    assert "A day is needed." in await hall.acts(one.number, "investigate", status=1)
    await hall.type("investigate", one.number, "--start", "2026-12-01")
    assert "It begins on 1 December 2026." in await hall.reads(one)
    assert "A code is needed." in await hall.acts(other.number, "no-investigation", "--text", "No.", status=1)
    await hall.type("no-investigation", other.number, "--reason", "already_settled", "--text", "It was repaid.")
    told = await hall.reads(other)
    assert "Reason: the matter has been settled." in told
    assert "It was repaid." in told


async def test_it_is_withheld_on_a_listed_ground_alone_and_that_is_recorded(hall: Hall) -> None:
    """O-16: the ground stands in the case, with why it holds; the reporter reads nothing of it."""
    filed = await hall.hand_over()
    await hall.staff().move(filed.number, "accept")
    start = ("investigate", "--start", "2026-12-01", "--unsaid")
    assert "Your organ does not list shyness." in await hall.acts(filed.number, *start, "shyness", status=1)
    assert "A notice is left out for a reason." in await hall.acts(filed.number, *start, "hinders_work", status=1)
    await hall.type(start[0], filed.number, *start[1:], "hinders_work", "--text", "Papers would be burnt.")
    assert "investigation of what you reported" not in await hall.reads(filed)
    seen = await hall.opens(filed.number)
    assert "not told to the reporter: Telling would hinder the work. [hinders_work]" in seen
    assert "Papers would be burnt." in seen
    assert (await ended_as(hall, filed.number))[Obligation.DECIDE_INVESTIGATION] is Ending.UNSAID


# O-17: 3(2)ii


async def test_investigators_get_a_masked_version_and_report_back(hall: Hall) -> None:
    """O-17: what tells the name is refused in it; the original stays at the desk."""
    filed = await hall.hand_over(name="Yamada")
    refused = await hall.acts(filed.number, "mask", "Yamada saw the bids.", status=1)
    assert "Nothing was written." in refused
    await hall.acts(filed.number, "mask", "Bids for a bridge were opened early.")
    await hall.acts(filed.number, "grant", "--to", "abe", "--masked")
    seen = await hall.opens(filed.number, "--identity", who="abe")
    assert "Bids for a bridge were opened early." in seen
    assert STORY not in seen
    assert "Yamada" not in seen
    held = hall.rows("SELECT compartment FROM grants WHERE case_number = ? AND holder = 'abe'", filed.number)
    assert held == [("masked",)]
    await hall.type("findings", filed.number, "The seal was broken on Monday.", who="abe")
    assert "The seal was broken on Monday." in await hall.opens(filed.number)


async def test_the_reporter_agrees_before_anything_leaves_that_could_tell_who_they_are(hall: Hall) -> None:
    """O-17: asked in the thread, answered there, recorded; before that nobody beyond the desk is given the name."""
    filed = await hall.hand_over(name="Yamada")
    give = ("grant", "--to", "abe", "--identity")
    assert "This would tell somebody outside the desk who reported." in await hall.acts(filed.number, *give, status=1)
    await hall.acts(filed.number, "ask-consent", "--text", "May the investigator know your name?")
    person = await hall.comes_back(filed)
    assert "You may say no; you are treated the same way then." in person.text
    assert "May the investigator know your name?" in person.text
    await person.say("Yes, she may.")
    await person.say("/done")
    assert replies_of(await hall.staff().open(filed.number)) == ["Yes, she may."]
    await hall.acts(filed.number, "record", "consent", "--text", "The investigator alone.")
    await hall.acts(filed.number, *give)
    assert "Yamada" in await hall.opens(filed.number, "--identity", who="abe")
    assert "Consent (" in await hall.opens(filed.number)


async def test_who_does_not_agree_is_not_named(hall: Hall) -> None:
    """O-17: the refusal is on record, and holds."""
    filed = await hall.hand_over(name="Yamada")
    await hall.acts(filed.number, "record", "consent", "--refused", "--text", "Not to anybody.")
    refused = await hall.acts(filed.number, "grant", "--to", "abe", "--identity", status=1)
    assert "The reporter does not agree to be named." in refused


# O-18: 3(2)iii


async def test_the_executive_checks_an_investigation_and_the_next_check_is_owed(hall: Hall) -> None:
    """O-18: owed from its first day on, recorded with what was found, seen at the desk, and owed again."""
    number = await accepted(hall)
    await hall.staff().move(number, "investigate", start="2026-12-01")
    assert (await ended_as(hall, number))[Obligation.CHECK_INVESTIGATION] is None
    await hall.type("check", number, "--result", "needs_attention", who="tanaka")
    checks = [one for one in (await hall.file(number)).duties if one.obligation is Obligation.CHECK_INVESTIGATION]
    assert [check.ending for check in sorted(checks, key=lambda check: check.duty_id)] == [Ending.DONE, None]
    assert f"Investigation checked on {hall.today()} by Tanaka: needs attention" in await hall.type("standing", number)


async def test_a_check_that_was_missed_is_shown_overdue(later: Hall) -> None:
    """O-18: to the executive, who owes it."""
    number = await accepted(later)
    await later.staff().move(number, "investigate", start="2026-12-01")
    later.system.clock.let_pass(days=32)
    lines = (await later.type("overview", who="tanaka")).splitlines()
    (line,) = [line.split("\t") for line in lines if f"\t{number}\t" in line]
    assert line[0].startswith("overdue by ")
    assert "check of the investigation" in "".join(lines)


# O-19: 3(2)iv


async def test_after_days_of_silence_the_desk_is_reminded_to_tell_how_it_goes(later: Hall) -> None:
    """O-19: the notice is owed again once it was given."""
    filed = await later.hand_over()
    sato = later.staff()
    await sato.move(filed.number, "accept")
    await sato.move(filed.number, "investigate", start="2027-03-01")
    assert await reminded(later, filed.number) == []
    later.system.clock.let_pass(days=28)
    async with asyncio.timeout(30):
        while True:
            if await reminded(later, filed.number) == [Obligation.TELL_PROGRESS]:
                break
            await asyncio.sleep(0.05)
    (line,) = [line for line in (await later.type("inbox")).splitlines() if line.startswith(filed.number)]
    assert "tell how the investigation is going: due " in line
    await sato.move(filed.number, "progress", text="Three people have been asked.")
    assert "Three people have been asked." in await later.reads(filed)
    owed = [duty for duty in (await later.file(filed.number)).duties if duty.obligation is Obligation.TELL_PROGRESS]
    assert [duty.ending for duty in sorted(owed, key=lambda duty: duty.duty_id)] == [Ending.DONE, None]


async def reminded(hall: Hall, number: str) -> list[Obligation]:
    """What Sato is reminded of on a case."""
    reminders = (await hall.staff().inbox()).reminders
    return [one.obligation for one in reminders if one.case_number == number]


async def test_the_result_is_told_or_withheld_on_a_listed_ground(hall: Hall) -> None:
    """O-19: with its finding; nobody's privacy is told with it."""
    told, untold = await hall.hand_over(), await hall.hand_over()
    sato = hall.staff()
    for filed in (told, untold):
        await sato.move(filed.number, "accept")
        await sato.move(filed.number, "investigate", start="2026-12-01")
    await sato.move(told.number, "conclude", finding="violation", text="The bids were opened early.")
    read = await hall.reads(told)
    assert "Finding: the law was broken." in read
    assert "The bids were opened early." in read
    await sato.move(untold.number, "conclude", finding="improper", unsaid="privacy", text="It tells of an illness.")
    assert "Finding:" not in await hall.reads(untold)
    assert "[privacy]" in await hall.opens(untold.number)
    assert (await ended_as(hall, untold.number))[Obligation.TELL_RESULT] is Ending.UNSAID


# O-20: 3(3)


async def test_measures_and_action_are_recorded_with_owner_and_day(hall: Hall) -> None:
    """O-20: what is rectified and prevented, and what is done about persons; at the desk, not in the inbox outside."""
    filed = await hall.hand_over()
    measure = ("record", "measure", "--on", "2027-03-31", "--owner", "Ito", "--text")
    await hall.acts(filed.number, *measure, "Two people open bids.")
    await hall.acts(filed.number, "record", "action", "--on", "2026-11-20", "--text", "The head was reprimanded.")
    nobody = await hall.acts(filed.number, "record", "measure", "--on", "2027-03-31", "--text", "Lock it.", status=1)
    assert "Give exactly one of these: --owner" in nobody
    seen = await hall.opens(filed.number)
    assert "Measure (2027-03-31; responsible: Ito)\n  │ Two people open bids." in seen
    assert "(2026-11-20)\n  │ The head was reprimanded." in seen
    assert {("sato", "record_measure"), ("sato", "record_action")} <= set(hall.log(filed.number))
    assert "Two people open bids." not in await hall.reads(filed)
