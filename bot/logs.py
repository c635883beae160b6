"""Logs that cannot tell on anyone: only fields of the list below leave the process, and only plain kinds and counts.

Everything else in a record is dropped, not masked; libraries' own records are reduced to logger name and level.
"""

import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

#: Fields that may be logged. None may ever hold words, addresses, tokens, keys, ids of talks or cases, or times of
#: acts.
ALLOWED = frozenset(
    {"event", "level", "round", "error", "reason", "talks", "day_keys", "serial", "part", "count", "seconds"}
)


def only_allowed(_logger: object, _method: str, record: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep the allowed fields of a record."""
    return {field: value for field, value in record.items() if field in ALLOWED}


class KindOnly(logging.Formatter):
    """A library's record, without what it says: messages of libraries quote requests."""

    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "-"
        return f"event=library logger={record.name} level={record.levelname.lower()} error={kind}"


def set_up_logs() -> None:
    """Send structlog's and the standard library's records through the lists above; to standard error."""
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, only_allowed, structlog.processors.LogfmtRenderer()],
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(KindOnly())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
