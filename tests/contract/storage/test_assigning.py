"""Who is responsible for a case, which desk has it, who oversees it, and which cases are handled as one."""

import asyncio
from datetime import date

import pytest
from msgspec.structs import replace

from backend import commands
from backend.commands import assigning, linking
from backend.contract import CaseKind, CaseLine, Declare, Fault, Move, Obligation, Stage
from backend.contract.assigning import AssignCase, Need, Oversee, Responsibilities, TransferDesk
from backend.contract.links import LinkCases, LinkKind
from backend.contract.standing import Standing
from backend.domain.case import Refused
from backend.domain.lifecycle import step_for
from backend.ports import CaseStore, Circumstances
from backend.profiles import profile
from backend.queries.responsibility import responsibilities, standing
from tests.support.overseen import AT, DAY, ORGAN, acts, away, case_of, do, founded, move, organ, reported
from tests.support.reports import TODAY, circumstances, from_reporter, from_staff
from tests.support.reports import move as a_move
from tests.support.secrecy import at_ease


async def assign(
    store: CaseStore, number: str, owner: str, who: str = "sato", at: Circumstances = AT
) -> CaseLine | Refused:
    """Make somebody responsible."""
    return await do(store, lambda work: assigning.assign(work, at, who, number, AssignCase(owner=owner)))


async def transfer(store: CaseStore, number: str, desk: str, who: str = "sato", **more: object) -> CaseLine | Refused:
    """Give a case to another desk."""
    given = {"desk": desk, "letter": from_staff("t1")} | more
    return await do(store, lambda work: assigning.transfer(work, AT, who, number, TransferDesk(**given)))  # type: ignore[arg-type]


async def link(
    store: CaseStore, number: str, other: str, kind: LinkKind = LinkKind.FOLLOWS, who: str = "sato"
) -> Refused | None:
    """Put two cases together."""
    return await do(store, lambda work: linking.link_cases(work, AT, who, number, LinkCases(other=other, kind=kind)))


async def mine(store: CaseStore, who: str = "sato", today: date = TODAY) -> Responsibilities:
    """What a member should see to."""
    return await store.read(ORGAN, lambda work: responsibilities(work, today, who))


async def stands(store: CaseStore, number: str, who: str = "sato") -> Standing:
    """How a case stands."""
    found = await store.read(ORGAN, lambda work: standing(work, TODAY, who, number))
    assert isinstance(found, Standing), found
    return found


async def needs(store: CaseStore, who: str = "sato", today: date = TODAY) -> dict[str, tuple[Need, ...]]:
    """What a member's cases need."""
    return {line.line.case_number: line.needs for line in (await mine(store, who, today)).cases}


async def test_somebody_who_holds_a_key_becomes_responsible(store: CaseStore) -> None:
    """Taken, or assigned by a colleague or by whoever oversees; logged each time, and once for a repeat."""
    await founded(store)
    number = await reported(store, "first", "sato", "kato")
    assert await assign(store, number, "ito") == Refused(Fault.KEY_NEEDED)
    line = await assign(store, number, "sato")
    assert isinstance(line, CaseLine)
    assert line.owner == "sato"
    assert await assign(store, number, "sato") == line
    assert isinstance(await assign(store, number, "kato", who="tanaka"), CaseLine)
    assert await assign(store, number, "sato", who="suzuki") == Refused(Fault.NOT_FOUND)
    assert await assign(store, number, "sato", who="mori") == Refused(Fault.NOT_FOUND)
    assert [pair for pair in await acts(store, number) if pair[1] == "assigned"] == [
        ("sato", "assigned"),
        ("tanaka", "assigned"),
    ]


async def test_of_two_who_take_a_case_at_once_the_log_names_both(store: CaseStore) -> None:
    """The later one has it; nothing is lost of either."""
    await founded(store)
    number = await reported(store, "first", "sato", "kato")
    await asyncio.gather(assign(store, number, "sato"), assign(store, number, "kato", who="kato"))
    assert (await case_of(store, number)).owner in {"sato", "kato"}
    assert [act for _, act in await acts(store, number)].count("assigned") == 2


