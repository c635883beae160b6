"""O-01 to O-08: who is responsible, where one can turn, who may open a case, and who is kept out of it."""

import pytest

from backend.contract import AlertKind, CaseKind, Obligation
from bot.anonymity.errors import NotOpenedError
from bot.anonymity.sealing import Binding, Compartment, Direction, open_sealed
from tests.support.desk_staff import replies_of, words_of
from tests.support.hall import STORY, Filed, Hall

pytestmark = pytest.mark.asyncio(loop_scope="module")


def holders(hall: Hall, number: str, compartment: str = "facts") -> set[str]:
    """Who holds a key of a case."""
    question = "SELECT holder FROM grants WHERE case_number = ? AND compartment = ?"
    return {str(holder) for (holder,) in hall.rows(question, number, compartment)}


async def overview(hall: Hall, who: str = "tanaka") -> dict[str, list[str]]:
    """Each line of an overview, by the number of its case."""
    lines = (await hall.type("overview", who=who)).splitlines()
    return {cells[1]: cells for line in lines if len(cells := line.split("\t")) > 5}


# O-01: 2(1)i


async def test_the_executive_sees_where_every_open_case_stands(hall: Hall) -> None:
    """O-01: stage, what is owed next, days left, at every desk of the organ; nothing of what was reported."""
    here, branch = await hall.hand_over(), await hall.hand_over(desk="shibu")
    await hall.staff().move(here.number, "accept")
    seen = await overview(hall)
    decide = "say whether there will be an investigation"
    assert seen[here.number][2:6] == [decide, "desk", "accepted", "Internal desk"]
    assert seen[branch.number][2:6] == ["decide on acceptance", "desk", "received", "Branch desk"]
    assert seen[branch.number][0].startswith("due in ")
    assert "bridge" not in str(seen)


async def test_the_executive_reads_a_case_once_somebody_gave_them_a_key(hall: Hall) -> None:
    """O-01: before that nothing of it opens, whatever they are responsible for."""
    filed = await hall.hand_over()
    await hall.staff("tanaka").know_rules()
    assert STORY not in await hall.type("open", filed.number, "--no-conflict", who="tanaka", status=1)
    await hall.acts(filed.number, "grant", "--to", "tanaka")
    assert STORY in await hall.opens(filed.number, who="tanaka")


# O-02: 2(1)ii


async def test_nobody_opens_a_case_before_acknowledging_the_rules_as_they_are_now(hall: Hall) -> None:
    """O-02: the rules have versions; a new one closes every case until it is acknowledged as well."""
    filed = await hall.hand_over(desk="shibu")
    assert "Nobody searches for a reporter." in await hall.type("rules", "--acknowledge", who="mori")
    assert STORY in await hall.type("open", filed.number, "--no-conflict", who="mori")
    await hall.system.publish(lambda text: text.replace("version = 1", "version = 2").replace("1. Nobody", "1. No one"))
    refused = await hall.type("open", filed.number, who="mori", status=1)
    assert "rules that you have not acknowledged" in refused
    assert STORY not in refused
    shown = await hall.type("rules", "--acknowledge", who="mori")
    assert "version 2" in shown
    assert "No one searches for a reporter." in shown
    assert STORY in await hall.type("open", filed.number, who="mori")


# O-03: 2(1)iii


async def test_a_reporter_chooses_a_branch_office_in_the_chat(hall: Hall) -> None:
    """O-03: it is among the desks that are offered, and nobody elsewhere gets a key."""
    person = hall.person()
    await person.walk({"story": STORY}, until="desk")
    for name in ("Internal desk", "External desk (counsel)", "Branch desk"):
        assert name in person.text
    await person.report({"desk": "shibu"})
    (number,) = hall.news()
    assert holders(hall, number) == {"mori"}
    assert STORY in words_of(await hall.staff("mori").open(number))


async def test_whoever_is_unsure_comes_to_the_integrated_desk(hall: Hall) -> None:
    """O-03: skipping the question is enough."""
    filed = await hall.report({"desk": "unsure"})
    assert holders(hall, filed.number) == {"sato", "kato"}
    assert "Internal desk" in await hall.reads(filed)


# O-04: 2(2)i


async def test_what_goes_to_counsel_is_sealed_to_counsel_alone(hall: Hall) -> None:
    """O-04: the organ sees that there is a case, no more until counsel passes it on; the reporter is told so."""
    filed = await hall.report({"desk": "gaibu"})
    assert holders(hall, filed.number) == {"suzuki"}
    seen = await hall.type("overview", who="tanaka")
    assert f"({filed.number})" in seen.replace(", ", ") (")
    assert "With outside counsel, known only to exist: 1" in seen
    assert filed.number not in await overview(hall)
    assert filed.number not in await hall.type("inbox")
    await hall.acts(filed.number, "transfer", "--to", "naibu", who="suzuki")
    assert (await overview(hall))[filed.number][5] == "Internal desk"
    assert STORY in await hall.opens(filed.number)
    assert "Internal desk" in await hall.reads(filed)


