"""What every `SessionStore` and `RelayBook` promises, whichever implementation stands behind the port."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.ports.storing import Blob, Changes, Parcel, Row
from bot.stores.embedded import SqliteSessionStore

NOW = 1_000_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteSessionStore]:
    """Open a store of the test's own."""
    opened = SqliteSessionStore(tmp_path / "bot.db")
    yield opened
    opened.close()


def row(name: bytes = b"one", *, expires: int = NOW + 10, box: bytes = b"sealed", pending: bool = False) -> Row:
    """Make a row."""
    return Row(name=name, day=3, expires=expires, box=box, pending=pending)


async def test_what_was_committed_is_loaded_as_it_was(store: SqliteSessionStore) -> None:
    """A row comes back equal, by the first of its possible names that is stored."""
    await store.commit(Changes(put=(row(),)))
    assert await store.load([b"other", b"one"]) == row()
    assert await store.load([b"other"]) is None


async def test_a_later_write_of_one_name_replaces_the_earlier(store: SqliteSessionStore) -> None:
    """One talk is one row."""
    await store.commit(Changes(put=(row(),)))
    await store.commit(Changes(put=(row(box=b"newer"),)))
    assert await store.load([b"one"]) == row(box=b"newer")


async def test_a_drop_and_a_put_in_one_write_leave_what_was_put(store: SqliteSessionStore) -> None:
    """A talk that moves to a new name is never missing in between."""
    await store.commit(Changes(put=(row(b"old"),)))
    await store.commit(Changes(put=(row(b"new"),), drop=(b"old",)))
    assert await store.load([b"old"]) is None
    assert await store.load([b"new"]) == row(b"new")


async def test_talks_with_acts_are_found_again(store: SqliteSessionStore) -> None:
    """What a crash left unfinished is listed; what is finished is not."""
    await store.commit(Changes(put=(row(b"done"), row(b"open", pending=True))))
    assert [found.name for found in await store.with_acts()] == [b"open"]


async def test_a_file_goes_with_its_owner_unless_it_was_handed_on(store: SqliteSessionStore) -> None:
    """Dropping a talk's files spares those that went into a parcel in the same write."""
    await store.commit(Changes(put_files=(Blob("a", b"talk", b"1"), Blob("b", b"talk", b"2"))))
    await store.commit(Changes(hand_files=(("a", b"parcel"),), drop_files_of=(b"talk",)))
    assert await store.file("a") == b"1"
    assert await store.file("b") is None


async def test_parcels_that_arrived_are_no_longer_listed_as_waiting(store: SqliteSessionStore) -> None:
    """A parcel is found by id either way, and waits only until it has arrived."""
    await store.commit(Changes(put_parcels=(Parcel("p", b"talk", arrived=False, box=b"report"),)))
    assert [parcel.parcel_id for parcel in await store.parcels()] == ["p"]
    await store.commit(Changes(put_parcels=(Parcel("p", b"talk", arrived=True, box=b"arrived"),)))
    assert await store.parcels() == ()
    assert await store.parcel("p") == Parcel("p", b"talk", arrived=True, box=b"arrived")


async def test_a_sweep_takes_what_is_past_its_day_and_nothing_else(store: SqliteSessionStore) -> None:
    """Expired talks go with their files and arrived parcels; a parcel that still waits stays."""
    await store.commit(
        Changes(
            put=(row(b"old", expires=NOW), row(b"new", expires=NOW + 1)),
            put_files=(Blob("f", b"old", b"1"),),
            put_parcels=(Parcel("in", b"old", arrived=True, box=b""), Parcel("out", b"old", arrived=False, box=b"")),
            put_relay=(("gone", NOW, b"x"), ("here", NOW + 1, b"y")),
        )
    )
    assert await store.sweep(NOW) == 1
    assert await store.load([b"old"]) is None
    assert await store.load([b"new"]) is not None
    assert await store.file("f") is None
    assert await store.parcel("in") is None
    assert await store.parcel("out") is not None
    assert await store.find("gone", NOW - 5) is None
    assert await store.find("here", NOW) == b"y"


async def test_an_expired_mailbox_is_not_found_even_before_the_sweep(store: SqliteSessionStore) -> None:
    """Nobody is told anything at an address past its time."""
    await store.commit(Changes(put_relay=(("box", NOW, b"address"),)))
    assert await store.find("box", NOW) is None
    assert await store.find("box", NOW - 1) == b"address"


async def test_secrets_are_kept_listed_and_dropped(store: SqliteSessionStore) -> None:
    """The bot's own small records come back by name and by prefix."""
    await store.put_secret("day/1", b"k1")
    await store.put_secret("roster", b"r")
    assert await store.secrets("day/") == ("day/1",)
    await store.drop_secret("day/1")
    assert await store.secret("day/1") is None
    assert await store.secret("roster") == b"r"


