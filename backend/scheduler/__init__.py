"""What is done without being asked, by the clock, each in the organ's own day.

`rounds.py` is the table of what there is, and says how to add a row; `clockwork.py` does it; `sweeps.py`,
`reminding.py` and `speaking.py` hold what is done. Several processes may make a round at once, and again after a crash.
"""

from backend.scheduler.clockwork import Schedule, keep_rounds, strike
from backend.scheduler.sweeps import prove, publish_figures, release, sweep

__all__ = ["Schedule", "keep_rounds", "prove", "publish_figures", "release", "strike", "sweep"]