async def test_what_a_case_needs_is_shown_to_those_who_hold_its_keys(store: CaseStore) -> None:
    """A stand-in, a second key, somebody else after a year; to nobody who could not open it."""
    await founded(store)
    number = await reported(store, "first", "sato", "kato")
    alone = await reported(store, "alone", "sato")
    assert await needs(store) == {number: (Need.OWNER,), alone: (Need.OWNER, Need.SECOND_KEY)}
    assert await needs(store, "kato") == {number: (Need.OWNER,)}
    assert await needs(store, "suzuki") == {}
    await assign(store, number, "sato")
    await assign(store, alone, "sato")
    assert await needs(store, "kato") == {}
    await away(store, "sato", TODAY, TODAY + 4 * DAY)
    assert await needs(store, "kato") == {number: (Need.STAND_IN,)}
    shown = (await mine(store, "kato")).cases[0]
    assert (shown.away_until, shown.only_holder) == (TODAY + 4 * DAY, None)
    assert {line.only_holder for line in (await mine(store)).cases} == {None, "sato"}
    year = TODAY + (profile().rotate_after + 1) * DAY
    assert await needs(store, "kato", year) == {number: (Need.ROTATION,)}


async def test_whoever_left_the_organ_leaves_their_cases_to_be_taken(store: CaseStore) -> None:
    """A successor is needed, and an overseer where that one left; those who remain see it."""
    await founded(store)
    number = await reported(store, "first", "sato", "kato")
    await assign(store, number, "sato")
    people = tuple(one for one in organ().people if one.staff_id not in {"sato", "tanaka"})
    await founded(store, serial=2, people=people, executive="ito", deputy=None)
    assert await needs(store, "kato") == {number: (Need.SUCCESSOR, Need.SECOND_KEY, Need.OVERSEER)}
    assert (await mine(store, "kato")).cases[0].only_holder == "kato"


async def oversee(store: CaseStore, number: str, sent: Oversee, who: str = "sato") -> CaseLine | Refused:
    """Put a case under another overseer."""
    return await do(store, lambda work: assigning.oversee(work, AT, who, number, sent))


async def test_a_case_gets_a_new_overseer_only_where_the_old_one_left(store: CaseStore) -> None:
    """Named by somebody who reads whom it is kept from; never one with a conflict, nor one without that office."""
    await founded(store)
    number = await reported(store)
    assert await oversee(store, number, Oversee(overseer="ito")) == Refused(Fault.NO_SUCH_MOVE)
    people = tuple(one for one in organ().people if one.staff_id != "tanaka")
    await founded(store, serial=2, people=people, executive="kato", deputy="ito")
    assert await oversee(store, number, Oversee(overseer="suzuki")) == Refused(Fault.NO_SUCH_MOVE)
    assert await oversee(store, number, Oversee(overseer="kato", stand_in="ito"), "suzuki") == Refused(Fault.NOT_FOUND)
    said = Declare(conflicted=True)
    assert await do(store, lambda work: commands.declare(work, AT, "ito", number, said)) is None
    assert await oversee(store, number, Oversee(overseer="kato", stand_in="ito")) == Refused(Fault.NOT_ALLOWED)
    assert isinstance(await oversee(store, number, Oversee(overseer="kato")), CaseLine)
    assert isinstance(await oversee(store, number, Oversee(overseer="kato")), CaseLine)
    case = await case_of(store, number)
    assert (case.overseer, case.stand_in) == ("kato", None)
    assert [act for _, act in await acts(store, number)].count("overseen") == 1


async def test_an_overseer_with_a_conflict_is_followed_by_whoever_stands_in(store: CaseStore) -> None:
    """And never by a deputy whom the reporter wants the case kept from."""
    await founded(store)
    said = Declare(conflicted=True)
    for name, stand_in in (("first", "ito"), ("second", None)):
        number = await reported(store, name, stand_in=stand_in)
        assert await do(store, lambda work, n=number: commands.declare(work, AT, "tanaka", n, said)) is None  # type: ignore[misc]
        case = await case_of(store, number)
        assert (case.overseer, case.stand_in) == (stand_in, None)


