"""The store of erasure keys: a key is on disk before a case has it, and gone for good once the case is destroyed."""

from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy.util import greenlet_spawn

from backend.contract import LogEntry
from backend.domain.chain import entry
from backend.ports import StoreUnavailableError
from backend.storage.erasure import DRAWN_AT_ONCE, ErasureKey
from backend.storage.erasure_places import ErasureStore, examine_erasure, open_erasure
from tests.support.reports import CountedChance
from tests.support.stores import erasure_beside

T = TypeVar("T")
ORGAN = "ministry"


def receipt(actor: str = "tanaka") -> LogEntry:
    """The last entry of a case's log."""
    return entry(sequence=7, on=date(2031, 4, 1), actor=actor, act="destroyed", content_hash=b"c", previous_hash=b"p")


async def asked(do: Callable[[], T]) -> T:
    """Do something as the midst of a transaction on cases does it, on either kind of store."""
    answer: T = await greenlet_spawn(do)
    return answer


async def taken(store: ErasureStore, organ: str = ORGAN) -> ErasureKey:
    """A key for a case."""
    return await asked(lambda: store.take(organ))


def bytes_below(folder: Path) -> bytes:
    """All that the files in a folder hold."""
    return b"".join(path.read_bytes() for path in folder.iterdir())


@pytest.fixture
def keys_at(address: str) -> str:
    """The address of an empty store of erasure keys."""
    return erasure_beside(address)


@pytest.fixture
async def keys(keys_at: str) -> AsyncIterator[ErasureStore]:
    """A store with nothing in it."""
    opened = await open_erasure(keys_at, CountedChance())
    yield opened
    await opened.close()


async def test_a_key_that_is_handed_out_is_on_disk_already(keys: ErasureStore, keys_at: str) -> None:
    """Another process finds it, before any case could name it."""
    mine = await taken(keys)
    other = await open_erasure(keys_at, CountedChance())
    assert await asked(lambda: other.find(ORGAN, mine.erasure_id)) == mine.key
    await other.close()


async def test_no_key_is_handed_out_twice(keys: ErasureStore) -> None:
    """Not within a drawing, not in the next, not to another organ."""
    many = [await taken(keys) for _ in range(DRAWN_AT_ONCE + 1)] + [await taken(keys, "agency")]
    assert len({each.erasure_id for each in many}) == len({each.key for each in many}) == DRAWN_AT_ONCE + 2
    assert {len(each.key) for each in many} == {32}


async def test_a_key_that_nothing_was_laid_under_is_handed_out_again(keys: ErasureStore) -> None:
    """A submission that is repeated a thousand times takes no thousand keys."""
    mine = await taken(keys)
    keys.give_back(ORGAN, mine)
    assert await taken(keys) == mine


async def test_a_key_is_found_by_its_own_organ_alone(keys: ErasureStore) -> None:
    """To any other it does not exist, be it to use or to destroy."""
    mine = await taken(keys)
    assert await asked(lambda: keys.find("agency", mine.erasure_id)) is None
    await asked(lambda: keys.destroy("agency", mine.erasure_id, b"mark", receipt()))
    assert await asked(lambda: keys.present(ORGAN, [mine.erasure_id, "unknown"])) == {mine.erasure_id}
    assert await asked(lambda: keys.receipts(ORGAN, [b"mark"])) == {}


async def test_a_destroyed_key_is_gone_and_its_receipt_stays(keys: ErasureStore, keys_at: str) -> None:
    """For every process, from the moment of the answer."""
    mine = await taken(keys)
    assert await asked(lambda: keys.destroy(ORGAN, mine.erasure_id, b"mark", receipt())) == receipt()
    other = await open_erasure(keys_at, CountedChance())
    assert await asked(lambda: other.find(ORGAN, mine.erasure_id)) is None
    assert await asked(lambda: other.receipts(ORGAN, [b"mark", b"other"])) == {b"mark": receipt()}
    await other.close()


async def test_of_two_destructions_of_one_case_the_first_receipt_counts(keys: ErasureStore) -> None:
    """Who comes later, be it after a restored backup, gets the same and leaves the same log behind."""
    mine = await taken(keys)
    await asked(lambda: keys.destroy(ORGAN, mine.erasure_id, b"mark", receipt()))
    again = await asked(lambda: keys.destroy(ORGAN, mine.erasure_id, b"mark", receipt("ito")))
    assert again == receipt()


async def test_a_case_without_a_key_can_be_destroyed(keys: ErasureStore) -> None:
    """It is on the list all the same."""
    await asked(lambda: keys.destroy(ORGAN, None, b"mark", receipt()))
    assert await asked(lambda: keys.receipts(ORGAN, [b"mark"])) == {b"mark": receipt()}


async def test_what_was_drawn_and_not_used_is_dropped_in_the_end(keys_at: str) -> None:
    """Used keys stay."""
    store = await open_erasure(keys_at, CountedChance())
    used, unused = await taken(store), await taken(store)
    store.give_back(ORGAN, unused)
    await store.close()
    other = await open_erasure(keys_at, CountedChance())
    assert await asked(lambda: other.present(ORGAN, [used.erasure_id, unused.erasure_id])) == {used.erasure_id}
    await other.close()


async def test_a_store_that_works_has_no_ailment(keys: ErasureStore, keys_at: str) -> None:
    """Neither from within nor from outside; scrubbing and scouring leave it well."""
    await keys.scrub()
    await keys.scour()
    assert await keys.ailments() == await examine_erasure(keys_at) == {}


async def test_a_destroyed_key_is_in_no_file_any_more(tmp_path: Path) -> None:
    """Not in the database and not beside it."""
    store = await open_erasure(f"sqlite:///{tmp_path}/erasure.db", CountedChance())
    mine = store.take(ORGAN)
    assert mine.key in bytes_below(tmp_path)
    store.destroy(ORGAN, mine.erasure_id, b"mark", receipt())
    await store.scrub()
    assert mine.key not in bytes_below(tmp_path)
    await store.close()


async def test_what_is_no_store_is_said_so(tmp_path: Path) -> None:
    """One that is not there, one that is no database, one whose server is away."""
    nowhere = f"sqlite:///{tmp_path}/nowhere.db"
    assert await examine_erasure(nowhere) == {"erasure": "not made"}
    (tmp_path / "notes").write_bytes(b"these are somebody's notes, and no database at all" * 100)
    notes = f"sqlite:///{tmp_path}/notes"
    away = f"postgresql+asyncpg://nobody@/keys?host={tmp_path}"
    for address in (notes, away):
        assert await examine_erasure(address) == {"erasure": "not reachable"}
        with pytest.raises(StoreUnavailableError):
            await open_erasure(address, CountedChance())
