"""The drawings in the documents show what the machine does today."""

import subprocess
import sys

from bot.conversation.forms import FLOWS
from tests.house import draw_life, draw_talk, write_schema, write_talk
from tests.support.repository import ROOT


def test_the_drawing_of_the_talk_is_fresh() -> None:
    """The document is what the tables draw; `python -m tests.house.draw_talk` draws it again."""
    assert (ROOT / draw_talk.DOCUMENT).read_text() == draw_talk.drawn(), "stale: run python -m tests.house.draw_talk"


def test_the_page_about_the_talk_is_fresh() -> None:
    """Every flow is played to its end in both languages, word for word as it is there."""
    assert (ROOT / write_talk.DOCUMENT).read_text() == write_talk.written(), "stale: python -m tests.house.write_talk"


def test_the_drawing_of_a_cases_life_is_fresh() -> None:
    """Stages, moves and periods stand there as in the tables; `python -m tests.house.draw_life` draws it again."""
    assert (ROOT / draw_life.DOCUMENT).read_text() == draw_life.drawn(), "stale: run python -m tests.house.draw_life"


def test_the_published_schema_of_a_flow_is_fresh() -> None:
    """It is made from the types; `python -m tests.house.write_schema` writes it again."""
    assert (ROOT / write_schema.DOCUMENT).read_text() == write_schema.written(), (
        "run python -m tests.house.write_schema"
    )


def test_every_flow_fits_the_published_schema() -> None:
    """Whoever edits a flow with the schema at hand sees what the product sees."""
    flows = [str(ROOT / "bot/conversation/flows" / f"{flow}.toml") for flow in FLOWS]
    checker = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(ROOT / write_schema.DOCUMENT), *flows]
    found = subprocess.run(checker, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
