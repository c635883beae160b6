"""Counters, published half-years and the survey. No row of these leads to a case."""

from typing import Final

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, String

from backend.storage.tables.base import key, table

event_counts: Final = table(
    "event_counts",
    key("half"),
    key("series"),
    key("code"),
    # Of cases that the executive is kept out of; these are in no figure that the executive could see.
    Column("apart", Boolean, primary_key=True),
    Column("count", Integer, nullable=False),
)
day_counts: Final = table(
    "day_counts",
    key("half"),
    key("span"),
    Column("days", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)
#: The half-year from which figures are published: one row an organ.
figures_begun: Final = table("figures_begun", Column("half", String(64), nullable=False))
publications: Final = table(
    "publications",
    key("half"),
    Column("published_on", Date, nullable=False),
    # As JSON, whole: what was published is never put together anew.
    Column("content", LargeBinary, nullable=False),
)
survey_scores: Final = table(
    "survey_scores",
    key("half"),
    key("respondent"),
    key("question"),
    Column("score", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)
#: By hash: who may answer, and who has answered. What they answered is nowhere.
survey_proofs: Final = table(
    "survey_proofs",
    Column("proof", LargeBinary, primary_key=True),
    Column("respondent", String(32), nullable=False),
    Column("taken", Boolean, nullable=False),
)
