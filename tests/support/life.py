"""A case store with two organs and their people, whose life a test walks: acts in, what there is out.

Everything is the store's own: commands, queries, rounds of the clock, on a SQLite file that can be closed at any moment
and opened again. Letters and keys are bytes that go by a name; what they would hold is none of the store's business.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Collection
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from backend import commands, queries, telling
from backend.commands.approving import approve
from backend.contract import (
    AcknowledgeRules,
    Compartment,
    Declare,
    Delivered,
    FromStaff,
    Inbox,
    Lease,
    Locate,
    Move,
    MoveCase,
    Parting,
    RenewKeys,
    SealedGrant,
)
from backend.contract.proposals import Approve
from backend.contract.retention import DestroyCase
from backend.domain.case import Case, Refused
from backend.domain.holdings import RECOVERY, Holding
from backend.domain.policy import codes_of
from backend.domain.steps import Day, Letter, Step
from backend.ports import CaseStore, Circumstances, Work
from backend.scheduler.rounds import ROUNDS
from tests.support.life_people import (
    BEGINNING,
    HEADS,
    ORGANS,
    STAFF,
    CrashError,
    Known,
    Seen,
    policy_of,
    published,
)
from tests.support.reports import CountedChance, from_reporter, locator, submission
from tests.support.stores import fresh_file, open_store

T = TypeVar("T")


@cache
def _founded() -> Path:
    """A folder with both organs' rosters, made once."""
    folder = Path(tempfile.mkdtemp())
    World(folder).close()
    return folder


def new_world(folder: Path) -> "World":
    """A world of its own, without the wait for its tables."""
    shutil.copytree(_founded(), folder, dirs_exist_ok=True)
    return World(folder)


