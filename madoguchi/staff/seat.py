"""What all commands of `madoguchi staff` share: the app they hang on, whose key it is, the way to the desk and back.

A command opens the key file, does one thing and forgets the key. Command files import from here; `commands.py` imports
them all.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from bot.conversation.catalog import load_catalog
from madoguchi.day import today
from madoguchi.staff.client import open_desk
from madoguchi.staff.keyfile import open_key
from madoguchi.staff.opening import Chair
from madoguchi.staff.reading import Reading
from madoguchi.telling import PlainGroup, Teller
from madoguchi.words import NotDoneError

app = typer.Typer(
    cls=PlainGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Read and answer cases, with your own key, on your own machine.",
)

Number = Annotated[str, typer.Argument(help="Case number, as the inbox shows it.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before it leaves.")]


class Seat(NamedTuple):
    """Who sits there, and where the case store is."""

    teller: Teller
    key: Path
    passphrase_file: Path | None
    store: str | None


@app.callback()
def staff(
    ctx: typer.Context,
    key: Annotated[Path, typer.Option(help="Your key file.")] = Path("staff.key"),
    passphrase_file: Annotated[Path | None, typer.Option(help="File with your six words; else you are asked.")] = None,
    store: Annotated[str | None, typer.Option(help="The case store, if not the one noted in the key file.")] = None,
    lang: Annotated[str, typer.Option(help="ja or en; else as the terminal is set.")] = "",
) -> None:
    """Read and answer cases, with your own key, on your own machine."""
    ctx.obj = Seat(Teller(lang), key, passphrase_file, store)


def at_desk(seat: Seat, act: Callable[[Chair, Teller], Awaitable[None]]) -> None:
    """Open the key, sit down at the desk, do one thing and leave."""
    asyncio.run(_at_desk(seat, act))


def reading(teller: Teller) -> Reading:
    """Return how this person reads a case."""
    return Reading(teller.words, load_catalog(), today())


def confirm(teller: Teller, *, yes: bool) -> None:
    """Ask whether what was shown may leave. Raises `NotDoneError` where the person does not want it to."""
    # Piped words cannot be asked about; who pipes them has seen them.
    if not yes and sys.stdin.isatty() and not teller.agreed("answer.question"):
        raise NotDoneError("answer.not_sent")


async def _at_desk(seat: Seat, act: Callable[[Chair, Teller], Awaitable[None]]) -> None:
    key = open_key(seat.key, seat.teller.passphrase(seat.passphrase_file, "key.question"))
    async with open_desk(seat.store or key.store, key.credential) as desk:
        await act(Chair(seat.key, key, desk), seat.teller)
