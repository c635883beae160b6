"""What every `SessionStore` and `RelayBook` promises, whichever implementation stands behind the port."""

import asyncio

from bot.dispatcher.context import Store
from bot.ports.storing import Blob, Changes, Parcel, Row
from tests.support.session_stores import NOW, open_store, row


async def test_what_was_committed_is_loaded_as_it_was(store: Store) -> None:
    """A row comes back equal, by the first of its possible names that is stored."""
    await store.commit(Changes(put=(row(),)))
    assert await store.load([b"other", b"one"]) == row()
    assert await store.load([b"other"]) is None


async def test_a_later_write_of_one_name_replaces_the_earlier(store: Store) -> None:
    """One talk is one row."""
    await store.commit(Changes(put=(row(),)))
    await store.commit(Changes(put=(row(box=b"newer"),)))
    assert await store.load([b"one"]) == row(box=b"newer")


async def test_a_drop_and_a_put_in_one_write_leave_what_was_put(store: Store) -> None:
    """A talk that moves to a new name is never missing in between."""
    await store.commit(Changes(put=(row(b"old"),)))
    await store.commit(Changes(put=(row(b"new"),), drop=(b"old",)))
    assert await store.load([b"old"]) is None
    assert await store.load([b"new"]) == row(b"new")


async def test_talks_with_acts_are_found_again(store: Store) -> None:
    """What a crash left unfinished is listed; what is finished is not."""
    await store.commit(Changes(put=(row(b"done"), row(b"open", pending=True))))
    assert [found.name for found in await store.with_acts()] == [b"open"]


async def test_talks_are_found_by_when_they_end(store: Store) -> None:
    """Whoever warns of an end finds each talk between two moments, wherever its end was moved to; the rest is left."""
    await store.commit(Changes(put=(row(b"over", expires=NOW), row(b"soon", expires=NOW + 1), row(b"late"))))
    assert [found.name for found in await store.ending(NOW, NOW + 5)] == [b"soon"]
    await store.commit(Changes(expire=((b"late", NOW + 5),), drop=(b"soon",)))
    assert await store.ending(NOW, NOW + 5) == (row(b"late", expires=NOW + 5),)
    assert await store.ending(NOW + 5, NOW + 9) == ()


async def test_a_file_goes_with_its_owner_unless_it_was_handed_on(store: Store) -> None:
    """Dropping a talk's files spares those that went into a parcel in the same write."""
    await store.commit(Changes(put_files=(Blob("a", b"talk", b"1"), Blob("b", b"talk", b"2"))))
    await store.commit(Changes(hand_files=(("a", b"parcel"),), drop_files_of=(b"talk",)))
    assert await store.file("a") == b"1"
    assert await store.file("b") is None


async def test_what_goes_to_nobody_is_gone_in_the_same_write(store: Store) -> None:
    """Handed to an owner whose files are dropped: the version of a file that was not chosen."""
    await store.commit(Changes(put_files=tuple(Blob(name, b"talk", b"1") for name in ("a", "b", "c"))))
    await store.commit(Changes(hand_files=(("a", b"parcel"), ("b", b"left")), drop_files_of=(b"left",), durable=True))
    assert [await store.file(name) for name in ("a", "b", "c")] == [b"1", None, b"1"]


async def test_parcels_that_arrived_are_no_longer_listed_as_waiting(store: Store) -> None:
    """A parcel is found by id either way, and waits only until it has arrived."""
    await store.commit(Changes(put_parcels=(Parcel("p", b"talk", arrived=False, box=b"report"),)))
    assert [parcel.parcel_id for parcel in await store.parcels()] == ["p"]
    await store.commit(Changes(put_parcels=(Parcel("p", b"talk", arrived=True, box=b"arrived"),)))
    assert await store.parcels() == ()
    assert await store.parcel("p") == Parcel("p", b"talk", arrived=True, box=b"arrived")


async def test_a_sweep_takes_what_is_past_its_day_and_nothing_else(store: Store) -> None:
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


async def test_an_expired_mailbox_is_not_found_even_before_the_sweep(store: Store) -> None:
    """Nobody is told anything at an address past its time."""
    await store.commit(Changes(put_relay=(("box", NOW, b"address"),)))
    assert await store.find("box", NOW) is None
    assert await store.find("box", NOW - 1) == b"address"


