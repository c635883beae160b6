"""What the case store writes down about itself: which kind of thing happened, and how often. Nothing about anyone.

A record passes an allow-list of names, and a value passes only if it is a number or a short plain word; what does not
is dropped, not masked, so that no mistake elsewhere can put content, a token or an address into a log.
"""

import re
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

#: The only names that a record may have.
ALLOWED: Final = frozenset({"event", "level", "timestamp", "kind", "route", "status", "count", "where"})
_PLAIN: Final = re.compile(r"[A-Za-z0-9_./:{}+-]{1,80}")

Log = structlog.typing.FilteringBoundLogger


def only_allowed(_: object, __: str, record: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop from a record what is not known to be harmless (a structlog processor)."""
    return {name: value for name, value in record.items() if name in ALLOWED and _is_plain(value)}


def make_log() -> Log:
    """A log to standard error, one JSON record a line, that configures nothing outside of itself."""
    log: Log = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%MZ", utc=True),
            only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger("info"),
    )
    return log


def where(why: BaseException) -> str:
    """The line of ours in which something was raised; the message stays behind, for it may quote what was sent."""
    trace, place = why.__traceback__, "nowhere:0"
    while trace is not None:
        place = f"{trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _is_plain(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and _PLAIN.fullmatch(value) is not None)
