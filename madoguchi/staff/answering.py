"""Free words that leave a staff member's hands: answers and notes; signed, sealed, only then sent.

An answer goes to the key that the sealed facts lead to and to no other. It is refused over a letter that the person has
not been shown, and when it says nothing.
"""

from backend.contract import FromStaff
from bot.anonymity.correspondence import StaffAuthor, write_note, write_to_reporter
from bot.anonymity.letters import Message, Note
from bot.anonymity.sealing import new_seed
from madoguchi.staff.changes import ChangedMeanwhileError
from madoguchi.staff.opening import Chair, Sheet
from madoguchi.words import NotDoneError


async def open_to_write(chair: Chair, number: str) -> Sheet:
    """Open a case in order to write. Raises `NotDoneError` unless all of it was shown before; says what was not."""
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
    await _send(chair, sheet, _letter(chair, sheet, Message(not_blank(text))))


async def note(chair: Chair, sheet: Sheet, text: str) -> None:
    """Put words into the case that stay at the desk."""
    message_id = _new_id()
    for_desk = write_note(_author(chair), sheet.case, message_id, Note(not_blank(text)))
    letter = FromStaff(message_id=message_id, for_desk=for_desk, for_reporter=None, seen=sheet.file.seen)
    await _send(chair, sheet, letter)


async def _send(chair: Chair, sheet: Sheet, letter: FromStaff) -> None:
    await chair.desk.write(sheet.file.line.case_number, letter)
    chair.saw(sheet, sent=1)


def _letter(chair: Chair, sheet: Sheet, body: Message) -> FromStaff:
    message_id = _new_id()
    for_reporter, for_desk = write_to_reporter(_author(chair), sheet.case, message_id, body)
    return FromStaff(message_id=message_id, for_desk=for_desk, for_reporter=for_reporter, seen=sheet.file.seen)


def _author(chair: Chair) -> StaffAuthor:
    return StaffAuthor(chair.key.staff_id, chair.key.signing_seed)


def _new_id() -> str:
    return new_seed()[:16].hex()
