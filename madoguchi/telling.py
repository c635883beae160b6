"""How the command speaks: lines on the terminal, a question, a passphrase, and every refusal as one sentence.

Colour only where a person looks at it; piped, everything is plain text. No markup is ever read from what is printed,
and no traceback is shown for what a person can mend.
"""

import sys
from pathlib import Path
from typing import Any, Protocol

import typer
from rich.console import Console
from rich.style import Style
from typer.core import TyperGroup

from madoguchi.words import NotDoneError, Words, language_of_environment

#: How each tone looks.
STYLES = {
    "plain": Style(),
    "title": Style(bold=True),
    "good": Style(color="green"),
    "warning": Style(color="red", bold=True),
    "today": Style(color="dark_orange", bold=True),
    "soon": Style(color="yellow"),
    "quiet": Style(dim=True),
    "struck": Style(dim=True, strike=True),
}


class Teller:
    """Speaks one language to whoever sits at the keyboard."""

    def __init__(self, language: str = "") -> None:
        self.words = Words(language or language_of_environment())
        self.console = Console(markup=False, highlight=False, emoji=False, soft_wrap=True)

    def say(self, key: str, /, tone: str = "plain", **params: object) -> None:
        """Print a text of the catalogue."""
        self.show(self.words(key, **params), tone)

    def show(self, text: str, tone: str = "plain") -> None:
        """Print words as they are; piped, tabs and width are left alone too."""
        if self.console.is_terminal:
            self.console.print(text, style=STYLES[tone])
        else:
            typer.echo(text)

    def agreed(self, key: str, /, **params: object) -> bool:
        """Ask a question that only `y` or `はい` agrees to; nobody at the keyboard means no."""
        if not sys.stdin.isatty():
            return False
        answer = typer.prompt(self.words(key, **params), default="", show_default=False)
        return answer.strip().casefold() in ("y", "yes", "はい")

    def passphrase(self, file: Path | None, key: str, /, **params: object) -> str:
        """Return the six words from a file, or ask for them without showing them."""
        if file is None:
            return str(typer.prompt(self.words(key, **params), hide_input=True))
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as unreadable:
            raise NotDoneError("key.no_passphrase_file", file=file) from unreadable


class Spoken(Protocol):
    """What a command group keeps for its commands: at least a voice."""

    @property
    def teller(self) -> Teller:
        """Who speaks."""


class PlainGroup(TyperGroup):
    """Commands whose refusals are one sentence on stderr and exit status 1."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]  # noqa: ANN401 - whatever a command returns
        try:
            return super().invoke(ctx)
        except NotDoneError as refused:
            words = ctx.obj.teller.words if ctx.obj else Words(language_of_environment())
            for sentence in refused.told(words):
                typer.echo(sentence, err=True)
            ctx.exit(1)
