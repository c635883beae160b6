"""Somebody holds the whole case store and every public key: they can destroy, and cannot speak as anyone.

They hold the erasure keys too. Each test changes the store's database while everything runs, as its thief or its
operator could, and looks at what the reporter and the desk then see. What is forged, moved, altered or replayed is
counted and never shown as what it claims.
"""

from collections.abc import Callable

import msgspec
import pytest

from bot.anonymity.card import unlock_card
from bot.anonymity.correspondence import StaffAuthor, write_to_desk, write_to_reporter
from bot.anonymity.grants import Grant, Granter, seal_grant
from bot.anonymity.handover import ReportContent, Route, routes, seal_report
from bot.anonymity.letters import Message
from bot.anonymity.references import new_token, read_token
from bot.anonymity.roster import Member, Roster, sign_roster, verify_roster
from bot.anonymity.sealing import Compartment, new_seed, public_key
from bot.anonymity.signing import REPORTER, new_signing_seed, signing_public
from bot.anonymity.token_keys import keys_of
from madoguchi.words import NotDoneError
from tests.support.desk_staff import Staff, replies_of
from tests.support.system import System
from tests.support.terminal_reporter import TerminalReporter, asked
from tests.support.victim import Victim

STORY = "The water samples were thinned before they went to the laboratory."
FIRST, SECOND = "We have received the samples.", "The laboratory has confirmed it."
FORGED = "Please tell us your name and your token."


async def reported(system: System, desk: str = "naibu") -> tuple[str, str]:
    """Make a report; return its token and its number."""
    staff = Staff(system, {"naibu": "sato"}.get(desk, "suzuki"))
    before = set(await staff.numbers())
    token = await TerminalReporter(system.talk_socket).report({"story": STORY, "desk": desk})
    (number,) = set(await staff.numbers()) - before
    return token, number


@pytest.fixture
async def victim(system: System) -> Victim:
    """Somebody who reported, and was answered twice."""
    token, number = await reported(system)
    sato = Staff(system)
    await sato.answer(number, FIRST)
    await sato.answer(number, SECOND)
    await sato.open(number)
    return Victim(system, token, number, sato)


async def test_an_answer_signed_with_another_key_is_never_shown_as_the_desks(victim: Victim) -> None:
    """Not even by somebody who was told the reporter's sealing key: in sato's name, but not with sato's hand."""
    case = (await victim.sato.open(victim.number)).case
    author = StaffAuthor("sato", new_signing_seed())
    for_reporter, for_desk = write_to_reporter(author, case, "forged", Message(FORGED))
    await victim.put_letter("forged", "staff", for_desk, for_reporter)
    inbox = await victim.reporters_inbox()
    assert FORGED not in inbox
    assert victim.missing(1, 0) in inbox
    assert FIRST in inbox
    assert SECOND in inbox
    assert (await victim.sato.open(victim.number)).case.thread.refused == 1


async def test_a_letter_signed_with_another_key_is_never_shown_as_the_reporters(victim: Victim) -> None:
    """Whoever knows the case's public key can seal to it, and is not believed."""
    ((box,),) = victim.ask("SELECT card FROM cases")
    card = unlock_card(box, keys_of(read_token(victim.token)).card_key)
    written = write_to_desk(keys_of(new_token()), card, "forged", Message(FORGED))
    await victim.put_letter("forged", "reporter", written.sealed, None)
    sheet = await victim.sato.open(victim.number)
    assert replies_of(sheet) == []
    assert sheet.case.thread.refused == 1


async def test_a_letter_replayed_under_another_id_is_not_shown_twice(victim: Victim) -> None:
    """Its id is part of what it was sealed under."""
    (row,) = victim.ask("SELECT for_desk, for_reporter FROM letters WHERE position = 0")
    await victim.put_letter("replayed", "staff", row[0], row[1])
    inbox = await victim.reporters_inbox()
    assert inbox.count(FIRST) == 1
    assert victim.missing(1, 0) in inbox
    assert (await victim.sato.open(victim.number)).case.thread.refused == 1


