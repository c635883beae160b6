"""Fences a process into one folder: below it files can be read, made, changed and deleted; nothing else can be opened.

Needs no privilege and no namespace, so it works inside containers too. Source: landlock(7), first version of its
interface (Linux 5.13); later versions know more rights, which the filter on system calls refuses instead.
"""

import ctypes
import os
import struct

#: The same numbers on every machine.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION_ASKED = 1
_BENEATH = 1

#: linux/landlock.h: all rights that the first version knows, and those that are given below the folder.
_EVERY_RIGHT = (1 << 13) - 1
_EXECUTE, _WRITE, _READ, _LIST, _REMOVE_FOLDER, _REMOVE, _MAKE_FOLDER, _MAKE = 1, 2, 4, 8, 16, 32, 128, 256
_GIVEN = _WRITE | _READ | _LIST | _REMOVE_FOLDER | _REMOVE | _MAKE_FOLDER | _MAKE


def fence(libc: ctypes.CDLL, folder: str) -> bool:
    """Fence this process into a folder for good; False where the kernel cannot. It must have no new privileges."""
    if libc.syscall(_CREATE, None, 0, _VERSION_ASKED) < 1:
        return False
    rules = libc.syscall(_CREATE, struct.pack("Q", _EVERY_RIGHT), 8, 0)
    if rules < 0:
        return False
    inside = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        added = libc.syscall(_ADD, rules, _BENEATH, struct.pack("=Qi", _GIVEN, inside), 0)
        return bool(added == 0 and libc.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(inside)
        os.close(rules)