async def test_the_days_in_use_are_those_of_the_stored_talks(store: SqliteSessionStore) -> None:
    """A day key is needed exactly as long as a talk is named under it."""
    assert await store.days() == frozenset()
    await store.commit(Changes(put=(row(),)))
    assert await store.days() == {3}


async def test_a_shortened_time_to_live_is_kept(store: SqliteSessionStore) -> None:
    """`expire` changes a talk's last day without touching what is sealed in it."""
    await store.commit(Changes(put=(row(),)))
    await store.commit(Changes(expire=((b"one", NOW - 1),)))
    assert await store.load([b"one"]) == row(expires=NOW - 1)


async def test_many_writers_at_once_lose_nothing(store: SqliteSessionStore) -> None:
    """Two hundred writes that meet in one commit are all there afterwards."""
    names = [b"%d" % number for number in range(200)]
    await asyncio.gather(
        *(store.commit(Changes(put=(row(name),), durable=number % 7 == 0)) for number, name in enumerate(names))
    )
    assert [bool(await store.load([name])) for name in names] == [True] * 200


async def test_one_bad_change_does_not_sink_the_others(store: SqliteSessionStore) -> None:
    """A change the database refuses fails alone, although it was gathered into one commit with good ones."""
    bad = Changes(put=(Row(name=b"bad", day=None, expires=0, box=b"", pending=False),))  # type: ignore[arg-type]
    good = [Changes(put=(row(b"%d" % number),)) for number in range(5)]
    results = await asyncio.gather(*(store.commit(change) for change in (*good, bad)), return_exceptions=True)
    assert [type(result).__name__ for result in results] == ["NoneType"] * 5 + ["IntegrityError"]
    assert await store.load([b"4"]) is not None


async def test_what_was_dropped_is_nowhere_in_the_files(tmp_path: Path) -> None:
    """After a sweep a byte search of the database and its write-ahead log finds nothing of what was forgotten."""
    store = SqliteSessionStore(tmp_path / "bot.db")
    await store.commit(Changes(put=(row(b"old", expires=NOW, box=b"canary-" * 200),), durable=True))
    assert b"canary-" in _bytes_of(tmp_path)
    await store.sweep(NOW)
    assert b"canary-" not in _bytes_of(tmp_path)
    store.close()


@pytest.fixture
async def reopened(tmp_path: Path) -> AsyncIterator[SqliteSessionStore]:
    """Open a store that was closed with one talk in it."""
    first = SqliteSessionStore(tmp_path / "bot.db")
    await first.commit(Changes(put=(row(),)))
    first.close()
    second = SqliteSessionStore(tmp_path / "bot.db")
    yield second
    second.close()


async def test_a_store_opens_again_with_what_it_held(reopened: SqliteSessionStore) -> None:
    """A restart finds the talks."""
    assert await reopened.load([b"one"]) == row()


def _bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_files_that_are_still_named_outlive_their_owners_others(store: SqliteSessionStore) -> None:
    """A reply that was sent takes its files along; those of the draft in the same talk stay."""
    await store.commit(Changes(put_files=(Blob("draft", b"talk", b"1"), Blob("reply", b"talk", b"2"))))
    await store.commit(Changes(drop_files_of=(b"talk",), keep_files=("draft",)))
    assert await store.file("draft") == b"1"
    assert await store.file("reply") is None


async def test_a_parcel_that_was_dropped_is_not_brought_back_by_news_of_its_arrival(store: SqliteSessionStore) -> None:
    """Two may take it to the desk at once; the one that comes second must not leave its id behind."""
    waiting, arrived = (Parcel("p", b"talk", arrived=there, box=b"box") for there in (False, True))
    await store.commit(Changes(put_parcels=(waiting,)))
    await store.commit(Changes(settle_parcels=(arrived,)))
    assert await store.parcel("p") == arrived
    await store.commit(Changes(drop_parcels=("p",)))
    await store.commit(Changes(settle_parcels=(arrived,)))
    assert await store.parcel("p") is None


async def test_what_a_forgetting_write_replaces_is_gone_from_the_disk(
    store: SqliteSessionStore, tmp_path: Path
) -> None:
    """Before anyone is told: the write-ahead log would otherwise hold it until some later write."""
    secret = b"a sealed draft whose key may be seized as well"
    await store.commit(Changes(put=(row(box=secret),)))
    assert secret in on_disk(tmp_path)
    await store.commit(Changes(put=(row(),), forgets=True))
    assert secret not in on_disk(tmp_path)


def on_disk(folder: Path) -> bytes:
    """All bytes of all files of a store."""
    return b"".join(path.read_bytes() for path in folder.glob("bot.db*"))
