"""A letter of the desk, signed and sealed: to the key that the sealed facts lead to and to the desk, or kept there."""

from backend.contract import FromStaff
from bot.anonymity.correspondence import StaffAuthor, write_note, write_to_reporter
from bot.anonymity.letters import Message, Minute, Note, Notice
from bot.anonymity.sealing import new_seed
from madoguchi.staff.opening import Chair, Sheet


def letter_of(chair: Chair, sheet: Sheet, body: Message | Minute | Note | Notice) -> FromStaff:
    """Sign and seal what goes into the thread; a note or a minute does not leave the desk."""
    message_id = new_seed()[:16].hex()
    author = StaffAuthor(chair.key.staff_id, chair.key.signing_seed)
    if isinstance(body, Message | Notice):
        for_reporter, for_desk = write_to_reporter(author, sheet.case, message_id, body)
        return FromStaff(message_id=message_id, for_desk=for_desk, for_reporter=for_reporter, seen=sheet.file.seen)
    for_desk = write_note(author, sheet.case, message_id, body)
    return FromStaff(message_id=message_id, for_desk=for_desk, for_reporter=None, seen=sheet.file.seen)
