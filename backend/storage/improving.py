"""Released information and what is done about the mechanism, as rows."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, delete, insert, select

from backend.contract.improving import ExactReading, Improvement, Session
from backend.contract.releases import Release
from backend.storage.rows import Rows, of_organ, row_of, struct_of
from backend.storage.tables.improving import awareness, exact_readings, improvements, releases

_RELEASE_COLUMNS: Final = tuple(releases.c[name] for name in Release.__struct_fields__)
_RELEASES: Final = (
    select(*_RELEASE_COLUMNS).where(of_organ(releases)).order_by(releases.c.drafted_on.desc(), releases.c.release_id)
)
_RELEASE: Final = select(*_RELEASE_COLUMNS).where(of_organ(releases), releases.c.release_id == bindparam("release_id"))
_DROP_RELEASE: Final = delete(releases).where(of_organ(releases), releases.c.release_id == bindparam("of_id"))
_ADD_RELEASE: Final = insert(releases)
_IMPROVEMENTS: Final = (
    select(*(improvements.c[name] for name in Improvement.__struct_fields__))
    .where(of_organ(improvements))
    .order_by(improvements.c.on, improvements.c.improvement_id)
)
_DROP_IMPROVEMENT: Final = delete(improvements).where(
    of_organ(improvements), improvements.c.improvement_id == bindparam("of_id")
)
_ADD_IMPROVEMENT: Final = insert(improvements)
_SESSIONS: Final = (
    select(*(awareness.c[name] for name in Session.__struct_fields__))
    .where(of_organ(awareness))
    .order_by(awareness.c.on, awareness.c.session_id)
)
_DROP_SESSION: Final = delete(awareness).where(of_organ(awareness), awareness.c.session_id == bindparam("of_id"))
_ADD_SESSION: Final = insert(awareness)
_READINGS: Final = (
    select(*(exact_readings.c[name] for name in ExactReading.__struct_fields__))
    .where(of_organ(exact_readings))
    .order_by(exact_readings.c.on, exact_readings.c.reading_id)
)
_ADD_READING: Final = insert(exact_readings)


class SqlReleases:
    """`ports.Releases` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def every(self) -> Sequence[Release]:
        """All, newest first."""
        return [struct_of(row, Release) for row in self._rows.every(_RELEASES)]

    def find(self, release_id: str) -> Release | None:
        """One of them."""
        row = self._rows.take(_RELEASE, release_id=release_id)
        return None if row is None else struct_of(row, Release)

    def keep(self, release: Release) -> None:
        """Keep one as it has become."""
        self._rows.run(_DROP_RELEASE, of_id=release.release_id)
        self._rows.add(_ADD_RELEASE, row_of(release))


class SqlImprovements:
    """`ports.Improvements` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def keep(self, improvement: Improvement) -> None:
        """Keep a finding or an improvement."""
        self._rows.run(_DROP_IMPROVEMENT, of_id=improvement.improvement_id)
        self._rows.add(_ADD_IMPROVEMENT, row_of(improvement))

    def improvements(self) -> Sequence[Improvement]:
        """All of them."""
        return [struct_of(row, Improvement) for row in self._rows.every(_IMPROVEMENTS)]

    def hold(self, session: Session) -> None:
        """Keep an awareness session."""
        self._rows.run(_DROP_SESSION, of_id=session.session_id)
        self._rows.add(_ADD_SESSION, row_of(session))

    def sessions(self) -> Sequence[Session]:
        """All of them."""
        return [struct_of(row, Session) for row in self._rows.every(_SESSIONS)]

    def read_exactly(self, reading_id: str, reading: ExactReading) -> None:
        """Record that somebody asked for exact counts."""
        self._rows.add(_ADD_READING, row_of(reading, reading_id=reading_id))

    def readings(self) -> Sequence[ExactReading]:
        """All such."""
        return [struct_of(row, ExactReading) for row in self._rows.every(_READINGS)]
