"""The table of what is done by the clock.

To add something, write it and add a row. An act on one organ's rows is a plain function `act(work, at) -> int`: it
does some dozens of what is to be done, in one transaction, and tells how many; `in_batches` repeats it until it tells
none. It must find by itself what is still to be done, and leave what another process has in hand (`work.dues` does
both). What needs the store as a whole is a coroutine `does(store, organs, at) -> int` of its own. It is called for one
organ at a time, in that organ's day: `at.today` and `at.hour` are those of the organ's time zone.
"""

from typing import Final, NamedTuple

from backend.reconciling import adopt, count_keyless, replay, scour
from backend.scheduler.reminding import escalate, remind, warn
from backend.scheduler.speaking import check_in, stop_asking, tell_overrun, tell_undecided
from backend.scheduler.sweeps import Does, in_batches, prove, publish_figures, release, sweep


class Round(NamedTuple):
    """One row: what is done when an hour strikes."""

    does: Does
    #: Done at a start as well.
    at_start: bool = True
    #: What the log says when something was done, with a count; nothing where a count would tell of reporters.
    event: str = ""
    #: Somebody must look at it.
    is_fault: bool = False


ROUNDS: Final = (
    Round(release, at_start=False),
    Round(in_batches(stop_asking), at_start=False),
    Round(in_batches(check_in)),
    Round(in_batches(tell_undecided)),
    Round(in_batches(tell_overrun)),
    Round(in_batches(remind), event="reminders_given"),
    Round(in_batches(escalate), event="late_things_told"),
    Round(in_batches(warn), event="resting_pushes_told"),
    Round(sweep, event="orphan_files_destroyed"),
    Round(replay, event="destructions_replayed"),
    Round(adopt, event="grants_brought_under_keys"),
    Round(count_keyless, event="erasure_keys_missing", is_fault=True),
    Round(scour, at_start=False),
    Round(prove, event="checkpoints_made"),
    Round(publish_figures, event="figures_published"),
)
