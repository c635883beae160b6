"""Rooms stay small enough to be read in one sitting; the limits are the ones CONTRIBUTING states."""

import ast
from pathlib import Path
from statistics import median

import pytest

from tests.support.repository import ROOT, files_ending, product_files

LONGEST_FILE = 300
MEDIAN_FILE = 120
LONGEST_FUNCTION = 50
MEDIAN_FUNCTION = 8
MOST_PUBLIC_NAMES = 10

Function = ast.FunctionDef | ast.AsyncFunctionDef


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file of the repository."""
    return ast.parse((ROOT / path).read_text())


def functions(path: Path) -> list[Function]:
    """All functions of a file, methods and nested ones included."""
    return [node for node in ast.walk(parsed(path)) if isinstance(node, Function)]


def length(node: Function) -> int:
    """Lines from `def` to the end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def working_length(node: Function) -> int:
    """The same without the docstring: a long promise is no fault."""
    first = node.body[0]
    told = ast.get_docstring(node) is not None
    return length(node) - (((first.end_lineno or first.lineno) - first.lineno + 1) if told else 0)


def behaves(node: ast.stmt) -> bool:
    """Tell a function, or a class with methods of its own, from a record that only lists its fields."""
    if isinstance(node, ast.ClassDef):
        return any(isinstance(part, Function) for part in node.body)
    return isinstance(node, Function)


def public_names(path: Path) -> list[str]:
    """What a reader must know of a file: what it does. A vocabulary of plain records counts for nothing."""
    return [
        node.name
        for node in parsed(path).body
        if isinstance(node, Function | ast.ClassDef) and behaves(node) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize("suffix", [".py", ".js", ".ts"])
def test_no_file_is_longer_than_three_hundred_lines(suffix: str) -> None:
    """A longer file has two rooms in it; tests and scripts for pages are files too."""
    lengths = {path: len((ROOT / path).read_text().splitlines()) for path in files_ending(suffix)}
    assert {str(path): lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_fifty_lines() -> None:
    """A longer function does two things; test functions are functions too."""
    long = [
        f"{path}:{node.lineno} {node.name} has {length(node)} lines"
        for path in files_ending(".py")
        for node in functions(path)
        if length(node) > LONGEST_FUNCTION
    ]
    assert long == []


def test_a_file_is_usually_read_at_a_glance() -> None:
    """Half of the product's files have no more than 120 lines."""
    assert median(len((ROOT / path).read_text().splitlines()) for path in product_files()) <= MEDIAN_FILE


def test_a_function_is_usually_a_few_lines() -> None:
    """Half of the product's functions have no more than eight lines besides their docstring."""
    assert median(working_length(node) for path in product_files() for node in functions(path)) <= MEDIAN_FUNCTION


def test_a_file_has_at_most_ten_public_names() -> None:
    """Ports list promises and so are left out; every other file offers few enough names to keep in mind."""
    rooms = [path for path in product_files() if path.name != "ports.py"]
    crowded = {str(path): len(public_names(path)) for path in rooms}
    assert {path: count for path, count in crowded.items() if count > MOST_PUBLIC_NAMES} == {}