# O-05: 2(2)ii


async def test_a_consultation_is_answered_in_its_thread_and_becomes_a_report_without_retyping(hall: Hall) -> None:
    """O-05: asked, answered, asked back, and handled as a report from then on: one token, one case, the same words."""
    filed = await hall.hand_over(CaseKind.CONSULTATION)
    sato = hall.staff()
    assert (await hall.file(filed.number)).line.owes is Obligation.ANSWER_FEEDBACK
    await sato.move(filed.number, "answer-feedback", text="You could report this here, without your name.")
    person = await hall.comes_back(filed)
    assert "You could report this here, without your name." in person.text
    await person.say("Then please take it as a report.")
    await person.say("/done")
    sheet = await sato.open(filed.number)
    assert replies_of(sheet) == ["Then please take it as a report."]
    await sato.move(filed.number, "become-report")
    sheet = await sato.open(filed.number)
    assert sheet.file.line.kind is CaseKind.REPORT
    assert sheet.file.line.owes is Obligation.DECIDE_ACCEPTANCE
    assert STORY in words_of(sheet)
    assert "What you asked about is handled as a report from now on." in await hall.reads(filed)


# O-06: 2(3)


async def test_without_valid_training_nobody_is_given_a_case(hall: Hall) -> None:
    """O-06: neither when it comes in nor by a colleague; and whose training ends opens nothing any more."""
    filed, branch = await hall.hand_over(), await hall.hand_over(desk="shibu")
    assert "nishi" not in holders(hall, filed.number)
    assert "training of nishi is missing or has run out" in await hall.acts(
        filed.number, "grant", "--to", "nishi", status=1
    )
    await hall.staff("mori").open(branch.number)
    valid = 'mori.enrolment.json"\ntrained_until = 2099-12-31'
    await hall.system.publish(lambda text: text.replace(valid, valid.replace("2099", "2021")))
    refused = await hall.type("open", branch.number, who="mori", status=1)
    await hall.system.publish(lambda text: text.replace(valid.replace("2099", "2021"), valid))
    assert "Your training is missing or has run out" in refused


async def test_departments_without_a_responsible_person_and_training_that_ran_out_are_shown(hall: Hall) -> None:
    """O-06: to the executive, until somebody is named."""
    seen = await hall.type("overview", who="tanaka")
    assert "Training ran out on 2020-03-31: Nishi" in seen
    assert "Department without a responsible person: 総務課" in seen
    named = 'abe.enrolment.json"\n'
    await hall.system.publish(lambda text: text.replace(named, f'{named}department = "総務課"\n'))
    assert "Department without a responsible person: 総務課" not in await hall.type("overview", who="tanaka")


# O-07: 2(4)


async def test_every_opening_and_every_attempt_is_recorded(hall: Hall) -> None:
    """O-07: only a key opens a case; who did, and who tried without, stands in its log."""
    filed = await hall.hand_over()
    await hall.staff("abe").know_rules()
    assert STORY not in await hall.type("open", filed.number, "--no-conflict", who="abe", status=1)
    assert "Abe: tried to open" in await hall.opens(filed.number, "--log")
    assert [line for line in hall.log(filed.number) if line[1] in ("attempted", "opened")] == [
        ("abe", "attempted"),
        ("sato", "opened"),
    ]


async def test_somebody_works_on_the_facts_without_the_name(hall: Hall) -> None:
    """O-07: sealed apart; a colleague has a key to the one alone, and the name is shown only when asked for."""
    filed = await hall.report({"anonymity": "named", "name": "Yamada", "contact": "under the clock"})
    seen = await hall.opens(filed.number, "--identity", who="kato")
    assert STORY in seen
    assert "You have no key to the identity." in seen
    assert "Yamada" not in seen
    assert holders(hall, filed.number, "identity") == {"sato"}
    assert "Yamada" not in await hall.opens(filed.number)
    assert "Yamada" in await hall.type("open", filed.number, "--identity")


async def test_what_must_be_observed_is_shown_at_each_stage(hall: Hall) -> None:
    """O-07: other words at receipt, once accepted, and under investigation."""
    filed = await hall.hand_over()
    sato = hall.staff()
    observed = [await hall.opens(filed.number)]
    await sato.move(filed.number, "accept")
    observed.append(await hall.opens(filed.number))
    await sato.move(filed.number, "investigate", start="2026-12-01")
    observed.append(await hall.opens(filed.number))
    told = [seen.partition("── To be observed now: ")[2].splitlines() for seen in observed]
    assert [lines[0] for lines in told] == ["receipt ──", "acceptance ──", "investigation ──"]
    assert ["copy nowhere" in lines[1] for lines in told] == [True] * 3
    assert len({lines[-1] for lines in told}) == 3


# O-08: 2(5)


