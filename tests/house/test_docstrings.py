"""A public method has a docstring, or it stands in a class that fills a port, where the docstring is.

This is what ruff's D102 asks, less the copies it would breed in every implementation of a port.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.repository import ROOT, product_files


def classes(path: Path) -> Iterator[ast.ClassDef]:
    """Every class of a file, nested ones too."""
    return (node for node in ast.walk(ast.parse((ROOT / path).read_text())) if isinstance(node, ast.ClassDef))


def public_methods(owner: ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The methods of a class that others may call."""
    for node in owner.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


def of_ports() -> set[str]:
    """The names of all methods that the ports promise."""
    ports = [path for path in product_files() if path.name == "ports.py"]
    return {method.name for path in ports for owner in classes(path) for method in public_methods(owner)}


def test_a_public_method_says_what_it_promises() -> None:
    """Whoever calls a method finds its promise beside it, or at the port of the same name."""
    promised = of_ports()
    silent = [
        f"{path}:{method.lineno} {owner.name}.{method.name}"
        for path in product_files()
        for owner in classes(path)
        for method in public_methods(owner)
        if not ast.get_docstring(method) and (path.name == "ports.py" or method.name not in promised)
    ]
    assert silent == []