async def test_a_letter_moved_to_another_case_is_not_shown_there(victim: Victim) -> None:
    """Neither to that case's reporter nor to its desk, though the same desk wrote it."""
    token, number = await reported(victim.system)
    await victim.do("UPDATE letters SET case_number = ? WHERE position = 1", number)
    await victim.do("UPDATE cases SET letters = 1")
    moved = Victim(victim.system, token, number, victim.sato)
    inbox = await moved.reporters_inbox()
    assert SECOND not in inbox
    assert moved.missing(1, 0) in inbox
    assert (await victim.sato.open(number)).case.thread.refused == 1
    assert (await victim.sato.open(victim.number)).gone == 1


@pytest.mark.parametrize("place", [0, 1, 700, -1])
async def test_an_altered_letter_is_refused(victim: Victim, place: int) -> None:
    """One bit is enough."""
    (row,) = victim.ask("SELECT for_reporter FROM letters WHERE position = 1")
    altered = bytearray(row[0])
    altered[place] ^= 1
    await victim.do("UPDATE letters SET for_reporter = ? WHERE position = 1", bytes(altered))
    inbox = await victim.reporters_inbox()
    assert SECOND not in inbox
    assert victim.missing(1, 0) in inbox


async def test_letters_put_into_another_order_are_shown_in_theirs(victim: Victim) -> None:
    """The order is signed; the store's is only that of arrival."""
    await victim.do("UPDATE letters SET position = 1 - position + 10")
    await victim.do("UPDATE letters SET position = position - 10")
    inbox = await victim.reporters_inbox()
    assert inbox.index(SECOND) < inbox.index(FIRST)


async def test_a_letter_held_back_leaves_a_gap_that_is_told(victim: Victim) -> None:
    """The next one by the same hand names the one before it; and the desk's own machine remembers what it has seen."""
    await victim.do("DELETE FROM letters WHERE position = 0")
    assert victim.missing(0, 1) in await victim.reporters_inbox()
    assert (await victim.sato.open(victim.number)).gone == 1
    with pytest.raises(NotDoneError, match=r"answer\.unseen"):
        await victim.sato.answer(victim.number, "An answer over a hole")


async def test_grants_swapped_between_two_cases_open_nothing(victim: Victim) -> None:
    """A key is sealed under the case it is for, also where each is laid anew under the other's erasure key."""
    _, number = await reported(victim.system)
    mine, theirs = victim.grants(victim.number), victim.grants(number)
    for case, grants in ((victim.number, theirs), (number, mine)):
        for (holder, compartment), ciphertext in grants.items():
            await victim.put_grant(case, holder, compartment, ciphertext)
    for case in (victim.number, number):
        with pytest.raises(NotDoneError, match=r"case\.no_grant"):
            await victim.sato.open(case)


async def test_a_key_of_the_attackers_own_is_not_taken_for_the_cases(victim: Victim) -> None:
    """Else the desk would seal what it writes next to a stranger: only the reporter or staff can sign a grant."""
    case = (await victim.sato.open(victim.number)).case
    granter = Granter(case.organ, case.submission, REPORTER, new_signing_seed())
    seed = new_seed()
    grant = Grant("sato", Compartment.MASKED, seed, epoch=1)
    sealed = seal_grant(granter, grant, public_key(victim.sato.key.sealing_seed))
    await victim.put_grant(victim.number, "sato", "masked", sealed.ciphertext)
    opened = (await victim.sato.open(victim.number)).case
    assert seed not in [held.seed for held in opened.grants]


async def test_a_case_swapped_as_a_whole_is_noticed_by_whoever_had_seen_it(victim: Victim) -> None:
    """A report of the attacker's own under the same number and id: sound in itself, and not the one that was read."""
    case = (await victim.sato.open(victim.number)).case
    roster = the_roster(victim)
    route = routes(roster, "naibu", [], roster.issued)
    assert isinstance(route, Route)
    content = ReportContent(form=1, facts={"story": FORGED}, language="en", channel="web")
    swapped = seal_report(content, new_token(), roster, route, case.submission)
    for part in swapped.parts:
        await victim.do("UPDATE parts SET ciphertext = ? WHERE part_id = ?", part.ciphertext, part.part_id)
    for grant in swapped.grants:
        await victim.put_grant(victim.number, grant.holder, grant.compartment, grant.ciphertext)
    with pytest.raises(NotDoneError, match=r"case\.swapped"):
        await victim.sato.open(victim.number)


