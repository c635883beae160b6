"""The whole life of a case from the terminal, with real keys and a real case store."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from backend.contract import Stage
from madoguchi.day import today
from madoguchi.staff.answering import open_to_write
from madoguchi.staff.changes import ChangedMeanwhileError
from madoguchi.staff.client import open_desk
from madoguchi.staff.composing import drafted
from madoguchi.staff.deeds import DEEDS, Deed
from madoguchi.staff.giving import Given
from madoguchi.staff.moving import send
from madoguchi.staff.opening import Chair
from madoguchi.words import Words
from tests.integration.madoguchi.conftest import House, Said

LATER = today() + timedelta(days=40)


async def move(house: House, number: str, *words: str) -> Said:
    """Act on a case as it was last shown; that it was done is part of it."""
    group = words[:1] if words[0] == "record" else ()
    command, *options = words[len(group) :]
    done = await house.staff(*group, command, number, *options)
    assert done.status == 0, done.err
    return done


def deed(command: str) -> Deed:
    """The row of a command."""
    return next(one for one in DEEDS if one.command == command)


async def hand_over(house: House) -> str:
    """A report that is before the desk, and that Sato has looked at."""
    number = await house.hand_over()
    assert (await house.staff("open", number)).status == 0
    return number


def part(text: str, title: str) -> list[str]:
    """The lines of a case below a title."""
    lines = text.splitlines()
    start = next(place for place, line in enumerate(lines) if title in line)
    return lines[start + 1 :]


def life() -> Iterator[tuple[tuple[str, ...], str]]:
    """Each act from receipt to the review of the measures, and the stage that it leads to."""
    yield ("accept",), "accepted"
    yield ("investigate", "--start", "2026-12-01"), "under investigation"
    yield ("progress",), "under investigation"
    yield ("period", "--until", LATER.isoformat(), "--text", "The ledger is long."), "under investigation"
    yield ("conclude", "--finding", "violation", "--text", "The invoice was paid twice."), "investigation concluded"
    yield ("measures", "--text", "The money was paid back."), "measures taken"
    yield ("close", "--category", "procurement"), "closed"
    yield ("review", "--result", "works"), "measures reviewed"


async def test_a_case_goes_from_receipt_to_review_and_its_reporter_is_told_each_step(house: House) -> None:
    """Each notice arrives sealed, in order, as it was shown before it left; the log names who did what."""
    number = await hand_over(house)
    shown: list[str] = []
    for words, stage in life():
        await house.declare(number)
        done = await move(house, number, *words)
        assert f"The case is now: {stage}." in done.out
        shown.append("\n".join(line[4:] for line in done.out.splitlines() if line.startswith("  │ ")))
    told = await house.read(number)
    assert told == shown
    assert len(told) == len(list(life()))
    assert "The ledger is long." in told[3]
    assert told[4].endswith("The invoice was paid twice.")
    await house.declare(number)
    text = (await house.staff("open", number, "--log")).out
    log = [line.partition(" Sato: ")[2] for line in part(text, "What was done") if " Sato: " in line]
    assert [act for act in log if act not in ("opened the case", "declared that there is no conflict")] == [
        "accepted the report",
        "began an investigation",
        "told how the investigation is going",
        "changed the expected end",
        "ended the investigation",
        "took measures",
        "ended handling",
        "checked whether the measures work",
    ]


async def test_what_is_owed_moves_with_the_case(house: House) -> None:
    """The top of a case says what comes next, and an end that was promised anew is the one that counts."""
    number = await house.hand_over()
    assert "→ decide on acceptance" in (await house.staff("open", number)).out
    done = await house.staff("accept", number, "--expected", LATER.isoformat())
    assert "Next: say whether there will be an investigation" in done.out
    await house.declare(number)
    text = (await house.staff("open", number)).out
    assert f"Handling is expected to end by {LATER}" in text
    assert f"  finish handling: due in 40 days ({LATER})" in text
    sooner = LATER - timedelta(days=10)
    await move(house, number, "period", "--until", sooner.isoformat(), "--text", "It goes faster.")
    assert f"finish handling: due in 30 days ({sooner})" in (await house.staff("open", number)).out


async def test_a_notice_that_is_left_out_stays_at_the_desk_with_its_ground(house: House) -> None:
    """The reporter is told nothing; what was decided, why, and on which ground is there for whoever comes after."""
    number = await hand_over(house)
    await move(house, number, "accept")
    await house.declare(number)
    unsaid = ("--unsaid", "hinders_work", "--text", "Papers would be destroyed.")
    done = await move(house, number, "investigate", "--start", "2026-12-01", *unsaid)
    assert "is not told" in done.out
    assert len(await house.read(number)) == 1
    await house.declare(number)
    text = (await house.staff("open", number)).out
    assert (
        "  There is an investigation (2026-12-01; "
        "not told to the reporter: Telling would hinder the work. [hinders_work])\n  │ Papers would be destroyed."
    ) in text


async def test_minutes_stand_apart_with_what_belongs_to_them(house: House) -> None:
    """Who is responsible, who asked whom, what was agreed: at the desk, and nowhere in the reporter's inbox."""
    number = await hand_over(house)
    day = today().isoformat()
    measure = ("measure", "--on", "2027-03-31", "--owner", "Ito", "--text", "Two people sign.")
    minutes = (
        (measure, "Measure (2027-03-31; responsible: Ito)"),
        (("cooperation", "--to", "Board of Audit", "--text", "The ledger."), f"Cooperation ({day}; to Board of Audit)"),
        (("consent", "--refused", "--text", "Not to the head."), f"Consent refused ({day})"),
    )
    for words, _ in minutes:
        assert "stays at the desk" in (await move(house, number, "record", *words)).out
    lines = part((await house.staff("open", number)).out, "Minutes")
    assert [told for _, told in minutes if f"  {told}" not in lines] == []
    assert await house.read(number) == []


