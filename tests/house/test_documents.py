"""What the documents point at exists: files, headings, and the commands they tell people to type."""

import re
import shlex
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from madoguchi.staff.commands import app as staff_app
from tests.support.repository import ROOT, files_ending

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?)\s*$", re.MULTILINE)
ROOM = re.compile(r"`((?:bot|backend|madoguchi|tests|docs|\.ci)/[\w./-]+)`")
MAKE = re.compile(r"`make ([a-z-]+)")


def anchors(path: Path) -> set[str]:
    """The anchors of a Markdown file, made from its headings as code hosts make them."""
    headings = HEADING.findall((ROOT / path).read_text())
    return {re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-") for heading in headings}


def broken(document: Path) -> list[str]:
    """The links of a document that lead nowhere within the repository."""
    missing = []
    for link in LINK.findall((ROOT / document).read_text()):
        target, _, anchor = link.partition("#")
        path = document.parent / target if target else document
        if re.match(r"[a-z]+:", link):
            continue
        if not (ROOT / path).exists() or (anchor and anchor not in anchors(path)):
            missing.append(link)
    return missing


@pytest.mark.parametrize("document", files_ending(".md"), ids=str)
def test_every_link_leads_somewhere(document: Path) -> None:
    """A relative link names a file that exists, and its anchor a heading in it."""
    assert broken(document) == []


@pytest.mark.parametrize("document", files_ending(".md"), ids=str)
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    """Whoever types what a document says gets what it says."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(MAKE.findall((ROOT / document).read_text())) - targets == set()


@pytest.mark.parametrize("document", files_ending(".md"), ids=str)
def test_every_room_that_is_named_exists(document: Path) -> None:
    """A file or folder of the repository that a document names stands where it says."""
    named = ROOM.findall((ROOT / document).read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_command_in_the_guide_for_desks_can_be_typed() -> None:
    """Each is known, with each of its options."""
    typed = re.findall(r"^sato (.+?)(?: +#.*)?$", (ROOT / "docs/desk.md").read_text(), re.MULTILINE)
    assert len(typed) > 20
    for line in typed:
        words = shlex.split(line)
        place = get_command(staff_app)
        while isinstance(place, TyperGroup):
            place = place.commands[words.pop(0)]
        known = {option for each in place.params for option in (*each.opts, *each.secondary_opts)}
        assert {word for word in words if word.startswith("--")} <= known, line


@pytest.mark.parametrize("record", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda path: path.name)
def test_a_decision_fits_on_one_screen(record: Path) -> None:
    """A record states context, options, decision and cost, in forty lines at most."""
    text = record.read_text()
    assert len(text.splitlines()) <= 40
    assert HEADING.findall(text)[1:] == ["Context", "Options", "Decision", "Cost"]
