"""A public method has a docstring, or fills a port or overrides something that has one.

This is what ruff's D102 asks, less the copies it would breed in every implementation of a port.
"""

import importlib
import inspect
from collections.abc import Iterator
from types import FunctionType

from tests.support.repository import modules

METHODS = (FunctionType, property, classmethod, staticmethod)


def classes(module: str) -> Iterator[type]:
    """Every class that a module defines for others."""
    for name, found in vars(importlib.import_module(module)).items():
        if inspect.isclass(found) and found.__module__ == module and not name.startswith("_"):
            yield found


def public_methods(owner: type) -> Iterator[str]:
    """The names of a class's own methods that others may call."""
    return (name for name, part in vars(owner).items() if isinstance(part, METHODS) and not name.startswith("_"))


def is_port(module: str) -> bool:
    """Whether a module is a door, or one of several in a room of doors."""
    return "ports" in module.split(".")


def silent(module: str) -> Iterator[str]:
    """The methods of a module that say nothing, neither themselves nor in what they override."""
    for owner in classes(module):
        for name in public_methods(owner):
            if not inspect.getdoc(getattr(owner, name)):
                yield f"{module}.{owner.__name__}.{name}"


def test_a_public_method_says_what_it_promises() -> None:
    """Whoever calls a method finds its promise beside it, or at the port of the same name."""
    named = [name for name in modules() if not name.endswith(("__main__", ".migrations.env"))]
    ports = [name for name in named if is_port(name)]
    promised = {method for port in ports for owner in classes(port) for method in public_methods(owner)}
    unsaid = [method for module in named for method in silent(module)]
    assert [method for method in unsaid if method.rpartition(".")[2] not in promised] == []


def test_every_port_says_what_it_promises() -> None:
    """A port's own methods all have docstrings, since implementations lean on them."""
    assert [method for module in modules() if is_port(module) for method in silent(module)] == []