async def test_of_two_who_move_at_once_one_wins_and_the_other_is_told_what_changed(house: House) -> None:
    """Where the case stands now, and what came last and from whom: not merely that something did."""
    number = await hand_over(house)
    elsewhere = house.demo.key("sato").with_name("copy.key")
    elsewhere.write_bytes(house.demo.key("sato").read_bytes())
    words = ("--key", str(elsewhere), "--passphrase-file", str(house.demo.passphrase("sato")))
    await house.staff(*words, "open", number)
    assert (await house.staff(*words, "accept", number)).status == 0
    await house.declare(number)
    refused = await house.staff("decline", number, "--reason", "no_facts", "--text", "Where was it?")
    assert refused.status == 1
    assert refused.err.splitlines()[1:] == [
        "It is now: accepted.",
        f"{today()} Sato: accepted the report",
    ]


async def test_of_two_moves_that_are_sent_at_once_the_store_takes_one(house: House) -> None:
    """Both had seen all there was; whoever is second is told what the first has made of the case."""
    number = await hand_over(house)
    key = house.key("sato")
    async with open_desk(house.store, key.credential) as desk:
        chair = Chair(house.demo.key("sato"), key, desk)
        policy = (await desk.in_force()).policy
        sheet = await open_to_write(chair, number)
        accept = drafted(deed("accept"), Given(), sheet, policy, today())
        decline = drafted(deed("decline"), Given(text="Where?", code="no_facts"), sheet, policy, today())
        assert (await send(chair, sheet, accept)).stage is Stage.ACCEPTED
        await house.declare(number)
        with pytest.raises(ChangedMeanwhileError) as second:
            await send(chair, sheet, decline)
    assert second.value.told(Words("en"))[1:] == ["It is now: accepted.", f"{today()} Sato: accepted the report"]


async def test_a_move_that_a_stage_does_not_know_is_answered_with_those_it_knows(house: House) -> None:
    """Nothing was sent, and nothing had to be asked of the store."""
    number = await hand_over(house)
    refused = await house.staff("conclude", number, "--finding", "violation")
    assert (refused.status, "  accept" in refused.err.splitlines()) == (1, True)


async def test_an_answered_concern_and_feedback_reach_the_reporter(house: House) -> None:
    """And so does a question for consent; none of them moves the case."""
    number = await hand_over(house)
    commands = ("answer-concern", "answer-feedback", "ask-consent")
    for command in commands:
        done = await move(house, number, command, "--text", f"Words of {command}.")
        assert "The case is now: received." in done.out
    told = await house.read(number)
    assert [one.rpartition("\n")[2] for one in told] == [f"Words of {command}." for command in commands]


async def test_what_is_due_is_asked_for_by_days(house: House) -> None:
    """Today by default; further off only when asked."""
    number = await house.hand_over()
    assert number not in (await house.staff("due")).out
    assert number in (await house.staff("due", "--days", "30")).out


async def test_words_may_come_by_a_pipe(house: House) -> None:
    """Long ones are written elsewhere."""
    number = await hand_over(house)
    done = await house.staff("answer-feedback", number, "--text", "-", lines="First line.\nSecond line.\n")
    assert "  │ First line.\n  │ Second line.\n" in done.out