async def test_a_case_goes_to_a_desk_whose_people_can_open_it(store: CaseStore) -> None:
    """Its reporter is told in the same transaction; somebody there becomes responsible next."""
    await founded(store)
    number = await reported(store, "first", "sato")
    assert await transfer(store, number, "branch") == Refused(Fault.KEY_NEEDED)
    assert await transfer(store, number, "nowhere") == Refused(Fault.NO_SUCH_MOVE)
    assert await transfer(store, number, "integrated") == Refused(Fault.NO_SUCH_MOVE)
    both = await reported(store, "second", "sato", "kato")
    await assign(store, both, "sato")
    assert await transfer(store, both, "branch", letter=from_staff("t1", note=True)) == Refused(Fault.NOT_ALLOWED)
    line = await transfer(store, both, "branch")
    assert isinstance(line, CaseLine)
    assert (line.desk, line.owner, line.letters) == ("branch", None, 1)
    assert await transfer(store, both, "branch") == line
    assert [act for _, act in await acts(store, both)].count("transferred") == 1
    assert await store.read(ORGAN, lambda work: work.cases.answers(both)) == 1


async def test_a_case_that_was_to_be_given_away_is_given_away(store: CaseStore) -> None:
    """What was owed because nobody at its desk could open it ends with the transfer."""
    await founded(store)
    number = await reported(store, "first", "sato", "kato")
    assert await do(store, lambda work: commands.declare(work, AT, "sato", number, Declare(conflicted=True))) is None
    owed = await store.read(ORGAN, lambda work: work.duties.of(number))
    assert Obligation.REASSIGN in {duty.obligation for duty in owed if duty.ended_on is None}
    line = await transfer(store, number, "branch", who="kato")
    assert isinstance(line, CaseLine)
    owed = await store.read(ORGAN, lambda work: work.duties.of(number))
    assert Obligation.REASSIGN not in {duty.obligation for duty in owed if duty.ended_on is None}


async def test_a_transfer_over_an_unseen_letter_is_refused(store: CaseStore) -> None:
    """Nobody tells a reporter anything over words that were not read."""
    await founded(store)
    number = await reported(store, "first", "sato", "kato")
    await do(store, lambda work: commands.write_as_reporter(work, AT, from_reporter()))
    assert await transfer(store, number, "branch") == Refused(Fault.CHANGED_MEANWHILE)
    assert (await case_of(store, number)).desk == "integrated"


async def test_linked_cases_name_each_other_to_those_who_may_open_both(store: CaseStore) -> None:
    """In both, and in both logs; whoever holds a key to one alone does not learn of the other."""
    await founded(store)
    first, second = await reported(store, "first", "sato", "kato"), await reported(store, "second", "sato")
    assert await link(store, first, second, LinkKind.SAME_MATTER, "kato") == Refused(Fault.NOT_FOUND)
    assert await link(store, first, first, LinkKind.SAME_MATTER) == Refused(Fault.NO_SUCH_MOVE)
    for _ in range(2):
        assert await link(store, first, second, LinkKind.SAME_MATTER) is None
    assert [(one.other, one.kind) for one in (await stands(store, first)).links] == [(second, LinkKind.SAME_MATTER)]
    assert [(one.other, one.kind) for one in (await stands(store, second)).links] == [(first, LinkKind.SAME_MATTER)]
    assert (await stands(store, first, "kato")).links == ()
    for number in (first, second):
        assert [act for _, act in await acts(store, number)].count("linked") == 1


async def test_cases_that_follow_do_not_go_round_in_circles(store: CaseStore) -> None:
    """Nothing follows two, follows one that follows, or is followed by what it follows."""
    await founded(store)
    one, two, three = [await reported(store, name) for name in ("one", "two", "three")]
    assert await link(store, two, one) is None
    for refused in ((two, three), (one, two), (three, two), (one, three)):
        assert await link(store, *refused) == Refused(Fault.NO_SUCH_MOVE), refused
    assert await link(store, one, three, LinkKind.LEADS) is None
    kinds = {each.other: each.kind for each in (await stands(store, one)).links}
    assert kinds == {two: LinkKind.LEADS, three: LinkKind.LEADS}


