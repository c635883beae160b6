"""Declaring, granting, renewing keys and masking at the terminal, against a real case store."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pexpect
import pytest

from backend.contract import CaseFile
from bot.anonymity.opening import StaffReader
from madoguchi.organ.demo import publish_demo
from madoguchi.staff.client import open_desk
from madoguchi.staff.opening import Chair, opened
from tests.integration.madoguchi.conftest import CONTENT, House

STORY = "The same invoice was paid twice."
ANONYMOUS = msgspec.structs.replace(CONTENT, identity={}, files=[])


async def publish(house: House, change: Callable[[str], str]) -> None:
    """Publish a changed document of the organ."""
    document = house.demo.folder / "organ.toml"
    document.write_text(change(document.read_text()))
    assert await publish_demo(house.demo, house.card, house.store)


async def ready(house: House, number: str, who: str) -> None:
    """Somebody who was given a key knows the rules and declares."""
    await house.staff("rules", "--acknowledge", who=who)
    assert (await house.staff("declare", number, "--no-conflict", who=who)).status == 0


async def acts(house: House, number: str, who: str = "sato") -> list[str]:
    """What stands in a case's log."""
    async with open_desk(house.store, house.key(who).credential) as desk:
        return [entry.act for entry in (await desk.open(number)).log]


async def test_o02_rules_are_read_and_acknowledged_and_new_ones_again(house: House) -> None:
    """O-02: until then no case opens, and the refusal names the command."""
    number = await house.hand_over()
    shown = await house.staff("rules")
    assert "Nobody searches for a reporter" in shown.out
    assert "acknowledged version 1 before" in shown.out
    await publish(house, lambda text: text.replace("version = 1", "version = 2"))
    assert "rules --acknowledge" in (await house.staff("open", number)).err
    assert "not acknowledged version 2" in (await house.staff("rules")).out
    assert "You have acknowledged version 2" in (await house.staff("rules", "--acknowledge")).out
    assert STORY in (await house.staff("open", number)).out


async def test_o06_whose_training_has_run_out_opens_nothing(house: House) -> None:
    """O-06: from the day after."""
    number = await house.hand_over()
    await publish(house, lambda text: text.replace("2099-12-31", "2020-01-01", 1))
    refused = await house.staff("open", number)
    assert (refused.status, refused.out, "training" in refused.err) == (1, "", True)


async def test_o08_each_phase_asks_for_a_declaration_and_says_what_to_observe(house: House) -> None:
    """O-08, O-07, O-40: in a pipe the refusal names the command; with --no-conflict it is made on the way."""
    number = await house.hand_over()
    first = (await house.staff("open", number)).out
    assert "To be observed now: receipt" in first
    assert "Nobody tries to find out who reported" in first
    assert (await house.staff("accept", number)).status in (0, 1)
    refused = await house.staff("open", number)
    assert (refused.status, refused.out) == (1, "")
    assert "declare NUMBER --no-conflict" in refused.err
    assert "--no-conflict or --conflict" in (await house.staff("declare", number)).err
    opened_now = await house.staff("open", number, "--no-conflict")
    assert STORY in opened_now.out
    assert "To be observed now: acceptance" in opened_now.out


async def test_o08_at_a_terminal_the_question_comes_before_anything_of_the_case(house: House) -> None:
    """O-08: number, desk and stage are all that is shown; only a plain yes or no is taken for an answer."""
    number = await house.hand_over()
    await house.staff("grant", number, "--to", "suzuki")
    await house.staff("rules", "--acknowledge", who="suzuki")
    key = ("--key", str(house.demo.key("suzuki")), "--passphrase-file", str(house.demo.passphrase("suzuki")))
    words = ["-m", "madoguchi", "staff", "--lang", "en", "--store", house.store, *key, "open", number]

    def sit() -> tuple[str, str]:
        seat = pexpect.spawn(sys.executable, words, encoding="utf-8", timeout=60, dimensions=(60, 200))
        seat.expect("Do you have a conflict of interest")
        before = str(seat.before)
        seat.sendline("perhaps")
        seat.expect("Do you have a conflict of interest")
        seat.sendline("n")
        seat.expect(pexpect.EOF)
        return before, str(seat.before)

    before, after = await asyncio.to_thread(sit)
    assert f"Case {number} · Internal desk · received" in before
    assert STORY not in before
    assert STORY in after


