"""The life of cases at two organs, walked by chance: three staff, an executive, a deputy, conflicts, crashes and years.

Whatever order things happen in: somebody owes something on every living case, nobody who must not read one has a key,
what was said stands there once, and each case's log holds together.
"""

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from backend.contract import CodeList, Compartment, Concern, Ending, Obligation, Stage
from backend.contract.notices import NoticeKind
from backend.domain.chain import broken_at, genesis
from backend.domain.lifecycle import moves_from
from backend.domain.obligations import next_owed, open_duties
from backend.domain.policy import codes_of
from tests.support.life import new_world
from tests.support.life_people import HEADS, ORGANS, STAFF, Known, Seen, policy_of

AGES = {stage: age for age, stage in enumerate(Stage)}
#: Few cases, so that each gets somewhere.
MANY = 4

some = st.integers(min_value=0, max_value=99)


class Lives(RuleBasedStateMachine):
    """What may happen, and what must hold after each of it."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.world = new_world(Path(self._folder.name))
        self.cases: list[Known] = []
        self.kept_out: dict[Known, set[str]] = {}
        self.said: Counter[Known] = Counter()

    def teardown(self) -> None:
        """Clear up."""
        self.world.close()
        self._folder.cleanup()

    def one(self, which: int) -> Known:
        """One of the cases."""
        return self.cases[which % len(self.cases)]

    @initialize(ways=st.lists(st.tuples(some, st.booleans()), min_size=5, max_size=5))
    def each_organ_has_a_case(self, ways: list[tuple[int, bool]]) -> None:
        """Something to begin with, some of it old."""
        for which, organ in enumerate(ORGANS):
            self.a_report_comes_in(organ, set())
            self.the_desk_works_on_a_case(which, "sato", ways[: len(ways) * which])

    @precondition(lambda self: len(self.cases) < MANY)
    @rule(organ=st.sampled_from(ORGANS), kept_out=st.sets(st.sampled_from((*STAFF, *HEADS)), max_size=4))
    def a_report_comes_in(self, organ: str, kept_out: set[str]) -> None:
        """Somebody reports, and says whom it must be kept from."""
        known = self.world.report(organ, kept_out)
        self.cases.append(known)
        self.kept_out[known] = set(kept_out)

    @rule(which=some, who=st.sampled_from((*STAFF, *HEADS)), conflicted=st.integers(0, 4).map(lambda dice: dice == 0))
    def somebody_declares(self, which: int, who: str, *, conflicted: bool) -> None:
        """No conflict as a rule, sometimes one."""
        known = self.one(which)
        holds = {each.holder for each in self.world.holdings(known)}
        self.world.declare(known, who, conflicted=conflicted)
        if conflicted and (who in holds or who in HEADS):
            self.kept_out[known].add(who)

    @rule(which=some, who=st.sampled_from(STAFF), ways=st.lists(st.tuples(some, st.booleans()), min_size=3, max_size=9))
    def the_desk_works_on_a_case(self, which: int, who: str, ways: list[tuple[int, bool]]) -> None:
        """Moves that exist where the case stands, most of them leading on; a notice left out where that is allowed."""
        known = self.one(which)
        for way, silent in ways:
            case = self.world.case(known)
            steps = moves_from(case.stage, case.kind)
            onwards = [step for step in steps if step.to and AGES[step.to] > AGES[case.stage]]
            chosen = onwards if way % 3 and onwards else steps
            if chosen:
                step = chosen[way % len(chosen)]
                unsaid = min(codes_of(policy_of(known.organ), CodeList.EXCEPTION)) if silent and step.unsaid else None
                self.world.declare(known, who, conflicted=False)
                self.world.move(known, who, step, unsaid=unsaid)
                if way % 2:
                    self.world.approve(known, case.overseer or "")

    @rule(which=some, who=st.sampled_from(HEADS))
    def a_head_approves(self, which: int, who: str) -> None:
        """What waits leaves."""
        self.world.approve(self.one(which), who)

    @rule(which=some, concern=st.sampled_from((None, *Concern)))
    def the_reporter_writes(self, which: int, concern: Concern | None) -> None:
        """A letter, perhaps one that somebody must hear of at once."""
        known = self.one(which)
        if self.world.case(known).stage is not Stage.DESTROYED:
            assert self.world.write(known, concern=concern) is None
            self.said[known] += 1

    @rule(which=some, who=st.sampled_from(STAFF))
    def the_desk_renews_keys(self, which: int, who: str) -> None:
        """After somebody was taken theirs."""
        self.world.renew(self.one(which), who)

    @rule(days=st.sampled_from((1, 1, 3, 20, 31, 100, 400, 2000)))
    def days_pass(self, days: int) -> None:
        """Nobody does anything; the clock does what is due, all at once after a long time."""
        self.world.pass_days(days)

    @rule()
    def the_hour_strikes_again(self) -> None:
        """The same rounds once more change nothing that a reporter can see."""
        self.world.strike()
        before = [self.world.look(known, set()) for known in self.cases]
        self.world.strike()
        assert [self.world.look(known, set()) for known in self.cases] == before

    @rule()
    def the_store_starts_again(self) -> None:
        """What was acknowledged is on disk."""
        self.world.start_again()

    @rule(which=some, who=st.sampled_from(STAFF), what=some)
    def the_store_dies_during_a_move(self, which: int, who: str, what: int) -> None:
        """Before anything was kept: it is as if nobody had tried."""
        known = self.one(which)
        case = self.world.case(known)
        if steps := moves_from(case.stage, case.kind):
            self.world.die_moving(known, who, steps[what % len(steps)])
            assert self.world.case(known) == case

    @rule(organ=st.sampled_from(ORGANS))
    def a_worker_delivers(self, organ: str) -> None:
        """Nobody is told twice of the same: after a delivery nothing is due any more."""
        self.world.deliver(organ)
        assert self.world.deliver(organ) == []

    @rule(which=some, who=st.sampled_from(HEADS))
    def a_head_lets_a_case_be_destroyed(self, which: int, who: str) -> None:
        """Once it is due, and by whoever oversees; refused otherwise."""
        self.world.destroy(self.one(which), who)

    @invariant()
    def all_is_as_it_must_be(self) -> None:
        """Every case, looked at after every step."""
        for known in self.cases:
            seen = self.world.look(known, {*STAFF, *HEADS})
            is_over = seen.case.stage is Stage.DESTROYED
            self.somebody_owes_something(seen, is_over=is_over)
            self.nobody_who_is_kept_out_has_a_key_or_is_told(seen, self.kept_out[known])
            # A key for the facts is never lost before the case is destroyed.
            assert (Compartment.FACTS in {each.compartment for each in seen.holdings}) is not is_over
            self.the_log_holds_together(seen, known, is_over=is_over)
            if not is_over:
                self.what_was_said_stands_there_once(seen, self.said[known])

    def somebody_owes_something(self, seen: Seen, *, is_over: bool) -> None:
        """No case rests without an end; and the inbox says what is owed next."""
        assert is_over is (open_duties(seen.duties) == []), seen.case.stage
        first = next_owed(seen.duties)
        expected = (first.due_on, first.obligation) if first else (None, None)
        assert is_over or (seen.case.due_on, seen.case.owes) == expected

    def nobody_who_is_kept_out_has_a_key_or_is_told(self, seen: Seen, away: set[str]) -> None:
        """Whoever the reporter named, and whoever declared a conflict: no grant, no line, no alert, ever."""
        assert away.isdisjoint(each.holder for each in seen.holdings)
        assert seen.case.overseer not in away
        assert away.isdisjoint(seen.shown_to)

    def the_log_holds_together(self, seen: Seen, known: Known, *, is_over: bool) -> None:
        """From its beginning to the head that the case shows; of a destroyed one the receipt is left."""
        if is_over:
            assert [link.entry_hash for link in seen.log] == [seen.case.log_head]
        else:
            assert broken_at(seen.log, genesis(known.organ, known.name), seen.case.log_head) is None
            assert len(seen.log) == seen.case.log_length

    def what_was_said_stands_there_once(self, seen: Seen, said: int) -> None:
        """Each letter of the reporter; and for each day of check-ins that had come, one question."""
        heard = [link for link in seen.log if link.act in {"wrote", "concern"} and link.actor == "reporter"]
        assert len(heard) == said
        assert len({notice.notice_id for notice in seen.notices}) == len(seen.notices)
        asked = {notice.on for notice in seen.notices if notice.kind is NoticeKind.CHECK_IN}
        duties = [duty for duty in seen.duties if duty.obligation is Obligation.CHECK_IN]
        assert asked == {duty.ended_on for duty in duties if duty.ending is Ending.DONE}
        assert len(asked) == sum(notice.kind is NoticeKind.CHECK_IN for notice in seen.notices)


TestLives = Lives.TestCase
TestLives.settings = settings(
    max_examples=25, stateful_step_count=25, suppress_health_check=[HealthCheck.too_slow], deadline=None
)
