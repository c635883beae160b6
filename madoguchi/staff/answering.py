"""What leaves a staff member's hands: answers, notices with a stage change, notes; signed, sealed, only then sent.

An answer goes to the key in the sealed facts and to no other. It is refused over a letter that the person has not
been shown, and when it says nothing. A reason is a code of the organ's list; the words beside it are sealed.
"""

from collections.abc import Collection

from backend.contract import FromStaff, Move, MoveCase, Stage
from bot.anonymity.correspondence import StaffAuthor, write_note, write_to_reporter
from bot.anonymity.letters import Message, Note, Notice
from bot.anonymity.sealing import new_seed
from madoguchi.staff.opening import Chair, Sheet
from madoguchi.words import LANGUAGES, NotDoneError, Words

#: Codes of the usual reasons (Guidelines 3(1)iv); an organ publishes the ones it uses, of its own too.
USUAL_REASONS = ("not_in_scope", "no_facts", "already_settled", "handled_elsewhere", "dishonest_purpose")

#: Kinds of notice, as the reporter's catalogue words them.
ACCEPTED = "accepted"
NOT_ACCEPTED = "not_accepted"


class ReasonNeededError(NotDoneError):
    """Declining needs a code; the usual ones are listed with what they mean."""

    def __init__(self) -> None:
        super().__init__("decline.reason_needed")

    def told(self, words: Words) -> list[str]:
        """Return the refusal and the codes."""
        return [*super().told(words), *(f"  {code}: {words(f'reason.{code}')}" for code in USUAL_REASONS)]


async def open_to_write(chair: Chair, number: str, stages: Collection[Stage] = tuple(Stage)) -> Sheet:
    """Open a case in order to write. Raises `NotDoneError` in another stage, or unless all of it was shown before."""
    sheet = await chair.open(number)
    if sheet.seen_before is None:
        raise NotDoneError("answer.open_first", number=number)
    if sheet.seen_before != sheet.file.seen or sheet.gone:
        raise NotDoneError("answer.unseen", number=number)
    if sheet.file.line.stage not in stages:
        raise NotDoneError("store.no_such_move")
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


async def accept(chair: Chair, sheet: Sheet) -> None:
    """Accept the report and tell the reporter."""
    await _move(chair, sheet, Move.ACCEPT, None, Notice(ACCEPTED, {}))


async def decline(chair: Chair, sheet: Sheet, reason: str, text: str) -> None:
    """Do not accept the report, and tell the reporter why (Guidelines 3(1)iv): the code's meaning and own words."""
    meaning = _words_of_reporter(sheet).known(f"reason.{reason}")
    told = "\n".join(filter(None, (meaning, not_blank(text))))
    await _move(chair, sheet, Move.DECLINE, reason, Notice(NOT_ACCEPTED, {"reason": reason}, told))


async def _move(chair: Chair, sheet: Sheet, move: Move, reason: str | None, notice: Notice) -> None:
    line = sheet.file.line
    letter = _letter(chair, sheet, notice)
    await chair.desk.move(line.case_number, MoveCase(move=move, from_stage=line.stage, reason=reason, letter=letter))
    chair.saw(sheet, sent=1)


async def _send(chair: Chair, sheet: Sheet, letter: FromStaff) -> None:
    await chair.desk.write(sheet.file.line.case_number, letter)
    chair.saw(sheet, sent=1)


def _letter(chair: Chair, sheet: Sheet, body: Message | Notice) -> FromStaff:
    message_id = _new_id()
    for_reporter, for_desk = write_to_reporter(_author(chair), sheet.case, message_id, body)
    return FromStaff(message_id=message_id, for_desk=for_desk, for_reporter=for_reporter, seen=sheet.file.seen)


def _author(chair: Chair) -> StaffAuthor:
    return StaffAuthor(chair.key.staff_id, chair.key.signing_seed)


def _words_of_reporter(sheet: Sheet) -> Words:
    language = sheet.case.facts.language
    return Words(language if language in LANGUAGES else LANGUAGES[0])


def _new_id() -> str:
    return new_seed()[:16].hex()
