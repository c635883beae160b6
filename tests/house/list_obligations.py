"""Lists what is demanded and which tests drive the running system through it: `python -m tests.house.list_obligations`.

Writes the table between two marks in the README. A test proves a row when its docstring opens with the row's id.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.support.repository import ROOT

DOCUMENT: Final = Path("README.md")
_PLACE: Final = Path("tests/obligations")
_MARKS: Final = ("<!-- obligations -->\n", "<!-- /obligations -->")
_ID: Final = re.compile(r"O-\d\d")

#: Id, source (a clause of the Guidelines unless another is named), and what one can see the product do.
ROWS: Final = (
    ("O-01", "2(1)i", "The executive sees every open case’s stage, what is owed and the days left, and no content"),
    ("O-02", "2(1)ii", "Internal rules have versions; nobody opens a case before acknowledging the present one"),
    ("O-03", "2(1)iii", "Branch offices are desks; the unsure are led to the integrated one"),
    ("O-04", "2(2)i", "What goes to an external desk is sealed to counsel alone"),
    ("O-05", "2(2)ii", "Consultations are answered in the same anonymous thread"),
    ("O-06", "2(3)", "Without valid training there are no cases; departments without a responsible person are shown"),
    ("O-07", "2(4)", "Only a grant opens a case, every opening is recorded, name and facts are sealed apart"),
    ("O-08", "2(5)", "Whoever has a conflict has no key, the executive included"),
    ("O-09", "2(6)", "Violations of law and what else the organ names; out of scope is received and answered too"),
    ("O-10", "2(7)", "Every position a reporter may have"),
    ("O-11", "2(8)", "Anonymous reports get the same stages, notices and periods"),
    ("O-12", "3(1)i", "No report is refused at intake; danger is told whom to call"),
    (
        "O-13",
        "3(1)ii",
        "Who, what, when, where and how known, each of which can be skipped; what happens next is explained",
    ),
    ("O-14", "3(1)iii", "Letters, calls and visits are entered by hand and acknowledged"),
    ("O-15", "3(1)iv", "Acceptance or its refusal with a reason, and the days left for it"),
    ("O-16", "3(2)i", "Whether there will be an investigation, unless withheld on a listed ground"),
    ("O-17", "3(2)ii", "Investigators see a masked version; what could identify the reporter needs their consent"),
    ("O-18", "3(2)iii", "The executive’s checks of an investigation fall due and are recorded"),
    ("O-19", "3(2)iv", "Progress from time to time, and the result"),
    ("O-20", "3(3)", "Measures and action against persons are recorded with owner and day"),
    ("O-21", "3(4)i", "Measures are told to the reporter"),
    ("O-22", "3(4)ii", "The expected period is told, and told again when it changes"),
    ("O-23", "3(5)", "Information is released once the executive has approved it"),
    ("O-24", "3(6)", "Whether measures work is reviewed, and can take them up again"),
    ("O-25", "3(7)", "Feedback and complaints get an answer by a day"),
    ("O-26", "4(1)", "Retaliation and leaks reach the executive and the desk, never the people kept out"),
    ("O-27", "4(2)", "Reporters are asked how they are treated, up to a year after the end"),
    ("O-28", "4(3)", "Relief systems are told"),
    ("O-29", "5(1)", "Records are preserved, and destroyed for good when the executive says so"),
    ("O-30", "5(2)i", "The public page explains Act, desk and procedure"),
    ("O-31", "5(2)ii", "Supervisors pass on what was reported to them"),
    ("O-32", "5(2)iii, 5(4)i", "Figures are published so that nobody can be picked out"),
    ("O-33", "5(3)", "Cooperation and its refusal are recorded"),
    ("O-34", "5(4)ii", "Surveys and improvements stand beside the figures"),
    ("O-35", "5(5)", "Materials and the yearly survey leave without a secret"),
    ("O-36", "P 2[2]", "Approaches by politicians are recorded by name, and only added to"),
    ("O-37", "P 2[1]", "Records cannot be rewritten unseen"),
    ("O-38", "common platform", "Many organs on one store, none of which reaches another"),
    ("O-39", "Act, 2025", "Freelance workers are among the protected"),
    ("O-40", "Act, 2025", "Nobody searches for the reporter without just cause"),
    ("O-41", "Act, Art. 3", "The notice of an investigation falls due within 20 days, and the reporter sees the day"),
    ("O-42", "Act, 2025", "The presumption of one year is told"),
    ("O-43", "other regimes", "Another regime’s periods are data"),
)


def proofs() -> dict[str, list[tuple[Path, str]]]:
    """Each id with its tests, as file and name."""
    found: dict[str, list[tuple[Path, str]]] = {}
    for file in sorted((ROOT / _PLACE).glob("test_*.py")):
        for name, docstring in _tests(file):
            if opening := _ID.match(docstring):
                found.setdefault(opening[0], []).append((file.relative_to(ROOT), name))
    return found


def listed() -> str:
    """The table as it should be."""
    found = proofs()
    head = "| | demanded by | what one can see | proven by |\n|---|---|---|---|\n"
    return head + "".join(_row(row, found.get(row[0], [])) for row in ROWS)


def document() -> str:
    """The README with the table as it should be."""
    before, _, rest = (ROOT / DOCUMENT).read_text().partition(_MARKS[0])
    _, mark, after = rest.partition(_MARKS[1])
    return f"{before}{_MARKS[0]}{listed()}{mark}{after}"


def _row(row: tuple[str, str, str], tests: list[tuple[Path, str]]) -> str:
    files = sorted({file for file, _ in tests})
    links = ", ".join(f"[{file.stem.removeprefix('test_')}]({file})" for file in files)
    return f"| {row[0]} | {row[1]} | {row[2]} | {links} |\n"


def _tests(file: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name, ast.get_docstring(node) or ""


if __name__ == "__main__":
    (ROOT / DOCUMENT).write_text(document())
