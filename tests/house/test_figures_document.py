"""The document on figures says what is counted today."""

from backend.domain.figures import STAGES
from tests.support.repository import ROOT


def test_every_move_that_is_counted_stands_in_the_document() -> None:
    """A row each, under the name that it is published by."""
    text = (ROOT / "docs/figures.md").read_text()
    assert [move for move, code in STAGES.items() if f"| `{move}` | `{code}` |" not in text] == []
