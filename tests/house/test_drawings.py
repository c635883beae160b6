"""The drawings in the documents show what the machine does today."""

from tests.house import draw_life, draw_talk
from tests.support.repository import ROOT


def test_the_drawing_of_the_talk_is_fresh() -> None:
    """The document is what the tables draw; `python -m tests.house.draw_talk` draws it again."""
    assert (ROOT / draw_talk.DOCUMENT).read_text() == draw_talk.drawn(), "stale: run python -m tests.house.draw_talk"


def test_the_drawing_of_a_cases_life_is_fresh() -> None:
    """Stages, moves and periods stand there as in the tables; `python -m tests.house.draw_life` draws it again."""
    assert (ROOT / draw_life.DOCUMENT).read_text() == draw_life.drawn(), "stale: run python -m tests.house.draw_life"