async def test_whom_the_reporter_names_has_no_key(hall: Hall) -> None:
    """O-08: named in the chat; what they try is recorded, and no colleague can give them one."""
    filed = await hall.report({"keep_from": ["sato"]})
    assert holders(hall, filed.number) == {"kato"}
    await hall.staff().know_rules()
    await hall.type("open", filed.number, "--no-conflict", status=1)
    assert ("sato", "attempted") in hall.log(filed.number)
    refused = await hall.acts(filed.number, "grant", "--to", "sato", who="kato", status=1)
    assert "The reporter wants this kept from sato." in refused


async def test_everyone_declares_at_every_stage(hall: Hall) -> None:
    """O-08: receipt, acceptance, investigation, measures, follow-up; before that the case is closed to them."""
    filed = await hall.hand_over()
    sato = hall.staff()
    steps: tuple[tuple[str, dict[str, str]], ...] = (
        ("accept", {}),
        ("investigate", {"start": "2026-12-01"}),
        ("conclude", {"finding": "violation"}),
        ("measures", {"text": "The bids stay closed until noon."}),
        ("close", {"category": "procurement"}),
    )
    for command, typed in steps:
        await sato.move(filed.number, command, **typed)
        if command != "measures":
            refused = await hall.type("open", filed.number, status=1)
            assert "You have not said yet whether you have a conflict of interest" in refused
            assert STORY not in refused
    await sato.declare(filed.number)
    declared = hall.rows("SELECT phase FROM declarations WHERE case_number = ? AND staff_id = 'sato'", filed.number)
    assert {phase for (phase,) in declared} == {"receipt", "acceptance", "investigation", "measures", "follow_up"}


async def test_whoever_declares_a_conflict_loses_all_keys_and_the_executive_hears_of_it(hall: Hall) -> None:
    """O-08: what was theirs is gone, a fresh key is made for those who read on, and trying again is recorded."""
    filed = await hall.hand_over()
    await hall.staff().open(filed.number)
    assert "You have no key to this case any more" in await hall.type("declare", filed.number, "--conflict")
    assert "sato" not in holders(hall, filed.number) | holders(hall, filed.number, "identity")
    await hall.type("open", filed.number, "--no-conflict", status=1)
    assert [act for who, act in hall.log(filed.number) if who == "sato"][-2:] == ["conflict", "attempted"]
    alerts = (await hall.staff("tanaka").inbox()).alerts
    assert (filed.number, AlertKind.CONFLICT) in [(alert.case_number, alert.what) for alert in alerts]
    assert "Fresh key made" in await hall.acts(filed.number, "renew-keys", who="kato")


async def test_what_a_reporter_writes_after_a_key_change_is_closed_to_whoever_kept_an_old_key(hall: Hall) -> None:
    """O-08: the old key, the ciphertext and all of the store do not open it; those who read on do."""
    filed = await hall.hand_over()
    before = (await hall.staff().open(filed.number)).case.grant(Compartment.FACTS)
    assert before is not None
    await hall.type("declare", filed.number, "--conflict")
    await hall.acts(filed.number, "renew-keys", who="kato")
    person = await hall.comes_back(filed)
    await person.choose("reply")
    await person.say("It lies in the second drawer.")
    await person.say("/done")
    sheet = await hall.staff("kato").open(filed.number)
    assert replies_of(sheet) == ["It lies in the second drawer."]
    last = sheet.file.letters[-1]
    binding = Binding(sheet.case.organ, sheet.case.submission, Compartment.FACTS, Direction.TO_DESK, last.message_id)
    with pytest.raises(NotOpenedError):
        open_sealed(before.seed, last.ciphertext, binding)


async def test_when_a_whole_desk_is_kept_out_another_one_is_offered(hall: Hall) -> None:
    """O-08: in the chat, as soon as its last reader is named and before anything leaves."""
    person = hall.person()
    await person.walk({"story": STORY, "desk": "shibu"}, until="keep_from")
    await person.choose("mori")
    assert "Everyone who could read it at “Branch desk” is among the people you keep it from." in person.text
    await person.walk({"desk": "naibu"})
    assert "Who can read this" in person.text
    await person.choose("hand_over")
    (number,) = hall.news()
    assert holders(hall, number) == {"sato", "kato"}


async def test_a_case_kept_from_the_executive_is_the_deputys(hall: Hall) -> None:
    """O-08: it is absent from all that the executive sees, counts included, and in the deputy's view."""
    counted = (await hall.type("overview", who="tanaka")).splitlines()[0]
    filed = await hall.report({"keep_from": ["tanaka"]})
    seen = await hall.type("overview", who="tanaka")
    assert filed.number not in seen
    assert seen.splitlines()[0] == counted
    assert (await overview(hall, "ito"))[filed.number][4] == "received"


async def test_a_case_of_a_conflicted_executive_goes_to_the_deputy(hall: Hall) -> None:
    """O-08: the executive says so themselves, and sees nothing of it from then on."""
    filed: Filed = await hall.hand_over()
    assert filed.number in await overview(hall)
    await hall.type("declare", filed.number, "--conflict", who="tanaka")
    assert filed.number not in await hall.type("overview", who="tanaka")
    assert filed.number in await overview(hall, "ito")
