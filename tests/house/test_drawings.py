"""The drawings in the documents show what the machine does today."""

from tests.house.draw_talk import DOCUMENT, drawn
from tests.support.repository import ROOT


def test_the_drawing_of_the_talk_is_fresh() -> None:
    """The document is what the tables draw; `python -m tests.house.draw_talk` draws it again."""
    assert (ROOT / DOCUMENT).read_text() == drawn(), "stale: run python -m tests.house.draw_talk"