async def test_o08_a_conflict_at_a_desk_of_one_leads_to_another_desk(house: House) -> None:
    """O-08: sato leaves the keys behind; two slips and a signature give the case to counsel, under a fresh key."""
    number = await house.hand_over()
    said = await house.staff("declare", number, "--conflict")
    assert "no key to this case any more" in said.out
    assert "no such case" in (await house.staff("open", number)).err
    assert (await house.staff("inbox")).out == "No cases.\n"
    told = (await house.staff("inbox", who="tanaka")).out
    assert "declared a conflict" in told
    assert "Nobody at the desk" in told
    shares = [word for at in (1, 2) for word in ("--share-file", str(house.demo.folder / f"recovery-share-{at}.txt"))]
    keys = ("--organ-keys", str(house.demo.places.organ), "--store", house.store)
    assert "Add --key" in (await house.organ("recover", number, *keys, *shares, "--grant-to", "suzuki")).err
    signer = ("--key", str(house.demo.key("tanaka")), "--passphrase-file", str(house.demo.passphrase("tanaka")))
    handed = await house.organ("recover", number, *keys, *shares, "--grant-to", "suzuki", *signer)
    assert (handed.status, handed.err, "Suzuki can open the case" in handed.out) == (0, "", True)
    await ready(house, number, "suzuki")
    shown = (await house.staff("open", number, "--identity", who="suzuki")).out
    assert STORY in shown
    assert "Yamada" in shown
    assert "External desk" in shown
    assert "Renew the keys first" in (await house.staff("answer", number, "Thank you.", who="suzuki")).err
    assert (await house.staff("renew-keys", number, who="suzuki")).out.count("Fresh key made") == 3
    assert (await house.staff("answer", number, "Thank you.", who="suzuki")).status == 0
    assert ["The desk has a new key" in each for each in await house.read(number)].count(True) == 3
    assert {"conflict", "attempted", "granted", "keys_renewed"} <= set(await acts(house, number, "suzuki"))


async def test_attack_a_copy_of_an_old_key_opens_nothing_that_came_after_the_new_one(house: House) -> None:
    """O-08: suzuki kept the key and the whole case; letters from after the change stay closed all the same."""
    number = await house.hand_over()
    await house.staff("grant", number, "--to", "suzuki")
    await ready(house, number, "suzuki")
    key = house.key("suzuki")
    async with open_desk(house.store, key.credential) as desk:
        stolen = await desk.open(number)
        roster = await Chair(house.demo.key("suzuki"), key, desk).roster()
    await house.staff("declare", number, "--conflict", who="suzuki")
    await house.staff("open", number)
    assert "Renew the keys first" in (await house.staff("note", number, "before")).err
    assert (await house.staff("renew-keys", number)).status == 0
    assert "No fresh key is owed" in (await house.staff("renew-keys", number)).out
    assert (await house.staff("note", number, "for those who still read")).status == 0
    async with open_desk(house.store, house.key("sato").credential) as desk:
        leaked = await desk.open(number)

    def read_as_suzuki(file: CaseFile) -> tuple[int, int]:
        case = opened(StaffReader("suzuki", key.sealing_seed), key.organ, file, roster)
        return len(case.thread.letters), case.thread.refused

    before, _ = read_as_suzuki(stolen)
    after, refused = read_as_suzuki(msgspec.structs.replace(stolen, letters=leaked.letters))
    # Of the three fresh keys, the facts' was told under the old key; what follows is closed.
    assert refused >= 1
    assert "for those who still read" in (await house.staff("open", number)).out
    assert after + refused == before + len(leaked.letters)


