"""No network here: what these tests drive is pure, and a socket opened by accident must be seen.

Unix sockets stay, since asyncio wakes its own loop through a pair of them.
"""

from collections.abc import Iterator

import pytest
from pytest_socket import disable_socket, enable_socket


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    disable_socket(allow_unix_socket=True)
    yield
    enable_socket()
