"""Locks a process in for good: from here on it computes, reads and writes pipes that are open already, and ends.

A list of the system calls that this takes; all others are refused by the kernel with EPERM, so that even code that has
taken over the process opens no file, no socket and no other program. Sources: seccomp(2), BPF in linux/filter.h.
"""

import ctypes
import errno
import platform
import resource
import struct

from bot.screening.wire import Walls

#: Memory in bytes: a picture of the most pixels allowed, twice, and the libraries.
MOST_MEMORY = 1 << 30
#: Seconds of processor time.
MOST_SECONDS = 10
#: Files that may be open: the pipes that are. No new one gets a number.
_MOST_FILES = 3

_LIMITS = (
    (resource.RLIMIT_AS, MOST_MEMORY),
    (resource.RLIMIT_CPU, MOST_SECONDS),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NOFILE, _MOST_FILES),
    (resource.RLIMIT_NPROC, 0),
    (resource.RLIMIT_CORE, 0),
)

#: linux/prctl.h
_SET_DUMPABLE, _SET_SECCOMP, _SET_NO_NEW_PRIVS = 4, 22, 38
_FILTER_MODE = 2
#: linux/sched.h
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000

#: Name: number on x86_64 (asm/unistd_64.h), number on aarch64 (asm-generic/unistd.h).
_ALLOWED = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "getpid": (39, 172),
    "exit": (60, 93),
    "sysinfo": (99, 179),
    "sigaltstack": (131, 132),
    "gettid": (186, 178),
    "futex": (202, 98),
    "sched_getaffinity": (204, 123),
    "restart_syscall": (219, 128),
    "clock_gettime": (228, 113),
    "exit_group": (231, 94),
    "getrandom": (318, 278),
}
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
    libc = ctypes.CDLL(None, use_errno=True)
    for limit, most in _LIMITS:
        resource.setrlimit(limit, (most, most))
    libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if _filtered(libc):
        return "filtered"
    return "apart" if libc.unshare(_NEW_USER | _NEW_NET) == 0 else "limited"


def filter_for(machine: str) -> bytes:
    """Write the filter for a machine as the kernel reads it; empty for a machine that is not in the table."""
    if machine not in _MACHINES:
        return b""
    column, architecture = _MACHINES[machine]
    numbers = [row[column] for row in _ALLOWED.values()]
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


def _filtered(libc: ctypes.CDLL) -> bool:
    steps = filter_for(platform.machine())
    program = _Program(len(steps) // 8, steps)
    return bool(steps) and libc.prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0) == 0
