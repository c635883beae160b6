"""What the child may say is what the talk has words for; the filter that locks it in refuses all it should."""

import struct
from typing import get_args

import pytest

from bot.conversation.files import CLEANINGS, TRACES
from bot.screening.confinement import filter_for
from bot.screening.wire import Cleaning, Trace, in_order


def test_every_verdict_has_words() -> None:
    """A code that the talk does not know would leave a person without an answer."""
    assert tuple(CLEANINGS) == get_args(Cleaning)


def test_every_trace_has_words_and_the_same_rank() -> None:
    """What points most at a person is named first, on both sides."""
    assert tuple(TRACES) == get_args(Trace)
    assert in_order({"other", "time", "place"}) == ("place", "time", "other")


def outcome(program: bytes, machine: int, number: int) -> int:
    """Run a filter as the kernel would, for one system call, and return its verdict."""
    steps = list(struct.iter_unpack("HBBI", program))
    at, held = 0, 0
    while True:
        code, if_equal, if_not, value = steps[at]
        at += 1
        if code == 0x06:
            return int(value)
        if code == 0x20:
            held = {0: number, 4: machine}[value]
        else:
            at += if_equal if held == value else if_not


ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000

#: Numbers from the kernel's tables: read, write, exit_group; openat, socket, execve, clone, kill.
X86, ARM = 0xC000003E, 0xC00000B7
MACHINES = {
    "x86_64": (X86, (0, 1, 231), (257, 41, 59, 56, 62, 2, 101, 322, 425, 0x40000000)),
    "aarch64": (ARM, (63, 64, 94), (56, 198, 221, 220, 129, 117, 281, 425)),
}


@pytest.mark.parametrize("name", MACHINES)
def test_the_filter_allows_what_is_listed_and_refuses_the_rest(name: str) -> None:
    """Reading and ending pass; opening, connecting, starting, tracing do not, whatever else is asked."""
    machine, allowed, refused = MACHINES[name]
    program = filter_for(name)
    assert {outcome(program, machine, number) for number in allowed} == {ALLOW}
    assert {outcome(program, machine, number) for number in refused} == {REFUSE}


def test_a_call_in_the_manner_of_another_machine_ends_the_process() -> None:
    """The same number means another call there; 32-bit calls are a known way around a filter."""
    assert outcome(filter_for("x86_64"), 0x40000003, 0) == KILL


def test_a_machine_without_a_table_gets_no_filter() -> None:
    """Better none, and said so, than one with wrong numbers."""
    assert filter_for("riscv64") == b""
