"""What the bot, the staff's programs and the case store say to each other: one version of the API, as types.

Every field that could name a person is absent or is ciphertext (`bytes`, base64 in JSON). These files import nothing of
ours but each other, so that both sides may read them, and hold no behaviour. Fields may be added; none may change its
meaning. One file a subject; everyone imports from here.
"""

from backend.contract.handling import Alert, CaseFile, CaseLine, FileLine, FromStaff, LogEntry, MoveCase, StaffInbox
from backend.contract.publishing import PostedBy, Publication, RosterDocument
from backend.contract.reporting import (
    FromReporter,
    Inbox,
    Letter,
    LettersRead,
    Locate,
    Receipt,
    SealedGrant,
    SealedPart,
    Submission,
)
from backend.contract.telling import Delivered, Lease, Leased, Push, Told
from backend.contract.words import API_VERSION, Compartment, Escalation, Fault, Move, Record, Refusal, Role, Side, Stage

__all__ = [
    "API_VERSION",
    "Alert",
    "CaseFile",
    "CaseLine",
    "Compartment",
    "Delivered",
    "Escalation",
    "Fault",
    "FileLine",
    "FromReporter",
    "FromStaff",
    "Inbox",
    "Lease",
    "Leased",
    "Letter",
    "LettersRead",
    "Locate",
    "LogEntry",
    "Move",
    "MoveCase",
    "PostedBy",
    "Publication",
    "Push",
    "Receipt",
    "Record",
    "Refusal",
    "Role",
    "RosterDocument",
    "SealedGrant",
    "SealedPart",
    "Side",
    "StaffInbox",
    "Stage",
    "Submission",
    "Told",
]
