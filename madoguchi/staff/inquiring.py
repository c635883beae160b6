"""A letter that asks an anonymous reporter who they are is held until there is a just cause, and that is recorded.

The cause is one of the organ's list. It is recorded on the case, with the very words, before the letter leaves: the log
shows it to whoever looks later (the Act as amended in 2025).
"""

from backend.contract import CodeList, Move
from backend.domain.policy import codes_of
from madoguchi.day import today
from madoguchi.staff import answering, moving
from madoguchi.staff.asking import HeldInquiryError, is_held
from madoguchi.staff.composing import drafted
from madoguchi.staff.deeds import DEEDS
from madoguchi.staff.giving import Given
from madoguchi.staff.opening import Chair, Sheet


async def answer(chair: Chair, sheet: Sheet, text: str, cause: str = "") -> None:
    """Send words to the reporter; those that ask who they are only for a just cause, recorded first."""
    if is_held(sheet.case, text):
        sheet = await _justified(chair, sheet, text, cause)
    await answering.answer(chair, sheet, text)


async def _justified(chair: Chair, sheet: Sheet, text: str, cause: str) -> Sheet:
    policy = (await chair.desk.in_force()).policy
    if cause not in codes_of(policy, CodeList.INQUIRY):
        raise HeldInquiryError(policy)
    deed = next(deed for deed in DEEDS if deed.move is Move.RECORD_INQUIRY)
    await moving.send(chair, sheet, drafted(deed, Given(text=text, code=cause), sheet, policy, today()))
    return await answering.open_to_write(chair, sheet.file.line.case_number)
