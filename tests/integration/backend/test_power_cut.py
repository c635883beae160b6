"""The power goes while `cases.db` is written: its log is cut at every frame, and every receipt given holds."""

from functools import partial
from pathlib import Path

from backend import commands
from backend.domain.case import Refused
from tests.support.power_cut import Disk
from tests.support.reports import circumstances, submission
from tests.support.stores import fresh_file, open_store

ORGAN = "ministry"
CONTENT = (
    "SELECT submission_id FROM cases ORDER BY 1",
    "SELECT case_number, holder, compartment FROM grants ORDER BY 1, 2, 3",
    "SELECT case_number, act FROM log ORDER BY 1, 2",
)


async def test_a_report_with_a_receipt_is_there_whatever_was_cut_behind_it(tmp_path: Path) -> None:
    """Each is whole or not at all, in the order of the receipts; every commit is flushed before it is answered."""
    address = fresh_file(tmp_path)
    store = await open_store(address)
    disk = Disk(tmp_path / "cases.db", CONTENT)
    for name in ("first", "second", "third"):
        answer = await store.write(ORGAN, partial(commands.submit, at=circumstances(), sent=submission(name)))
        assert not isinstance(answer, Refused)
        disk.promise()
    reached = [list(disk.found_from(promise, tmp_path)) for promise in range(4)]
    assert all(min(found) >= promise for promise, found in enumerate(reached))
    assert reached[0] == sorted(reached[0])
    await store.close()
