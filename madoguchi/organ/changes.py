"""One line of a difference, and the difference between two sets of named things."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import msgspec

_Thing = TypeVar("_Thing")


class Change(msgspec.Struct, frozen=True):
    """One line of the difference: a key of the catalogue and what fills it."""

    key: str
    params: dict[str, str]


def differences(
    kind: str, was: Mapping[str, _Thing], becomes: Mapping[str, _Thing], describe: Callable[[_Thing], str]
) -> Iterator[Change]:
    """Yield what is new, what is changed and what is gone, each as a text of the catalogue below `kind`."""
    for name, thing in becomes.items():
        if name not in was:
            yield Change(f"organ.plan.{kind}.new", {"id": name, "what": describe(thing)})
        elif was[name] != thing:
            yield Change(f"organ.plan.{kind}.changed", {"id": name, "what": describe(thing)})
    for name in was.keys() - becomes.keys():
        yield Change(f"organ.plan.{kind}.gone", {"id": name})
