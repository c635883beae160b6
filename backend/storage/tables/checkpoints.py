"""What proves the logs: checkpoints, and what their leaves were made from.

No row here names a case's number, and all of them outlive the case: a chain is a hash that leads nowhere by itself.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, Date, Integer, LargeBinary

from backend.storage.tables.base import table

checkpoints: Final = table(
    "checkpoints",
    Column("serial", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
    Column("size", Integer, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("padding", LargeBinary, nullable=False),
    Column("signer", LargeBinary),
    Column("signature", LargeBinary),
)
#: A log's tip in the checkpoint from which on it was so: only what has changed gets a row.
tips: Final = table(
    "tips",
    Column("chain", LargeBinary, primary_key=True),
    Column("serial", BigInteger, primary_key=True, autoincrement=False),
    Column("length", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("trail", LargeBinary, nullable=False),
)
#: Hashes of a destroyed case's entries that no signed checkpoint holds yet.
trail_hashes: Final = table(
    "trail_hashes",
    Column("chain", LargeBinary, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("entry_hash", LargeBinary, nullable=False),
)
