"""Talks are named so that nobody can trace them, and the keys behind the names are destroyed with the last talk."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.dispatcher.naming import DayNames
from bot.ports.storing import Changes, Row
from bot.stores.embedded import SqliteSessionStore
from tests.support.outside import Counting, SetClock

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteSessionStore]:
    """Open a store of the test's own."""
    opened = SqliteSessionStore(tmp_path / "bot.db")
    yield opened
    opened.close()


async def test_one_address_has_one_name_a_day_and_another_tomorrow(store: SqliteSessionStore) -> None:
    """Two days of one person cannot be joined, while a talk of yesterday is still found today."""
    clock = SetClock()
    names = DayNames(store, KEY, clock, Counting())
    ((today, first),) = await names.names("web", "cookie")
    assert await names.names("web", "cookie") == [(today, first)]
    clock.time += timedelta(days=1)
    newest, older = await names.names("web", "cookie")
    assert older == (today, first)
    assert newest[0] == today + 1
    assert newest[1] != first


async def test_channels_and_addresses_do_not_share_names(store: SqliteSessionStore) -> None:
    """A cookie and a chat id of the same letters are two people."""
    names = DayNames(store, KEY, SetClock(), Counting())
    found = {
        (await names.names(channel, address))[0][1]
        for channel, address in (("web", "a"), ("terminal", "a"), ("web", "b"), ("weba", ""))
    }
    assert len(found) == 4


async def test_names_outlive_a_restart(store: SqliteSessionStore) -> None:
    """A draft is found again after the bot was started anew."""
    clock = SetClock()
    before = await DayNames(store, KEY, clock, Counting()).names("web", "cookie")
    again = DayNames(store, KEY, clock, Counting())
    await again.load()
    assert await again.names("web", "cookie") == before


async def test_a_past_key_is_destroyed_with_the_last_talk_under_it(store: SqliteSessionStore) -> None:
    """Once nothing is named under a day, its key is gone for good; a talk that waits keeps its key."""
    clock = SetClock()
    names = DayNames(store, KEY, clock, Counting())
    ((day, name),) = await names.names("web", "cookie")
    await store.commit(Changes(put=(Row(name=name, day=day, expires=1 << 40, box=b"", pending=False),)))
    clock.time += timedelta(days=9)
    await names.names("web", "cookie")
    assert await names.forget_old() == 0
    await store.commit(Changes(drop=(name,)))
    assert await names.forget_old() == 1
    assert await store.secrets("day/") == (f"day/{day + 9}",)
    assert [found for found, _ in await names.names("web", "cookie")] == [day + 9]


async def test_lone_surrogates_in_an_address_do_no_harm(store: SqliteSessionStore) -> None:
    """Whatever a platform calls an address, it can be named."""
    names = DayNames(store, KEY, SetClock(), Counting())
    assert len(await names.names("web", "\ud800")) == 1


async def test_two_processes_name_a_day_alike(store: SqliteSessionStore) -> None:
    """Whoever comes second takes up the key of the first, on the day itself and on later days."""
    clock = SetClock()
    first, second = (DayNames(store, KEY, clock, Counting(start)) for start in (0, 100))
    assert await first.names("web", "cookie") == await second.names("web", "cookie")
    clock.time += timedelta(days=1)
    # Nobody came to the second one on this day.
    begun = await first.names("web", "cookie")
    clock.time += timedelta(days=1)
    assert (await second.names("web", "cookie"))[1:] == begun
    assert await first.names("web", "cookie") == await second.names("web", "cookie")


async def test_a_key_of_another_process_is_destroyed_with_the_last_talk_too(store: SqliteSessionStore) -> None:
    """A process that ended leaves no key behind for good."""
    clock = SetClock()
    other = DayNames(store, KEY, clock, Counting())
    await DayNames(store, KEY, clock, Counting(100)).names("web", "cookie")
    clock.time += timedelta(days=1)
    assert await other.forget_old() == 1
    assert await store.secrets("day/") == ()


async def test_a_key_made_just_before_midnight_is_kept_for_a_while(store: SqliteSessionStore) -> None:
    """The talk it names may be stored just after, by another process."""
    clock = SetClock()
    clock.time = clock.time.replace(hour=23, minute=59)
    names = DayNames(store, KEY, clock, Counting())
    await names.names("web", "cookie")
    clock.time += timedelta(minutes=5)
    assert await names.forget_old() == 0
    clock.time += timedelta(hours=1)
    assert await names.forget_old() == 1
