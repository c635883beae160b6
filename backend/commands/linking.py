"""Cases on the same matter: put together in both, by somebody who can open both. Each stays sealed apart.

Nothing of one case shows in the other but its number, and that only to whoever may open both.
"""

from typing import Final

from backend.admission import admitted
from backend.contract import Compartment, Fault
from backend.contract.links import Link, LinkCases, LinkKind
from backend.domain import case as decisions
from backend.domain.case import Case, Refused
from backend.domain.chain import Act, fingerprint
from backend.domain.lifecycle import ENDED
from backend.ports import Circumstances, Work

#: How the other case names the one.
_BACK: Final = {
    LinkKind.SAME_MATTER: LinkKind.SAME_MATTER,
    LinkKind.FOLLOWS: LinkKind.LEADS,
    LinkKind.LEADS: LinkKind.FOLLOWS,
}


def link_cases(work: Work, at: Circumstances, staff_id: str, number: str, sent: LinkCases) -> Refused | None:
    """Put two cases together, in both of them and in both logs. The same again changes nothing.

    Of two that go on as one, neither may follow two others, nor follow one that follows itself: whoever asks for the
    one that goes on must not be sent round in circles.
    """
    both = [_reader(work, at, staff_id, each) for each in sorted((number, sent.other))]
    refused = next((each for each in both if isinstance(each, Refused)), None)
    if refused is not None:
        return refused
    if number == sent.other:
        return Refused(Fault.NO_SUCH_MOVE)
    cases = {case.number: case for case in both if isinstance(case, Case)}
    if any(link.other == sent.other and link.kind is sent.kind for link in work.links.of(number)):
        return None
    if not _may_follow(work, cases, number, sent):
        return Refused(Fault.NO_SUCH_MOVE)
    for one, other, kind in ((number, sent.other, sent.kind), (sent.other, number, _BACK[sent.kind])):
        work.links.put(one, Link(other=other, kind=kind, on=at.today, by=staff_id))
        # Numbers can be tried out one after the other: the id keeps a case from who reads the log of the one alone.
        content = fingerprint(other.encode(), kind.encode(), cases[other].submission_id.encode())
        after, entry = decisions.recorded(cases[one], Act.LINKED, staff_id, at.today, content)
        work.cases.save(after)
        work.cases.add_entry(one, entry)
    return None


def _reader(work: Work, at: Circumstances, staff_id: str, number: str) -> Case | Refused:
    """A case, for whoever may read its facts now."""
    case = admitted(work, at.today, number, staff_id)
    if isinstance(case, Refused):
        return case
    return case if Compartment.FACTS in work.cases.compartments(number, staff_id) else Refused(Fault.NOT_ALLOWED)


def _may_follow(work: Work, cases: dict[str, Case], number: str, sent: LinkCases) -> bool:
    if sent.kind is LinkKind.SAME_MATTER:
        return not any(link.other == sent.other for link in work.links.of(number))
    follower, leader = (number, sent.other) if sent.kind is LinkKind.FOLLOWS else (sent.other, number)
    kinds = {each: {link.kind for link in work.links.of(each) if link.other not in cases} for each in cases}
    follows_already = LinkKind.FOLLOWS in kinds[follower] or LinkKind.FOLLOWS in kinds[leader]
    is_turned = any(link.other == leader and link.kind is LinkKind.LEADS for link in work.links.of(follower))
    leads_others = LinkKind.LEADS in kinds[follower]
    return not (follows_already or is_turned or leads_others) and cases[leader].stage not in ENDED