async def test_a_case_joins_another_once_it_is_linked(store: CaseStore) -> None:
    """What was owed on it is owed on the other; its reporter was told, and goes on being written to."""
    await founded(store)
    leading, number = await reported(store, "leading"), await reported(store, "number")
    joining = a_move(Move.JOIN, "same_matter", letter=from_staff("j1"))
    assert await move(store, number, joining) == Refused(Fault.NOT_YET)
    await link(store, number, leading)
    line = await move(store, number, joining)
    assert isinstance(line, CaseLine)
    assert line.stage is Stage.CLOSED
    owed = {d.obligation for d in await store.read(ORGAN, lambda work: work.duties.of(number)) if d.ended_on is None}
    assert owed == {Obligation.CHECK_IN, Obligation.DECIDE_DESTRUCTION}
    same = await do(store, lambda work: commands.write_as_staff(work, AT, "sato", number, from_staff("s1", 1)))
    assert same is None


async def test_nobody_is_sent_to_another_organ_without_having_agreed(store: CaseStore) -> None:
    """Consent is the last on record; the case ends here with the reason, and check-ins begin."""
    await founded(store)
    number = await reported(store)
    handing = a_move(Move.HAND_ON, "handled_elsewhere", letter=from_staff("h1"))
    assert await move(store, number, handing) == Refused(Fault.CONSENT_NEEDED)
    for place, answer in enumerate((Move.RECORD_NO_CONSENT, Move.RECORD_CONSENT, Move.RECORD_NO_CONSENT)):
        minute = a_move(answer, letter=from_staff(f"c{place}", place, note=True), on=TODAY)
        assert isinstance(await move(store, number, minute), CaseLine)
    # A refusal is no consent, and takes back what was agreed to before.
    handing = a_move(Move.HAND_ON, "handled_elsewhere", letter=from_staff("h1", 3))
    assert await move(store, number, handing) == Refused(Fault.CONSENT_NEEDED)
    consent = a_move(Move.RECORD_CONSENT, letter=from_staff("c3", 3, note=True), on=TODAY)
    assert isinstance(await move(store, number, consent), CaseLine)
    line = await move(store, number, replace(handing, letter=from_staff("h1", 4)))
    assert isinstance(line, CaseLine)
    case = await case_of(store, number)
    assert (case.stage, case.reason, case.ended_on) == (Stage.CLOSED, "handled_elsewhere", TODAY)


@pytest.mark.parametrize("move_made", [Move.HAND_ON, Move.JOIN])
def test_an_approach_record_goes_on_nowhere_else(move_made: Move) -> None:
    """It ends read back, reconfirmed and confirmed by the minister, and then filed; every other kind may go on."""
    kinds = {kind for kind in CaseKind if step_for(Stage.RECEIVED, move_made, kind) is not None}
    assert kinds == frozenset(CaseKind) - {CaseKind.APPROACH}


@pytest.mark.parametrize("act", ["assign", "link"])
async def test_of_an_ended_case_nobody_becomes_responsible_and_nothing_follows_it(store: CaseStore, act: str) -> None:
    """What goes on is a case that goes on."""
    await founded(store)
    number, other = await reported(store), await reported(store, "other")
    ended = replace(await case_of(store, number), stage=Stage.CLOSED, ended_on=TODAY)
    await do(store, lambda work: work.cases.save(ended))
    await at_ease(store, number, "sato", organ=ORGAN)
    refused = await (assign(store, number, "sato") if act == "assign" else link(store, other, number))
    assert refused == Refused(Fault.NO_SUCH_MOVE)
    assert await needs(store, today=circumstances().today) == {other: (Need.OWNER, Need.SECOND_KEY)}