class World:
    """The store, its clock, and everybody around it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.today = BEGINNING
        self._loop = asyncio.new_event_loop()
        self._chance = CountedChance()
        self._count = 0
        is_new = not (folder / "cases.db").exists()
        self._store: CaseStore = self._wait(open_store(fresh_file(folder)))
        if is_new:
            self._found()

    def close(self) -> None:
        """Let go of everything."""
        self._wait(self._store.close())
        self._loop.close()

    def start_again(self) -> None:
        """What was not on disk is gone."""
        self._wait(self._store.close())
        self._store = self._wait(open_store(fresh_file(self.folder)))

    def _found(self) -> None:
        for organ in ORGANS:
            self.do(organ, lambda work, at: commands.publish_roster(work, at, published(work.organ)))
            for who in (*STAFF, *HEADS):
                said = AcknowledgeRules(version=1)
                self.do(organ, lambda work, at, who=who, said=said: commands.acknowledge_rules(work, at, who, said))  # type: ignore[misc]

    def do(self, organ: str, act: Callable[[Work, Circumstances], T]) -> T:
        """Run a command in a transaction of its own."""
        return self._wait(self._store.write(organ, lambda work: act(work, self.at())))

    def do_and_crash(self, organ: str, act: Callable[[Work, Circumstances], object]) -> None:
        """Run a command, and die before it is kept."""

        def dying(work: Work) -> None:
            act(work, self.at())
            raise CrashError

        try:
            self._wait(self._store.write(organ, dying))
        except CrashError:
            self.start_again()

    def ask(self, organ: str, question: Callable[[Work], T]) -> T:
        """Ask a question."""
        return self._wait(self._store.read(organ, question))

    def pass_days(self, days: int) -> None:
        """Let days pass, and then let the clock do what is due."""
        self.today += timedelta(days=days)
        self.strike()

    def strike(self) -> None:
        """Let every round be made once for each organ."""
        for each in ROUNDS:
            for organ in ORGANS:
                self._wait(each.does(self._store, (organ,), self.at()))

    def at(self) -> Circumstances:
        """What a command may know today."""
        return Circumstances(now=self.today.toordinal() * 86_400, today=self.today, chance=self._chance)

    def new_id(self) -> str:
        """An id that was not used yet."""
        self._count += 1
        return f"id-{self._count}"

    # What people do ---------------------------------------------------------------------------------------------------

    def report(self, organ: str, kept_out: Collection[str]) -> Known:
        """A report comes in; who is kept out gets no key, and does not oversee it."""
        name = self.new_id()
        readers = [who for who in STAFF if who not in kept_out] or [RECOVERY]
        overseer = next((who for who in HEADS if who not in kept_out), None)
        stand_in = "date" if overseer == "endo" and "date" not in kept_out else None
        sent = submission(name, holders=tuple(readers), overseer=overseer, stand_in=stand_in)
        outcome = self.do(organ, lambda work, at: commands.submit(work, at, sent))
        assert isinstance(outcome, tuple), outcome
        again = self.do(organ, lambda work, at: commands.submit(work, at, sent))
        assert again == (outcome[0], False)
        return Known(organ, name, outcome[0].case_number)

    def declare(self, known: Known, who: str, *, conflicted: bool) -> Refused | None:
        """Somebody says whether they have a conflict; keys that would be lost are left behind first."""
        left = self.ask(known.organ, lambda work: queries.parting(work, who, known.number))
        grants = left.grants if conflicted and isinstance(left, Parting) else ()
        said = Declare(conflicted=conflicted, parting=tuple(replace(grant, holder=RECOVERY) for grant in grants))
        return self.do(known.organ, lambda work, at: commands.declare(work, at, who, known.number, said))

    def move(self, known: Known, who: str, step: Step, *, unsaid: str | None = None) -> object:
        """Somebody makes a move with all that its row asks for; or leaves the notice out."""
        sent = self.complete(known, step, unsaid)
        return self.do(known.organ, lambda work, at: commands.move_case(work, at, who, known.number, sent))

    def die_moving(self, known: Known, who: str, step: Step) -> None:
        """Somebody makes a move, and the store dies before it is kept."""
        sent = self.complete(known, step)
        self.do_and_crash(known.organ, lambda work, at: commands.move_case(work, at, who, known.number, sent))

    def complete(self, known: Known, step: Step, unsaid: str | None = None) -> MoveCase:
        """A move with all that its row asks for."""
        policy, case = policy_of(known.organ), self.case(known)
        days = {Day.ANY: self.today, Day.NOT_COMING: self.today, Day.COMING: self.today + timedelta(days=30)}
        return MoveCase(
            move=step.move,
            from_stage=case.stage,
            letter=self.letter(case, for_desk_alone=step.letter is Letter.MINUTE or unsaid is not None),
            reason=min(codes_of(policy, step.reason)) if step.reason else None,
            unsaid=unsaid,
            on=days.get(step.day) if step.day else None,
            category="law" if step.move is Move.CLOSE else None,
        )

    def letter(self, case: Case, *, for_desk_alone: bool = False) -> FromStaff:
        """A letter over all that was seen."""
        name = self.new_id()
        for_reporter = None if for_desk_alone else f"to reporter {name}".encode()
        return FromStaff(
            message_id=name, for_desk=f"to desk {name}".encode(), for_reporter=for_reporter, seen=case.letters
        )

    def approve(self, known: Known, who: str) -> None:
        """Whoever oversees approves what waits, if anything does."""
        waiting = self.ask(known.organ, lambda work: work.proposals.waiting([known.number]))
        for proposal in waiting:
            sent = Approve(proposal_id=proposal.proposal_id)
            self.do(known.organ, lambda work, at, sent=sent: approve(work, at, who, known.number, sent))  # type: ignore[misc]

    def write(self, known: Known, **more: object) -> Refused | None:
        """The reporter writes."""
        inbox = self.inbox(known)
        sent = from_reporter(known.name, self.new_id(), inbox.card_version, **more)
        return self.do(known.organ, lambda work, at: commands.write_as_reporter(work, at, sent))

    def renew(self, known: Known, who: str) -> None:
        """Somebody makes fresh keys for what owes one, for all who hold it."""
        for compartment in self.ask(known.organ, lambda work: work.keys.stale(known.number)):
            self._renew_one(known, who, Compartment(compartment))

    def _renew_one(self, known: Known, who: str, compartment: Compartment) -> None:
        mine = [each for each in self.holdings(known) if each.compartment == compartment]
        epoch = max((each.epoch for each in mine), default=0) + 1
        grants = tuple(
            SealedGrant(holder=holder, compartment=compartment, ciphertext=b"fresh", epoch=epoch)
            for holder in sorted({each.holder for each in mine} - {RECOVERY})
        )
        sent = RenewKeys(compartment=compartment, grants=grants, letter=self.letter(self.case(known)))
        self.do(known.organ, lambda work, at: commands.renew_keys(work, at, who, known.number, sent))

    def deliver(self, organ: str) -> list[str]:
        """A worker takes every push that is due and delivers it; the mailboxes it found."""
        leased, _ = self.do(organ, lambda work, at: telling.lease_pushes(work, at, Lease()))
        done = Delivered(push_ids=tuple(push.push_id for push in leased.pushes))
        self.do(organ, lambda work, at: telling.acknowledge_pushes(work, at, done))
        return [push.mailbox for push in leased.pushes]

    def destroy(self, known: Known, who: str) -> object:
        """Whoever oversees decides that a case is destroyed."""
        sent = DestroyCase(confirmed=known.number)
        return self.do(known.organ, lambda work, at: commands.destroy_case(work, at, who, known.number, sent))

    # What there is ----------------------------------------------------------------------------------------------------

    def case(self, known: Known) -> Case:
        """The case as it stands."""
        found = self.ask(known.organ, lambda work: work.retention.case(known.number))
        assert found is not None
        return found

    def inbox(self, known: Known) -> Inbox:
        """What the reporter's token opens."""
        opened = self.ask(
            known.organ, lambda work: queries.inbox_of_locator(work, self.today, Locate(locator=locator(known.name)))
        )
        assert isinstance(opened, Inbox), opened
        return opened

    def holdings(self, known: Known) -> Collection[Holding]:
        """Who holds which key."""
        return self.ask(known.organ, lambda work: work.keys.holdings(known.number))

    def look(self, known: Known, people: Collection[str]) -> Seen:
        """All there is of a case, at one moment, and to whom of these people it is shown."""

        def looked(work: Work) -> Seen:
            inboxes = {who: queries.staff_inbox(work, who) for who in people}
            numbers = {
                who: {line.case_number for line in inbox.cases} | {alert.case_number for alert in inbox.alerts}
                for who, inbox in inboxes.items()
            }
            case = work.retention.case(known.number)
            assert case is not None
            return Seen(
                case,
                work.duties.of(known.number),
                frozenset(work.keys.holdings(known.number)),
                work.checkpoints.log(known.number),
                work.notices.of(known.number),
                frozenset(who for who, shown in numbers.items() if known.number in shown),
            )

        return self.ask(known.organ, looked)

    @property
    def store(self) -> CaseStore:
        """The store as it is open now."""
        return self._store

    def _wait(self, doing: object) -> T:  # type: ignore[type-var]
        return self._loop.run_until_complete(doing)  # type: ignore[arg-type]
