"""The way of an entry: kept, sent, acknowledged; in this order, so that no token is lost and none leads nowhere."""

from pathlib import Path

from backend.contract import Receipt
from bot.anonymity.hidden import Hidden
from bot.anonymity.references import read_token
from bot.conversation.catalog import load_catalog
from madoguchi import private_files
from madoguchi.day import today
from madoguchi.staff.acknowledging import Circle, acknowledgement
from madoguchi.staff.acknowledging_font import japanese_font
from madoguchi.staff.acknowledging_mail import mail
from madoguchi.staff.acknowledging_page import page
from madoguchi.staff.acknowledging_pdf import pdf
from madoguchi.staff.client import DeskRefusedError
from madoguchi.staff.entering_parcel import Parcel, forget, keep
from madoguchi.staff.opening import Chair
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError, Words


class Manner(Hidden, frozen=True, kw_only=True):
    """How the acknowledgement goes out."""

    #: Folder for what is printed.
    out: Path
    mail_out: Path | None = None
    #: It is handed over or sent within the same moment.
    left: bool = False


class UnclearError(NotDoneError):
    """No answer came: the entry may be there or not. Says where it is kept, and how it is sent again."""


async def go(chair: Chair, teller: Teller, parcel: Parcel, manner: Manner, place: Path) -> None:
    """Send an entry and acknowledge it; `place` is where it is kept meanwhile."""
    roster, policy = await chair.roster(), (await chair.desk.in_force()).policy
    receipt = await _sent(chair, parcel, place)
    teller.say("enter.entered", "good", number=receipt.case_number, day=receipt.received_on)
    if parcel.entry.unsaid is not None:
        teller.say("enter.is_unsaid")
    else:
        _acknowledge(
            teller, parcel, receipt, manner, Circle(roster, policy, load_catalog(), Words(parcel.language), today())
        )
        await _note_left(chair, teller, receipt.case_number, left=manner.left)
    forget(place)


async def _sent(chair: Chair, parcel: Parcel, place: Path) -> Receipt:
    keep(place, chair.key, parcel)
    try:
        for file_id, ciphertext in parcel.files:
            await chair.desk.put_file(file_id, ciphertext)
        return await chair.desk.enter(parcel.entry)
    except DeskRefusedError:
        forget(place)
        raise
    except NotDoneError as silent:
        raise UnclearError("enter.parcel", file=place) from silent


def _acknowledge(teller: Teller, parcel: Parcel, receipt: Receipt, manner: Manner, circle: Circle) -> None:
    words = acknowledgement(parcel.kind, read_token(parcel.token), receipt, circle)
    font = japanese_font()
    files = {manner.out / f"acknowledgement-{receipt.case_number}.html": page(words)}
    if font is None:
        teller.say("enter.no_font", "warning")
    else:
        files[manner.out / f"acknowledgement-{receipt.case_number}.pdf"] = pdf(words, font)
    if manner.mail_out is not None:
        files[manner.mail_out] = mail(words, parcel.mail)
    for file, content in files.items():
        private_files.write(file, content)
        teller.say("enter.page", file=file)
    teller.say("enter.secret", "warning")


async def _note_left(chair: Chair, teller: Teller, number: str, *, left: bool) -> None:
    if left or teller.agreed("enter.left"):
        await chair.desk.acknowledged(number)
        teller.say("enter.is_left", "good")
    else:
        teller.say("enter.is_owed", "warning", number=number)
