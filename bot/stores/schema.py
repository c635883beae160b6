"""The tables of `bot.db` and how its connections are set. Every content column is sealed before it comes here.

`secure_delete` is on for every connection, so that what is forgotten is overwritten and not merely unlinked.
"""

import sqlite3
from pathlib import Path

#: What SQLite checks in the file's header, so that no other database is taken for ours ("mado").
APPLICATION_ID = 0x6D61646F
#: Raised with each change to the tables below; steps to a newer one stand in `UPGRADES`.
VERSION = 1

CREATE = """
CREATE TABLE talks (
    name BLOB PRIMARY KEY, day INTEGER NOT NULL, expires INTEGER NOT NULL, pending INTEGER NOT NULL, box BLOB NOT NULL
);
CREATE INDEX talks_pending ON talks (pending) WHERE pending;
CREATE INDEX talks_expires ON talks (expires);
CREATE TABLE files (file_id TEXT PRIMARY KEY, owner BLOB NOT NULL, box BLOB NOT NULL);
CREATE INDEX files_owner ON files (owner);
CREATE TABLE parcels (
    parcel_id TEXT PRIMARY KEY, owner BLOB NOT NULL, arrived INTEGER NOT NULL, box BLOB NOT NULL
);
CREATE TABLE relay (mailbox TEXT PRIMARY KEY, expires INTEGER NOT NULL, address BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE secrets (name TEXT PRIMARY KEY, box BLOB NOT NULL) WITHOUT ROWID;
"""

#: version reached -> statements that reach it.
UPGRADES: dict[int, str] = {1: CREATE}


def connect(path: Path) -> sqlite3.Connection:
    """Open `bot.db` with the settings that every connection must have. Threads share the file, not a connection."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    for pragma in ("journal_mode=WAL", "secure_delete=ON", "synchronous=FULL", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Bring the tables to `VERSION`, a version at a time, each in a transaction of its own."""
    (reached,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    for version in range(reached + 1, VERSION + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {UPGRADES[version]} PRAGMA user_version={version}; COMMIT;")
