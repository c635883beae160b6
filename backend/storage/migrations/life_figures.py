"""The part of revision 0003 that makes the tables of figures, of the survey and of released information."""

from typing import Any

import sqlalchemy as sa
from alembic import op


def make_figures() -> None:
    """Make the tables. They begin empty: what happened before was not counted."""
    _counters()
    _published()
    _improving()


def _table(name: str, keys: dict[str, Any], **columns: "sa.Column[Any]") -> None:
    op.create_table(
        name,
        *(sa.Column(key, kind, nullable=False, autoincrement=False) for key, kind in {"organ": _ID, **keys}.items()),
        *(sa.Column(column, given.type, nullable=given.nullable) for column, given in columns.items()),
        sa.PrimaryKeyConstraint("organ", *keys, name=f"pk_{name}"),
        sqlite_with_rowid=False,
    )


_ID = sa.String(64)
_WORD = sa.String(32)


def _given(kind: Any) -> "sa.Column[Any]":  # noqa: ANN401 - any type of a column
    return sa.Column(kind, nullable=False)


def _counters() -> None:
    number = sa.Integer()
    _table(
        "event_counts",
        {"half": _ID, "series": _ID, "code": _ID, "apart": sa.Boolean()},
        count=_given(number),
    )
    _table("day_counts", {"half": _ID, "span": _ID, "days": number}, count=_given(number))
    _table("survey_scores", {"half": _ID, "respondent": _ID, "question": _ID, "score": number}, count=_given(number))
    _table("survey_proofs", {"proof": sa.LargeBinary()}, respondent=_given(_WORD), taken=_given(sa.Boolean()))


def _published() -> None:
    _table("figures_begun", {}, half=_given(_ID))
    _table("publications", {"half": _ID}, published_on=_given(sa.Date()), content=_given(sa.LargeBinary()))
    _table("exact_readings", {"reading_id": _ID}, staff_id=_given(_ID), half=_given(_ID), on=_given(sa.Date()))


def _improving() -> None:
    _table(
        "releases",
        {"release_id": _ID},
        title=_given(sa.JSON()),
        text=_given(sa.JSON()),
        version=_given(sa.Integer()),
        drafted_by=_given(_ID),
        drafted_on=_given(sa.Date()),
        approved_by=sa.Column(_ID),
        approved_on=sa.Column(sa.Date()),
    )
    _table("improvements", {"improvement_id": _ID}, kind=_given(_WORD), on=_given(sa.Date()), words=_given(sa.Text()))
    _table(
        "awareness",
        {"session_id": _ID},
        on=_given(sa.Date()),
        audience=_given(_WORD),
        attended=_given(sa.Integer()),
    )