async def test_secrets_are_kept_listed_and_dropped(store: Store) -> None:
    """The bot's own small records come back by name and by prefix."""
    await store.put_secret("day/1", b"k1")
    await store.put_secret("roster", b"r")
    assert await store.secrets("day/") == ("day/1",)
    await store.drop_secret("day/1")
    assert await store.secret("day/1") is None
    assert await store.secret("roster") == b"r"


async def test_the_days_in_use_are_those_of_the_stored_talks(store: Store) -> None:
    """A day key is needed exactly as long as a talk is named under it."""
    assert await store.days() == frozenset()
    await store.commit(Changes(put=(row(),)))
    assert await store.days() == {3}


async def test_a_shortened_time_to_live_is_kept(store: Store) -> None:
    """`expire` changes a talk's last day without touching what is sealed in it."""
    await store.commit(Changes(put=(row(),)))
    await store.commit(Changes(expire=((b"one", NOW - 1),)))
    assert await store.load([b"one"]) == row(expires=NOW - 1)


async def test_many_writers_at_once_lose_nothing(store: Store) -> None:
    """Two hundred writes that meet in one commit are all there afterwards."""
    names = [b"%d" % number for number in range(200)]
    await asyncio.gather(
        *(store.commit(Changes(put=(row(name),), durable=number % 7 == 0)) for number, name in enumerate(names))
    )
    assert [bool(await store.load([name])) for name in names] == [True] * 200


async def test_one_bad_change_does_not_sink_the_others(store: Store) -> None:
    """A change the database refuses fails alone, although it was gathered into one commit with good ones."""
    bad = Changes(put=(Row(name=b"bad", day=None, expires=0, box=b"", pending=False),))  # type: ignore[arg-type]
    good = [Changes(put=(row(b"%d" % number),)) for number in range(5)]
    results = await asyncio.gather(*(store.commit(change) for change in (*good, bad)), return_exceptions=True)
    assert [result is None for result in results] == [True] * 5 + [False]
    assert await store.load([b"4"]) is not None


async def test_files_that_are_still_named_outlive_their_owners_others(store: Store) -> None:
    """A reply that was sent takes its files along; those of the draft in the same talk stay."""
    await store.commit(Changes(put_files=(Blob("draft", b"talk", b"1"), Blob("reply", b"talk", b"2"))))
    await store.commit(Changes(drop_files_of=(b"talk",), keep_files=("draft",)))
    assert await store.file("draft") == b"1"
    assert await store.file("reply") is None


async def test_a_parcel_that_was_dropped_is_not_brought_back_by_news_of_its_arrival(store: Store) -> None:
    """Two may take it to the desk at once; the one that comes second must not leave its id behind."""
    waiting, arrived = (Parcel("p", b"talk", arrived=there, box=b"box") for there in (False, True))
    await store.commit(Changes(put_parcels=(waiting,)))
    await store.commit(Changes(settle_parcels=(arrived,)))
    assert await store.parcel("p") == arrived
    await store.commit(Changes(drop_parcels=("p",)))
    await store.commit(Changes(settle_parcels=(arrived,)))
    assert await store.parcel("p") is None


async def test_a_store_opens_again_with_what_it_held(address: str) -> None:
    """A restart finds the talks."""
    async with open_store(address) as first:
        await first.commit(Changes(put=(row(),)))
    async with open_store(address) as second:
        assert await second.load([b"one"]) == row()


async def test_of_many_who_make_a_secret_one_prevails(store: Store) -> None:
    """Everyone gets the same box back, at once and later, and it is the one that is stored."""
    boxes = [b"%d" % number for number in range(20)]
    got = await asyncio.gather(*(store.secret_once("day/1", box) for box in boxes))
    assert len(set(got)) == 1
    assert await store.secret_once("day/1", b"late") == await store.secret("day/1") == got[0]


async def test_the_days_and_acts_follow_what_is_replaced_and_dropped(store: Store) -> None:
    """Neither a finished act nor a day without talks stays listed, whichever way a talk went."""
    await store.commit(Changes(put=(row(b"a", pending=True), row(b"b", pending=True), row(b"c"))))
    await store.commit(Changes(put=(row(b"a"), Row(name=b"c", day=4, expires=NOW, box=b"", pending=False))))
    assert [found.name for found in await store.with_acts()] == [b"b"]
    assert await store.days() == {3, 4}
    await store.commit(Changes(drop=(b"a", b"b", b"never there")))
    assert await store.with_acts() == ()
    assert await store.days() == {4}
    assert await store.sweep(NOW) == 1
    assert await store.days() == frozenset()


