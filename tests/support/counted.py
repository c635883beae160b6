"""An organ whose cases are counted: its people by office, cases that come in and move on a day, what is published."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from backend import commands, queries
from backend.contract import Move, Office, Publication, Stage
from backend.contract.figures import Figure, Score, Series
from backend.contract.releases import DraftRelease, Published
from backend.domain.case import Case
from backend.ports import CaseStore, Circumstances, Work
from tests.support.reports import circumstances, move, publication, submission

T = TypeVar("T")

ORGAN = "ministry"
#: Half-years of a fiscal year that begins in April.
SUMMER, WINTER = "2026-04", "2026-10"
IN_SUMMER, AFTER_SUMMER = date(2026, 7, 1), date(2026, 10, 2)
SCORES = (Score(question="clear", score=4), Score(question="safe", score=5))
DRAFT = DraftRelease(release_id="r1", title={"ja": "公表", "en": "Notice"}, text={"ja": "本文", "en": "Text"})


def organ() -> Publication:
    """An organ with a member for each office."""
    people = publication(tokens={who: f"token of {who}" for who in ("sato", "mori", "ito", "ono", "kato")}).people
    offices = {
        "sato": Office.STAFF,
        "mori": Office.EXECUTIVE,
        "ito": Office.DEPUTY,
        "ono": Office.AUDITOR,
        "kato": Office.ADMINISTRATOR,
    }
    return replace(
        publication(),
        people=tuple(replace(person, offices=(offices[person.staff_id],)) for person in people),
        executive="mori",
        deputy="ito",
    )


def on(day: date) -> Circumstances:
    """What a command may know on a day."""
    return circumstances(today=day)


async def handed_over(store: CaseStore, name: str, day: date = IN_SUMMER, overseer: str | None = "mori") -> Case:
    """A case that has come in."""

    def act(work: Work) -> Case:
        commands.submit(work, on(day), submission(name, overseer=overseer))
        case = work.cases.submitted_as(name)
        assert case is not None
        return case

    return await store.write(ORGAN, act)


async def moved(store: CaseStore, case: Case, kind: Move, **given: str) -> None:
    """Count a move, on the last day of summer; the case itself is another room's matter."""
    sent = move(kind, from_stage=Stage.RECEIVED, **given)
    after = replace(case, stage=Stage.REVIEWED)
    await store.write(ORGAN, lambda work: commands.count_move(work, on(date(2026, 9, 30)), after, sent))


async def shown(store: CaseStore, organ_id: str = ORGAN) -> Published:
    """What the public may know."""
    return await store.read(organ_id, lambda work: queries.published(work, AFTER_SUMMER))


async def do(store: CaseStore, act: Callable[[Work], T]) -> T:
    """Run a command."""
    return await store.write(ORGAN, act)


def figure(seen: Published, code: str, series: Series = Series.STAGE) -> Figure:
    """A figure of the first half-year that was published."""
    return next(each for each in seen.halves[0].figures if (each.series, each.code) == (series, code))
