"""Locks a process in for good: from here on it computes, reads and writes pipes that are open already, and ends.

All system calls but the few that this takes are refused by the kernel with EPERM, so that even code that has taken over
the process opens no file, no socket and no other program. A process that cannot do without files is fenced into one
folder besides. Sources: seccomp(2), BPF in linux/filter.h. Knows nothing but Python's own library.
"""

import ctypes
import errno
import platform
import resource
import struct
from collections.abc import Mapping
from typing import Literal

from bot.screening.landlock import fence
from bot.screening.system_calls import COMPUTING, ON_FILES

#: What a child could do to lock itself in: a filter on system calls (and a fence, where it was given a folder); a
#: network of its own; or limits alone.
Walls = Literal["filtered", "apart", "limited"]

#: Memory in bytes: a picture of the most pixels allowed, twice, and the libraries.
MOST_MEMORY = 1 << 30
#: Seconds of processor time.
MOST_SECONDS = 10
#: Files that may be open: the pipes that are. No new one gets a number.
_MOST_FILES = 3
#: In a folder: as many as a library opens at once, and bytes of the largest.
_MOST_FILES_INSIDE, _MOST_BYTES = 24, 64 << 20

_LIMITS = {
    resource.RLIMIT_AS: MOST_MEMORY,
    resource.RLIMIT_CPU: MOST_SECONDS,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: _MOST_FILES,
    resource.RLIMIT_NPROC: 0,
    resource.RLIMIT_CORE: 0,
}
_INSIDE = {resource.RLIMIT_FSIZE: _MOST_BYTES, resource.RLIMIT_NOFILE: _MOST_FILES_INSIDE}

#: linux/prctl.h
_SET_DUMPABLE, _SET_SECCOMP, _SET_NO_NEW_PRIVS = 4, 22, 38
_FILTER_MODE = 2
#: linux/sched.h
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000

#: Machine: column above, and its AUDIT_ARCH (linux/audit.h).
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

#: linux/bpf_common.h and linux/seccomp.h
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_NUMBER_AT, _MACHINE_AT = 0, 4


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def confine() -> Walls:
    """Lock this process in and say how firmly; it must have loaded everything it needs. Cannot be undone."""
    libc = _bound(_LIMITS)
    if _filtered(libc, COMPUTING):
        return "filtered"
    return "apart" if libc.unshare(_NEW_USER | _NEW_NET) == 0 else "limited"


def confine_to(folder: str) -> Walls:
    """Lock this process in, but leave it one folder to work in. Of two walls one is none: without either, `limited`."""
    libc = _bound(_LIMITS | _INSIDE)
    return "filtered" if fence(libc, folder) and _filtered(libc, COMPUTING | ON_FILES) else "limited"


def filter_for(machine: str, allowed: Mapping[str, tuple[int, int]] = COMPUTING) -> bytes:
    """Write the filter for a machine as the kernel reads it; empty for a machine that is not in the tables."""
    if machine not in _MACHINES:
        return b""
    column, architecture = _MACHINES[machine]
    numbers = [row[column] for row in allowed.values() if row[column] >= 0]
    steps = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_JUMP_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        # Jumps count the steps to leave out: over the numbers that are left and the refusal behind them.
        *((_JUMP_IF_EQUAL, len(numbers) - at, 0, number) for at, number in enumerate(numbers)),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _bound(limits: Mapping[int, int]) -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
    libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return libc


def _filtered(libc: ctypes.CDLL, allowed: Mapping[str, tuple[int, int]]) -> bool:
    steps = filter_for(platform.machine(), allowed)
    program = _Program(len(steps) // 8, steps)
    return bool(steps) and libc.prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0) == 0
