"""A network of the test's own: nothing but a loopback that no other program on this machine can reach.

For peers that listen on every address they find. Entered by the test's thread alone, together with whatever it starts
from there; needs root on Linux.
"""

import ctypes
import fcntl
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: From the kernel's headers: sched.h, linux/sockios.h, linux/if.h.
_NEW_NETWORK = 0x40000000
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1
#: A `struct ifreq`: a name of 16 bytes, then a union of 24.
_REQUEST = "16sH22x"
#: The network of this thread, not of the process it belongs to.
_HERE = Path("/proc/thread-self/ns/net")


class NoNetworkError(Exception):
    """This machine does not let the test have a network of its own; the message says why."""


@contextmanager
def own_network() -> Iterator[None]:
    """Move this thread into a new network, and back in the end. Raises `NoNetworkError`."""
    if not _HERE.exists():
        raise NoNetworkError("networks of one's own exist on Linux alone")
    with _HERE.open() as before:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_NEW_NETWORK):
            raise NoNetworkError(f"only root may have a network of its own ({os.strerror(ctypes.get_errno())})")
        try:
            _switch_on("lo")
            yield
        finally:
            if libc.setns(before.fileno(), 0):
                raise OSError(ctypes.get_errno(), "cannot go back to the machine's network")


def _switch_on(interface: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        asked = struct.pack(_REQUEST, interface.encode(), 0)
        _, flags = struct.unpack(_REQUEST, fcntl.ioctl(control, _GET_FLAGS, asked))
        fcntl.ioctl(control, _SET_FLAGS, struct.pack(_REQUEST, interface.encode(), flags | _UP))
