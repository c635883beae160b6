"""What members should see to at their desks, and how a case stands beside its letters: for those who hold its keys."""

from collections.abc import Sequence
from datetime import date

from backend.admission import admitted
from backend.contract import Compartment, Fault
from backend.contract.assigning import Responsibilities, ResponsibleLine
from backend.contract.proposals import Proposal
from backend.contract.standing import Standing
from backend.domain.case import Case, Refused, line_of
from backend.domain.proposals import SENT_BACK, approvals_on
from backend.domain.responsibility import needs_of
from backend.ports import Work
from backend.queries.oversight import surroundings


def responsibilities(work: Work, today: date, staff_id: str) -> Responsibilities:
    """The member's cases that need somebody, what is due first on top, and acts of theirs that came back.

    Cases of which they could not open the facts are not among them, whoever is away.
    """
    cases = work.oversight.granted_to(staff_id)
    away = work.absences.on(today)
    holders = work.oversight.holders([case.number for case in cases])
    lines = []
    for case in cases:
        around = surroundings(work, away, holders.get(case.number, ()), today)
        needs = needs_of(case, around)
        if needs:
            lines.append(
                ResponsibleLine(
                    line=line_of(case),
                    needs=needs,
                    owned_on=case.owned_on,
                    away_until=away.get(case.owner or ""),
                    only_holder=next(iter(around.holders)) if len(around.holders) == 1 else None,
                )
            )
    lines.sort(key=lambda each: (each.line.due_on or date.max, each.line.case_number))
    return Responsibilities(cases=tuple(lines), returned=tuple(_returned(work, staff_id, cases)))


def standing(work: Work, today: date, staff_id: str, number: str) -> Standing | Refused:
    """Who holds the facts, what waits and what became of it, checks, links: links only to what they may open too."""
    case = admitted(work, today, number, staff_id)
    if isinstance(case, Refused):
        return case
    if Compartment.FACTS not in work.cases.compartments(number, staff_id):
        return Refused(Fault.NOT_ALLOWED)
    return Standing(
        holders=tuple(work.oversight.holders((number,)).get(number, ())),
        proposals=tuple(work.proposals.of(number)),
        checks=tuple(work.oversight.checks(number)),
        links=tuple(link for link in work.links.of(number) if work.cases.granted(link.other, staff_id) is not None),
        overseer=case.overseer,
        stand_in=case.stand_in,
        approvals=approvals_on(case, staff_id, work.policy, work.rosters.published()),
    )


def _returned(work: Work, staff_id: str, cases: Sequence[Case]) -> list[Proposal]:
    """The newest act on each case, where it is the member's, came back, and the case stands as it stood then."""
    standing_at = {case.number: case for case in cases}
    newest = {each.case_number: each for each in work.proposals.by(staff_id)}
    return [
        proposal
        for number, proposal in newest.items()
        if proposal.outcome in SENT_BACK
        and number in standing_at
        and standing_at[number].stage is proposal.from_stage
        and not standing_at[number].waiting
    ]
