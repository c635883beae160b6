"""Clock and dice come through ports. Ruff says so for most rooms; this is for the ones where its rule must be off.

`bot.anonymity` makes keys and so may touch the system's dice, but it must never ask what time it is.
"""

import ast
from pathlib import Path

from tests.support.repository import ROOT, product_files

CLOCK = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}

#: Where the system's clock enters, behind the port; the command's own programs are run by a person, at a moment.
MAY_READ_THE_CLOCK = ("bot/bootstrap.py", "backend/bootstrap.py", "madoguchi/")


def calls(path: Path) -> set[str]:
    """The last two words of every dotted name in a file: `datetime.now` for `datetime.datetime.now`."""
    tree = ast.parse((ROOT / path).read_text())
    return {".".join(ast.unparse(node).split(".")[-2:]) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def imported(path: Path) -> set[str]:
    """The first word of every module that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_only_the_bootstraps_and_the_command_read_the_clock() -> None:
    """No room but the outermost asks the system for the time."""
    inner = [path for path in product_files() if not str(path).startswith(MAY_READ_THE_CLOCK)]
    assert inner
    assert [str(path) for path in inner if calls(path) & CLOCK] == []


def test_no_file_throws_predictable_dice() -> None:
    """Nothing that is installed imports `random`, wherever it stands."""
    assert [str(path) for path in product_files() if "random" in imported(path)] == []
