"""The door from the bot's side: files through real children, and children that went astray."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvloop
from structlog.testing import capture_logs

from bot.ports.scrubbing import Scrubbed
from bot.screening.kinds import Kind
from bot.screening.scrubber import Bounds, ScreeningScrubber
from tests.support.people_files import FORMATS, TOLD, document, photo, plain, with_photo, written
from tests.support.system import eventually

READY = (
    "import os, sys; from bot.screening.wire import *; from bot.screening.pipes import *; "
    "os.write(1, b''.join(message(Ready('filtered')))); "
)
READ_ALL = "head, body = PREFIX.unpack(os.read(0, 8)); [os.read(0, 65536) for _ in range(1)]; "

#: Children that were taken over, by what they do.
ASTRAY = {
    "dies before it is ready": "raise SystemExit(1)",
    "dies with the file": READY + "os.read(0, 8); os._exit(1)",
    "stops listening and stays": READY + "import time; os.read(0, 8); os.close(0); time.sleep(600)",
    "answers nothing and stays": READY + "import time; time.sleep(600)",
    "is never ready": "import time; time.sleep(600)",
    "answers noise": READY + READ_ALL + "os.write(1, b'x' * 100_000); os._exit(0)",
    "announces more than there is": READY + READ_ALL + "os.write(1, PREFIX.pack(9, 2**32 - 1)); os.read(0, 1 << 20)",
    "announces an endless head": READY + READ_ALL + "os.write(1, PREFIX.pack(2**32 - 1, 0)); os.read(0, 1 << 20)",
    "says a word nobody knows": READY + READ_ALL + "os.write(1, b''.join(message(Verdict('fine', 'x')))); os._exit(0)",
    "says a trace nobody knows": READY + READ_ALL + "os.write(1, b''.join(message(Verdict('cleaned', 'x', ('me',)))))",
    "is no program": "",
}


@pytest.fixture
async def scrubber() -> AsyncIterator[ScreeningScrubber]:
    """The scrubber as the bot has it."""
    made = ScreeningScrubber()
    yield made
    await made.close()


async def test_a_photo_comes_back_clean(scrubber: ScreeningScrubber) -> None:
    """Through a child and back, with what was taken out."""
    scrubbed = await scrubber.scrub("a.jpg", "image/jpeg", photo(Kind.JPEG))
    assert (scrubbed.cleaning, scrubbed.media_type, scrubbed.removed[0]) == ("cleaned", "image/jpeg", "place")
    assert [told for told in TOLD if told in scrubbed.data] == []


@pytest.mark.parametrize("kind", [*FORMATS, Kind.PDF])
async def test_every_kind_is_cleaned_behind_the_walls(scrubber: ScreeningScrubber, kind: Kind) -> None:
    """No decoder needs a file, a thread or a library that it did not bring along."""
    data = written(with_photo(document())) if kind is Kind.PDF else photo(kind)
    scrubbed = await scrubber.scrub("a.tiff" if kind is Kind.TIFF else "a", kind, data + b"hidden")
    assert (scrubbed.cleaning, scrubbed.media_type, scrubbed.data != data + b"hidden") == ("cleaned", kind, True)


async def test_what_cannot_be_cleaned_comes_back_as_it_came(scrubber: ScreeningScrubber) -> None:
    """Not one byte is lost, of nothing at all either."""
    for data in (b"", b"just words", b"PK\x03\x04" + bytes(3_000_000)):
        assert await scrubber.scrub("a.bin", "x/y", data) == Scrubbed(data, "x/y", "unknown_kind")


async def test_many_files_at_once_are_all_cleaned(scrubber: ScreeningScrubber) -> None:
    """More than there are children: they wait for their turn."""
    many = await asyncio.gather(*(scrubber.scrub("a.jpg", "", photo(Kind.JPEG, turn)) for turn in range(1, 7)))
    assert {each.cleaning for each in many} == {"cleaned"}


def offspring() -> set[int]:
    """The processes that this one has started and that are not gone."""
    own = Path(f"/proc/{os.getpid()}/task")
    return {int(pid) for task in own.iterdir() for pid in (task / "children").read_text().split()}


async def test_each_file_gets_a_child_of_its_own(scrubber: ScreeningScrubber) -> None:
    """Nothing of one person's file can reach the next one's: a child that answered is gone."""
    others = offspring()
    await scrubber.warm()
    before = offspring() - others
    await scrubber.scrub("a.png", "", plain(Kind.PNG))
    await scrubber.warm()
    after = offspring() - others
    assert (len(before), len(after), before & after) == (1, 1, set())


async def test_a_spare_child_that_died_meanwhile_costs_nobody_their_file(scrubber: ScreeningScrubber) -> None:
    """A machine short of memory may end it at night; another one is started."""
    others = offspring()
    await scrubber.warm()
    (spare,) = offspring() - others
    os.kill(spare, signal.SIGKILL)
    await eventually(lambda: spare not in offspring())
    assert (await scrubber.scrub("a.jpg", "", photo(Kind.JPEG))).cleaning == "cleaned"


@pytest.mark.parametrize("deed", ASTRAY.values(), ids=ASTRAY.keys())
async def test_a_child_gone_astray_loses_no_file(deed: str) -> None:
    """Whatever it does, the file is kept as it came, the person is told, and it ends in time."""
    program = (sys.executable, "-I", "-B", "-c", deed) if deed else ("/nowhere/at/all",)
    scrubber = ScreeningScrubber(Bounds(screening=1.5), program)
    data = photo(Kind.JPEG) * 50
    with capture_logs() as logs:
        async with asyncio.timeout(30):
            scrubbed = await scrubber.scrub("hanako.jpg", "image/jpeg", data)
            await scrubber.close()
    assert scrubbed == Scrubbed(data, "image/jpeg", "failed")
    assert [set(each) for each in logs] == [{"event", "reason", "log_level"}]


async def test_nobody_waits_for_ever_when_many_send_files() -> None:
    """Whoever finds no free child in time has the file kept as it came."""
    slow = (sys.executable, "-I", "-B", "-c", READY + "import time; time.sleep(600)")
    scrubber = ScreeningScrubber(Bounds(at_once=1, screening=1, waiting=0.1), slow)
    both = await asyncio.gather(*(scrubber.scrub("a.jpg", "", b"x") for _ in range(2)))
    await scrubber.close()
    assert [each.cleaning for each in both] == ["failed", "failed"]


async def test_a_child_without_a_filter_is_said_once() -> None:
    """The operator learns that a wall is missing, and files are cleaned all the same."""
    bare = "import bot.screening.child as c; c.confine = lambda: 'limited'; c.main()"
    scrubber = ScreeningScrubber(program=(sys.executable, "-I", "-B", "-c", bare))
    with capture_logs() as logs:
        cleaned = [(await scrubber.scrub("a.jpg", "", photo(Kind.JPEG))).cleaning for _ in range(2)]
    await scrubber.close()
    assert cleaned == ["cleaned", "cleaned"]
    assert [each["event"] for each in logs] == ["screening_without_filter"]


async def test_whoever_gives_up_leaves_no_child_behind() -> None:
    """A connection that closes half-way ends the child at work, too, and nothing outlives the bot."""
    slow = (sys.executable, "-I", "-B", "-c", READY + "import time; time.sleep(600)")
    others, scrubber = offspring(), ScreeningScrubber(program=slow)
    await scrubber.warm()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(scrubber.scrub("a.jpg", "", b"x" * 1_000_000), 0.5)
    await scrubber.close()
    assert offspring() - others == set()


def test_it_works_on_the_loop_that_the_service_runs_on() -> None:
    """There processes are started in another way."""

    async def one() -> str:
        scrubber = ScreeningScrubber()
        cleaned = await scrubber.scrub("a.jpg", "", photo(Kind.JPEG))
        await scrubber.close()
        return cleaned.cleaning

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert runner.run(one()) == "cleaned"