async def test_another_cases_mailbox_behind_a_locator_shows_nothing_of_it(victim: Victim) -> None:
    """The card is locked under its own token: whoever is led to the wrong case sees what an unknown token shows."""
    token, number = await reported(victim.system, "gaibu")
    await Staff(victim.system, "suzuki").answer(number, FORGED)
    locator = keys_of(read_token(token)).locator
    mine = keys_of(read_token(victim.token)).locator
    await victim.do("DELETE FROM locators WHERE locator = ?", locator)
    await victim.do("UPDATE locators SET case_number = ? WHERE locator = ?", number, mine)
    person = TerminalReporter(victim.system.talk_socket)
    await person.walk({}, until="exposure")
    await person.come_back(victim.token)
    assert asked(person.screen) == "token"
    assert FORGED not in person.text


def the_roster(victim: Victim) -> Roster:
    """The roster that the store shows, verified."""
    (row,) = victim.ask("SELECT document FROM rosters")
    card = victim.system.card
    return verify_roster(row[0], card.pins, card.threshold, 0, None, card.organ)


def with_a_spy(roster: Roster) -> Roster:
    """A newer roster in which a stranger sits in sato's seat under sato's name."""
    keys = public_key(new_seed()), signing_public(new_signing_seed())
    old = next(member for member in roster.members if member.staff_id == "sato")
    spy = Member("sato", old.name, *keys, old.trained_until, old.roles)
    others = [member for member in roster.members if member.staff_id != "sato"]
    return msgspec.structs.replace(roster, serial=roster.serial + 1, members=[*others, spy])


def signed_by_a_stranger(roster: Roster) -> bytes:
    """Signed, by whoever."""
    return sign_roster(with_a_spy(roster), [new_signing_seed()])


def signed_by_nobody(roster: Roster) -> bytes:
    """Not signed at all."""
    return sign_roster(with_a_spy(roster), [])


@pytest.mark.parametrize("forge", [signed_by_a_stranger, signed_by_nobody])
async def test_a_roster_that_the_organ_did_not_sign_is_not_sealed_to(
    victim: Victim, forge: Callable[[Roster], bytes]
) -> None:
    """The bot goes on by the one it has, also after a restart; staff are told that theirs is not to be believed."""
    document = forge(the_roster(victim))
    await victim.do("UPDATE rosters SET document = ?, serial = serial + 1", document)
    await victim.system.stop_bot()
    await victim.system.start_bot()
    with pytest.raises(NotDoneError, match=r"roster\.signature"):
        await victim.sato.open(victim.number)
    (kept,) = victim.ask("SELECT document FROM rosters")
    assert kept[0] == document
    await TerminalReporter(victim.system.talk_socket).report({"story": STORY, "desk": "naibu"})
    assert len(victim.ask("SELECT holder FROM grants WHERE holder = 'sato' AND compartment = 'facts'")) == 2


async def test_an_older_roster_is_not_gone_back_to(victim: Victim) -> None:
    """Else whoever was taken out of it could be put back in by whoever holds the store."""
    (old,) = victim.ask("SELECT serial, document FROM rosters")
    await victim.system.publish(lambda text: text.replace("2099-12-31", "2020-01-01", 1))
    await victim.system.stop_bot()
    await victim.system.start_bot()
    async with victim.sato.chair() as chair:
        await chair.roster()
    await victim.do("UPDATE rosters SET serial = ?, document = ?", *old)
    await victim.system.stop_bot()
    await victim.system.start_bot()
    person = TerminalReporter(victim.system.talk_socket)
    await person.walk({"story": STORY, "desk": "naibu"})
    # Nobody is left at that desk, as the newer roster has it: another one is offered.
    await person.choose("hand_over")
    await person.choose("anyone")
    await person.choose("saved")
    assert await victim.sato.numbers() == [victim.number]
    assert await Staff(victim.system, "suzuki").numbers() != []
    with pytest.raises(NotDoneError, match=r"roster\.serial"):
        await victim.sato.open(victim.number)
