"""What can be done to cases: load, decide, save, queue what must leave. One function a command, one transaction each.

Decides nothing itself (`domain` does), knows no store (`ports` do) and never speaks: whoever runs a command answers
only after its transaction is on disk. A command that is refused answers `Refused` and has changed nothing. Each may be
repeated after an unclear outcome: what was done already is recognised by its client-made id. One file a subject.
"""

from backend.commands.entering import acknowledged, enter
from backend.commands.handling import move_case, open_case, write_as_staff
from backend.commands.publishing import publish_roster
from backend.commands.receiving import put_file, submit, write_as_reporter
from backend.commands.renewing import renew_token

__all__ = [
    "acknowledged",
    "enter",
    "move_case",
    "open_case",
    "publish_roster",
    "put_file",
    "renew_token",
    "submit",
    "write_as_reporter",
    "write_as_staff",
]
