"""Reading, as somebody who may approve it and holds no key to the case, a letter that waits.

The copy is the very letter that would leave, with its writer's signature. Whether what leaves is the same one is for
whoever holds a key to see: the log commits to both when the letter is proposed.
"""

from bot.anonymity.correspondence import approval_binding
from bot.anonymity.errors import ForgedError
from bot.anonymity.opening import StaffReader
from bot.anonymity.roster import Roster, voice_of
from bot.anonymity.sealing import open_sealed
from bot.anonymity.signing import Envelope, peek, verify


def read_as_approver(reader: StaffReader, roster: Roster, submission: str, message_id: str, sealed: bytes) -> Envelope:
    """Open a copy and give its letter, once it is certain whose it is.

    Raises `NotOpenedError` when it was sealed to somebody else, `ForgedError` when nobody of the roster signed it, or
    when it was written for another case.
    """
    signed = open_sealed(reader.sealing_seed, sealed, approval_binding(roster.organ, submission, message_id))
    claimed = peek(signed)
    public = voice_of(roster, claimed.author)
    if public is None or (claimed.organ, claimed.submission) != (roster.organ, submission):
        raise ForgedError("approval")
    return verify(signed, public)
