"""Stored talks that cannot be read: they hold up no other, and are not written over."""

from types import SimpleNamespace
from typing import cast

import msgspec
import pytest

from bot.anonymity.boxes import Safe
from bot.dispatcher.context import Context, Place
from bot.dispatcher.lodging import Lodging
from bot.ports.storing import Row

KEY, NAME = b"k" * 32, b"n" * 16


def stored(state: str) -> Row:
    """A talk in a state, as a bot stored it."""
    box = Safe(KEY).lock(msgspec.msgpack.encode({"session": {"channel": "web", "state": state}}), b"talk/1:" + NAME)
    return Row(name=NAME, day=1, expires=1 << 40, box=box, pending=True)


def lodging(row: Row) -> Lodging:
    """Where that talk lives."""

    async def names(_channel: str, _address: str) -> list[tuple[int, bytes]]:
        return [(1, NAME)]

    async def load(_names: list[bytes]) -> Row:
        return row

    parts = SimpleNamespace(
        key=KEY, names=SimpleNamespace(names=names), store=SimpleNamespace(load=load), seconds=lambda: 1
    )
    return Lodging(cast("Context", parts))


def test_a_talk_of_a_newer_version_holds_up_no_other() -> None:
    """After a step back to the version before, the bot starts, and its rounds go on."""
    known, strange = stored("reading"), stored("dreaming")
    assert lodging(known).open(known) is not None
    assert lodging(strange).open(strange) is None


async def test_a_talk_of_a_newer_version_is_not_written_over() -> None:
    """Whoever writes there is told that it failed; what they said before is there when the newer version is."""
    with pytest.raises(msgspec.DecodeError):
        await lodging(stored("dreaming")).load(Place("web", "here"))