async def test_one_write_does_all_its_parts_in_their_order(store: Store) -> None:
    """What is dropped and what is put under one name, owner or id in one write: what is put stays."""
    await store.commit(
        Changes(
            put=(row(),),
            put_files=(Blob("old", b"one", b"1"), Blob("report", b"one", b"2")),
            put_parcels=(Parcel("p", b"one", arrived=False, box=b"1"),),
            put_relay=(("m", NOW + 1, b"1"),),
            put_secrets=(("s", b"1"),),
        )
    )
    await store.commit(
        Changes(
            put=(row(box=b"anew"),),
            drop=(b"one",),
            expire=((b"one", NOW + 99), (b"unknown", NOW)),
            hand_files=(("report", b"parcel"), ("unknown", b"parcel")),
            drop_files_of=(b"one",),
            put_files=(Blob("new", b"one", b"3"),),
            put_parcels=(Parcel("p", b"two", arrived=False, box=b"2"),),
            drop_parcels=("p",),
            put_relay=(("m", NOW + 1, b"2"),),
            drop_relay=("m",),
            put_secrets=(("s", b"2"),),
            drop_secrets=("s",),
            durable=True,
            forgets=True,
        )
    )
    assert await store.load([b"one"]) == row(box=b"anew", expires=NOW + 99)
    assert [await store.file(name) for name in ("old", "report", "new", "unknown")] == [None, b"2", b"3", None]
    assert await store.parcels() == (Parcel("p", b"two", arrived=False, box=b"2"),)
    assert await store.find("m", NOW) == b"2"
    assert await store.secret("s") == b"2"


async def test_a_file_or_parcel_put_again_goes_with_its_newest_owner(store: Store) -> None:
    """Whoever had it before takes nothing along."""
    for owner in (b"first", b"second"):
        await store.commit(
            Changes(put_files=(Blob("f", owner, owner),), put_parcels=(Parcel("p", owner, arrived=True, box=owner),))
        )
    await store.commit(Changes(put=(row(b"first", expires=NOW),)))
    await store.commit(Changes(drop_files_of=(b"first",), expired_by=NOW))
    assert await store.file("f") == b"second"
    assert await store.parcel("p") == Parcel("p", b"second", arrived=True, box=b"second")
    await store.commit(Changes(put=(row(b"second", expires=NOW),)))
    assert await store.sweep(NOW) == 1
    assert await store.file("f") is None
    assert await store.parcel("p") is None


async def test_a_sweep_of_many_takes_all_of_them(store: Store) -> None:
    """However much has ended at once: nothing waits for the next round."""
    names = [b"%d" % number for number in range(450)]
    await store.commit(Changes(put=tuple(row(name, expires=NOW) for name in names)))
    await store.commit(Changes(put_relay=tuple((f"m{number}", NOW, b"a") for number in range(450))))
    await store.commit(Changes(put=(row(b"later"),)))
    assert await store.sweep(NOW) == 450
    assert await store.load(names) is None
    assert await store.load([b"later"]) == row(b"later")
    assert [await store.find(f"m{number}", 0) for number in range(0, 450, 50)] == [None] * 9


async def test_many_that_wait_are_all_listed(store: Store) -> None:
    """Talks with acts and parcels for the desk, more of them than are read at once."""
    rows = tuple(row(b"%d" % number, pending=True) for number in range(450))
    parcels = tuple(Parcel(f"p{number}", b"owner", arrived=False, box=b"box") for number in range(450))
    await store.commit(Changes(put=rows, put_parcels=parcels))
    assert sorted(await store.with_acts(), key=lambda one: one.name) == sorted(rows, key=lambda one: one.name)
    assert set(await store.parcels()) == set(parcels)


async def test_a_large_file_comes_back_whole(store: Store) -> None:
    """The largest that is taken by default, every byte value in it."""
    data = bytes(range(256)) * (32 * 2**20 // 256)
    await store.commit(Changes(put_files=(Blob("f", b"talk", data),), durable=True))
    assert await store.file("f") == data


async def test_nothing_named_is_nothing_found(store: Store) -> None:
    """No name, no talk; an empty write changes nothing."""
    await store.commit(Changes())
    assert await store.load([]) is None
    assert await store.file("unknown") is None
    assert await store.parcel("unknown") is None
    assert await store.secret("unknown") is None