async def test_o17_investigators_get_the_masked_version_and_report_back(house: House) -> None:
    """O-17: no word of the original, and no name in what is written for them."""
    number = await house.hand_over()
    await house.staff("open", number)
    assert "Nothing was written" in (await house.staff("mask", number, "Mr. YAMADA saw an invoice")).err
    assert (await house.staff("mask", number, "An invoice of July was paid twice.")).status == 0
    assert "has a key now" in (await house.staff("grant", number, "--to", "suzuki", "--masked")).out
    await house.staff("rules", "--acknowledge", who="suzuki")
    seen = await house.staff("open", number, "--no-conflict", "--identity", who="suzuki")
    assert "  │ An invoice of July was paid twice." in seen.out
    assert STORY not in seen.out
    assert "Yamada" not in seen.out
    assert "no key to this case" in (await house.staff("answer", number, "Hello", who="suzuki")).err
    assert "no files" not in (await house.staff("save", number, "--to", "x", who="suzuki")).out
    assert (await house.staff("findings", number, lines="Paid on 3 and 9 July.\n", who="suzuki")).status == 0
    shown = (await house.staff("open", number)).out
    assert shown.index("An invoice of July") < shown.index("Paid on 3 and 9 July.")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--to", "nobody"), "There is no nobody in the roster"),
        (("--to", "ito"), "wants this kept from ito"),
        (("--to", "suzuki", "--identity"), "--cause with a just cause"),
        (("--to", "suzuki", "--identity", "--cause", "whim"), "relief_needs_it"),
    ],
    ids=["a stranger", "kept out by the reporter", "identity without consent", "no just cause"],
)
async def test_keys_are_not_given_where_something_stands_against_it(
    house: House, words: tuple[str, ...], sentence: str
) -> None:
    """And the refusal says what, and what to do."""
    number = await house.hand_over(msgspec.structs.replace(CONTENT, excluded=["ito"], files=[]))
    refused = await house.staff("grant", number, *words)
    assert (refused.status, sentence in refused.err) == (1, True), refused.err
    assert (await house.staff("inbox", who="suzuki")).out == "No cases.\n"


async def test_o17_a_reporter_who_does_not_agree_is_not_named(house: House) -> None:
    """O-17: a refusal on record is no consent; an agreement is."""
    number = await house.hand_over()
    await house.staff("open", number)
    named = ("grant", number, "--to", "suzuki", "--identity")
    recorded = ("record", "consent", number, "--text", "asked in the thread")
    assert (await house.staff(*recorded, "--refused")).status == 0
    assert "does not agree to be named" in (await house.staff(*named)).err
    await house.staff("open", number)
    assert (await house.staff(*recorded)).status == 0
    assert "Suzuki has a key now" in (await house.staff(*named)).out


async def test_keys_are_taken_away_and_never_the_last(house: House) -> None:
    """The executive takes suzuki's; what sato alone holds must be given to somebody first, or left behind."""
    number = await house.hand_over()
    await house.staff("grant", number, "--to", "suzuki")
    taken = await house.staff("ungrant", number, "--from", "suzuki", who="tanaka")
    assert (taken.status, "Suzuki has no key any more" in taken.out) == (0, True)
    assert "Nobody else holds" in (await house.staff("ungrant", number, "--from", "sato", who="tanaka")).err
    assert (await house.staff("ungrant", number)).status == 0
    assert (await house.staff("inbox")).out == "No cases.\n"


async def test_o40_a_question_who_the_reporter_is_waits_for_a_just_cause(house: House) -> None:
    """O-40: held in answers and in notices; with a cause of the list it is recorded first, then sent."""
    number = await house.hand_over(ANONYMOUS)
    await house.staff("open", number)
    asks = ("answer", number, "Thank you. What is your name?")
    for more in ((), ("--just-cause", "curiosity")):
        refused = await house.staff(*asks, *more)
        assert (refused.status, "reporter_wishes" in refused.err) == (1, True)
    decline = ("decline", number, "--reason", "no_facts", "--text", "Where do you work?")
    assert "Held" in (await house.staff(*decline)).err
    assert (await house.staff("answer", number, "You need not tell us your name.")).status == 0
    await house.staff("open", number)
    assert (await house.staff(*asks, "--just-cause", "relief_needs_it")).status == 0
    assert (await acts(house, number))[-3:] == ["opened", "wrote", "opened"]
    assert "record_inquiry" in await acts(house, number)
    known = await house.hand_over()
    await house.staff("open", known)
    assert (await house.staff("answer", known, "Is your name spelt with one m?")).status == 0


async def test_whoever_has_no_key_to_it_reads_no_file(house: House, tmp_path: Path) -> None:
    """The masked version has none: they would tell who the reporter is."""
    number = await house.hand_over()
    await house.staff("grant", number, "--to", "suzuki", "--masked")
    await ready(house, number, "suzuki")
    assert "no key to this case" in (await house.staff("save", number, "--to", str(tmp_path), who="suzuki")).err
    async with open_desk(house.store, house.key("suzuki").credential) as desk:
        with pytest.raises(Exception, match="no_such_case"):
            await desk.file(number, "file-1")
