"""Free words that leave a staff member's hands: answers and notes; signed, sealed, only then sent.

An answer goes to the key that the sealed facts lead to and to no other. It is refused over a letter that the person has
not been shown, and when it says nothing.
"""

from backend.contract import Compartment, Obligation
from backend.domain.obligations import open_duties
from bot.anonymity.letters import Message, Note
from madoguchi.staff import access
from madoguchi.staff.changes import ChangedMeanwhileError
from madoguchi.staff.opening import Chair, Sheet
from madoguchi.staff.posting import letter_of
from madoguchi.words import NotDoneError


async def open_to_write(chair: Chair, number: str) -> Sheet:
    """Open a case in order to write. Raises `NotDoneError` as `seen_whole` does, and while a fresh key is owed.

    Whoever lost their key may still have the one in use: what is written now must be closed to them.
    """
    sheet = await seen_whole(chair, number)
    owes = any(duty.obligation is Obligation.RENEW_KEYS for duty in open_duties(sheet.file.duties))
    if owes and Compartment.FACTS in (await access.holders(chair.desk, number)).stale:
        raise NotDoneError("answer.renew_first", number=number)
    return sheet


async def seen_whole(chair: Chair, number: str) -> Sheet:
    """Open a case. Raises `NotDoneError` unless all of it was shown before; says what was not."""
    sheet = await chair.open(number)
    if sheet.seen_before is None:
        raise NotDoneError("answer.open_first", number=number)
    if sheet.seen_before != sheet.file.seen or sheet.gone:
        raise ChangedMeanwhileError("answer.unseen", sheet)
    return sheet


def not_blank(text: str) -> str:
    """Return words that say something. Raises `NotDoneError` for others."""
    if not text.strip():
        raise NotDoneError("answer.blank")
    return text


async def answer(chair: Chair, sheet: Sheet, text: str) -> None:
    """Send words to the reporter."""
    await _send(chair, sheet, Message(not_blank(text)))


async def note(chair: Chair, sheet: Sheet, text: str) -> None:
    """Put words into the case that stay at the desk."""
    await _send(chair, sheet, Note(not_blank(text)))


async def _send(chair: Chair, sheet: Sheet, body: Message | Note) -> None:
    await chair.desk.write(sheet.file.line.case_number, letter_of(chair, sheet, body))
    chair.saw(sheet, sent=1)
