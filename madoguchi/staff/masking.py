"""`madoguchi staff mask` and `findings`: the version of a case that investigators get, and what they report back.

Written by somebody who knows the case, in words that do not tell who the reporter is; what could be found of the
identity in it is refused (Guidelines 3(2)ii). Investigators see this and nothing else of the case.
"""

import sys
import unicodedata
from typing import Annotated, Final

import typer

from backend.contract import Compartment
from bot.anonymity.correspondence import StaffAuthor, write_masked
from bot.anonymity.errors import NotOpenedError
from bot.anonymity.letters import Identity, Note
from bot.anonymity.sealing import new_seed
from madoguchi.staff import access
from madoguchi.staff.answering import not_blank
from madoguchi.staff.declaring import PANEL, NoConflict, look
from madoguchi.staff.opening import Chair, MaskedSheet, Sheet
from madoguchi.staff.seat import Number, app, at_desk
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError

_Text = Annotated[str | None, typer.Argument(help="The words; else they are read from stdin.")]
#: One letter of a name is no trace of it.
_SHORTEST: Final = 2


@app.command(rich_help_panel=PANEL)
def mask(ctx: typer.Context, number: Number, text: _Text = None) -> None:
    """Write the masked version, for investigators: what was reported, and nothing that tells who reported it."""
    words = not_blank(_words(text))

    async def act(chair: Chair, teller: Teller) -> None:
        sheet = await chair.open(number)
        if sheet.case.identity is not None and traces(words, sheet.case.identity):
            raise NotDoneError("mask.names")
        await _add(chair, sheet, words)
        chair.saw(sheet)
        teller.say("mask.done", "good")

    at_desk(ctx.obj, act)


@app.command(rich_help_panel=PANEL)
def findings(ctx: typer.Context, number: Number, text: _Text = None, *, no_conflict: NoConflict = False) -> None:
    """Report back to the desk as an investigator, beside the masked version."""
    words = not_blank(_words(text))

    async def act(chair: Chair, teller: Teller) -> None:
        await _add(chair, await look(chair, teller, number, no_conflict=no_conflict), words)
        teller.say("mask.reported", "good")

    at_desk(ctx.obj, act)


def traces(text: str, identity: Identity) -> list[str]:
    """Return under which questions the reporter's identity stands word for word in a text."""
    plain = _folded(text)
    said = {key: _folded(value) for key, value in identity.answers.items()}
    return [key for key, value in said.items() if len(value) >= _SHORTEST and value in plain]


async def _add(chair: Chair, sheet: Sheet | MaskedSheet, text: str) -> None:
    # A part bears no day: its place among the others stands in front of its id.
    place = sum(part.compartment == Compartment.MASKED for part in sheet.file.parts) + 1
    part_id = f"masked-{place:04}-{new_seed()[:8].hex()}"
    author = StaffAuthor(chair.key.staff_id, chair.key.signing_seed)
    try:
        sealed = write_masked(author, sheet.case, part_id, Note(text))
    except NotOpenedError as closed:
        raise NotDoneError("mask.no_key") from closed
    await access.add_masked(chair.desk, sheet.file.line.case_number, part_id, sealed)


def _words(text: str | None) -> str:
    return sys.stdin.read().removesuffix("\n") if text is None else text


def _folded(text: str) -> str:
    """Return text as names are compared: whatever the width, the case and the spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
