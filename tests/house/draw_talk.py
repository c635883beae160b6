"""Draws the talk into docs/talk-flow.md: `python -m tests.house.draw_talk` from the root."""

from pathlib import Path

from bot.conversation.drawing import as_mermaid
from tests.support.repository import ROOT

DOCUMENT = Path("docs/talk-flow.md")

_HEAD = """# How the talk flows

Drawn from the tables in `bot/conversation/`, never by hand: `python -m tests.house.draw_talk` draws it again.
A word with `/` is a command, one with `=` an option that was picked, in brackets stands what must be so; anything else
is what came in. Help, danger, status and the like answer in every state and lead nowhere, so they are not drawn.
"""


def drawn() -> str:
    """The document as it should be."""
    parts = (
        _HEAD,
        "## States\n",
        f"```mermaid\n{as_mermaid()}\n```\n",
    )
    return "\n".join(parts)


if __name__ == "__main__":
    (ROOT / DOCUMENT).write_text(drawn())
