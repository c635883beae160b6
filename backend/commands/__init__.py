"""What can be done to cases: load, decide, save, queue what must leave. One function a command, one transaction each.

Decides nothing itself (`domain` does), knows no store (`ports` do) and never speaks: whoever runs a command answers
only after its transaction is on disk. A command that is refused answers `Refused` and has changed nothing. Each may be
repeated after an unclear outcome: what was done already is recognised by its client-made id. One file a subject.
"""

from backend.commands.checking_in import answer_check_in
from backend.commands.declaring import acknowledge_rules, declare, record_attempt
from backend.commands.destroying import amiss, destroy_case, mend, transfer_case
from backend.commands.entering import acknowledged, enter
from backend.commands.figures import count_move, exact_counts, publish_by_hand, publish_due
from backend.commands.granting import add_masked, give_grants, remove_grants, renew_keys
from backend.commands.handling import move_case, open_case, write_as_staff
from backend.commands.holding import hold_case, release_hold
from backend.commands.improving import approve_release, draft_release, record_improvement, record_session
from backend.commands.publishing import publish_roster
from backend.commands.receiving import put_file, submit, write_as_reporter
from backend.commands.renewing import renew_token
from backend.commands.surveys import answer_as_reporter, answer_as_staff, answer_by_code, offer_survey

__all__ = [
    "acknowledge_rules",
    "acknowledged",
    "add_masked",
    "amiss",
    "answer_as_reporter",
    "answer_as_staff",
    "answer_by_code",
    "answer_check_in",
    "approve_release",
    "count_move",
    "declare",
    "destroy_case",
    "draft_release",
    "enter",
    "exact_counts",
    "give_grants",
    "hold_case",
    "mend",
    "move_case",
    "offer_survey",
    "open_case",
    "publish_by_hand",
    "publish_due",
    "publish_roster",
    "put_file",
    "record_attempt",
    "record_improvement",
    "record_session",
    "release_hold",
    "remove_grants",
    "renew_keys",
    "renew_token",
    "submit",
    "transfer_case",
    "write_as_reporter",
    "write_as_staff",
]
