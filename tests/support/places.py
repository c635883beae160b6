"""Where a system keeps things, as a test looks at it: two files in its folder, or a database server and Redis.

Counts what is kept, names every sealed record of the bot's, and gives all bytes of them that lie on a disk.
"""

import asyncio
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol
from urllib.parse import urlsplit

from redis import Redis
from sqlalchemy import make_url

from bot.stores.layout import PREFIX, parcel_of, row_of
from tests.support import postgres, redis
from tests.support.stores import erasure_beside, run_on_server

Kind = Literal["talks", "files", "waiting", "relay", "day_keys"]


#: Kinds whose table has another name, or other rows besides.
_TABLES = {"waiting": "parcels WHERE NOT arrived", "day_keys": "secrets WHERE name LIKE 'day/%'"}


class Record(NamedTuple):
    """A sealed record of the bot's."""

    kind: Literal["talk", "parcel", "secret", "relay"]
    name: bytes
    box: bytes


class Places(Protocol):
    """What a system is told, and what a test may see."""

    @property
    def database_url(self) -> str:
        """Where the case store keeps cases."""

    @property
    def erasure_url(self) -> str:
        """Where it keeps their erasure keys."""

    @property
    def store_url(self) -> str:
        """Where the bot keeps talks; empty for a file."""

    def cases(self) -> int:
        """How many cases there are."""

    def count(self, kind: Kind) -> int:
        """How many things of a kind the bot keeps; `waiting` are sealed reports that have not arrived."""

    def ends(self) -> list[int]:
        """When each talk and each return address ends."""

    def records(self) -> Iterator[Record]:
        """Every sealed record that the bot keeps."""

    def on_disk(self) -> list[bytes]:
        """All bytes of the bot's store on the disk, once it has had the time to clean up."""


class InFiles(NamedTuple):
    """Both stores as files in one folder."""

    data: Path

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.data / 'cases.db'}"

    @property
    def erasure_url(self) -> str:
        return erasure_beside(self.database_url)

    @property
    def store_url(self) -> str:
        return ""

    def cases(self) -> int:
        return int(self._asked("cases.db", "SELECT count(*) FROM cases")[0][0])

    def count(self, kind: Kind) -> int:
        return int(self._asked("bot.db", f"SELECT count(*) FROM {_TABLES.get(kind, kind)}")[0][0])  # noqa: S608 - words of ours

    def ends(self) -> list[int]:
        return [
            end for (end,) in self._asked("bot.db", "SELECT expires FROM talks UNION ALL SELECT expires FROM relay")
        ]

    def records(self) -> Iterator[Record]:
        for name, box in self._asked("bot.db", "SELECT name, box FROM talks"):
            yield Record("talk", name, box)
        for name, box in self._asked("bot.db", "SELECT parcel_id, box FROM parcels"):
            yield Record("parcel", name.encode(), box)
        for name, box in self._asked("bot.db", "SELECT name, box FROM secrets"):
            yield Record("secret", name.encode(), box)
        for name, box in self._asked("bot.db", "SELECT mailbox, address FROM relay"):
            yield Record("relay", name.encode(), box)

    def on_disk(self) -> list[bytes]:
        return [path.read_bytes() for path in self.data.glob("bot.db*")]

    def _asked(self, file: str, question: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(f"file:{self.data / file}?mode=ro", uri=True) as database:
            return database.execute(question).fetchall()


class OnServers(NamedTuple):
    """A database of the test's own on a server, and a Redis that nobody else uses meanwhile."""

    database_url: str
    server: redis.Server

    @property
    def erasure_url(self) -> str:
        return erasure_beside(self.database_url)

    @property
    def store_url(self) -> str:
        return self.server.url

    def cases(self) -> int:
        url, programs = make_url(self.database_url), postgres.programs()
        assert programs is not None, postgres.missing()
        place = ["-h", str(url.query["host"]), "-U", postgres.SERVER_USER, "-d", str(url.database)]
        command = [str(programs / "psql"), *place, "-Atc", "SELECT count(*) FROM cases"]
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    def count(self, kind: Kind) -> int:
        with self._asked() as asked:
            if kind == "waiting":
                return int(asked.scard(PREFIX + b"waiting"))
            if kind == "day_keys":
                return sum(name.startswith(b"day/") for name in asked.hkeys(PREFIX + b"secrets"))
            return len(list(asked.scan_iter(PREFIX + kind.rstrip("s").encode() + b":*")))

    def ends(self) -> list[int]:
        with self._asked() as asked:
            kept = [key for kind in (b"talk:", b"relay:") for key in asked.scan_iter(PREFIX + kind + b"*")]
            return [int(value[:16]) for value in asked.mget(kept) if value]

    def records(self) -> Iterator[Record]:
        with self._asked() as asked:
            for name, value in self._of(asked, b"talk:"):
                yield Record("talk", row := bytes.fromhex(name.decode()), row_of(row, value).box)
            for name, value in self._of(asked, b"relay:"):
                yield Record("relay", name, value[16:])
            for name, box in asked.hgetall(PREFIX + b"secrets").items():
                yield Record("secret", name, box)
            for key in asked.scan_iter(PREFIX + b"parcel:*"):
                name = key.removeprefix(PREFIX + b"parcel:")
                parcel = parcel_of(name.decode(), asked.hmget(key, ["owner", "arrived", "box"]))
                if parcel is not None:
                    yield Record("parcel", name, parcel.box)

    def on_disk(self) -> list[bytes]:
        # What was replaced lies in the log until it is written anew, which the server does by itself before long.
        with self._asked() as asked:
            asked.bgrewriteaof()
            until = time.monotonic() + 20
            while any(asked.info("persistence")[f"aof_rewrite_{state}"] for state in ("in_progress", "scheduled")):
                assert time.monotonic() < until, "the log was not written anew"
                time.sleep(0.01)
        return [self.server.bytes_on_disk()]

    def _of(self, asked: Redis, kind: bytes) -> Iterator[tuple[bytes, bytes]]:
        for key in asked.scan_iter(PREFIX + kind + b"*"):
            value = asked.get(key)
            if isinstance(value, bytes):
                yield key.removeprefix(PREFIX + kind), value

    def _asked(self) -> Redis:
        return Redis(unix_socket_path=urlsplit(self.server.url).path)


def emptied(database_server: str, redis_server: redis.Server) -> OnServers:
    """The one database of a server of `postgres.cluster`, and a Redis, with nothing in them."""
    for statement in (
        "DROP SCHEMA public CASCADE",
        "CREATE SCHEMA public",
        "DROP DATABASE IF EXISTS postgres_erasure WITH (FORCE)",
        "CREATE DATABASE postgres_erasure",
    ):
        asyncio.run(run_on_server(database_server, statement))
    with Redis(unix_socket_path=urlsplit(redis_server.url).path) as asked:
        asked.flushall()
    return OnServers(database_server, redis_server)
