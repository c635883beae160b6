"""Who is responsible for a case, which desk has it, who oversees it. Each is logged, with whom in the entry's hash.

Keys come first: nobody is made responsible, and no desk is given a case, that could not open it.
"""

from msgspec.structs import replace

from backend.admission import admitted
from backend.commands.handling import keep_letter
from backend.commands.watching import overseen
from backend.contract import CaseLine, Compartment, Ending, Fault, Obligation, Side
from backend.contract.assigning import AssignCase, Oversee, TransferDesk
from backend.domain import case as decisions
from backend.domain.case import Allowed, Case, Refused
from backend.domain.chain import Act, fingerprint
from backend.domain.letters import letter_of_staff, repeated
from backend.domain.lifecycle import ENDED
from backend.domain.obligations import end, merged
from backend.domain.responsibility import may_succeed, present
from backend.ports import Circumstances, Work


def assign(work: Work, at: Circumstances, staff_id: str, number: str, sent: AssignCase) -> CaseLine | Refused:
    """Make somebody the responsible person, oneself included; whoever holds a key to the facts or oversees may."""
    case = admitted(work, at.today, number, staff_id)
    if isinstance(case, Refused) or Compartment.FACTS not in work.cases.compartments(number, staff_id):
        by_overseer = overseen(work, at, staff_id, number)
        case = case if isinstance(case, Refused) and isinstance(by_overseer, Refused) else by_overseer
    if isinstance(case, Refused):
        return case
    if case.stage in ENDED:
        return Refused(Fault.NO_SUCH_MOVE)
    if sent.owner not in present(work.oversight.holders((number,)).get(number, ()), work.rosters.published()):
        return Refused(Fault.KEY_NEEDED)
    if case.owner == sent.owner and case.owned_on == at.today:
        return decisions.line_of(case)
    owned = replace(case, owner=sent.owner, owned_on=at.today)
    return decisions.line_of(_log(work, at, owned, Act.ASSIGNED, staff_id, sent.owner))


def transfer(work: Work, at: Circumstances, staff_id: str, number: str, sent: TransferDesk) -> CaseLine | Refused:
    """Give a case to another desk of the organ, together with the notice that tells the reporter.

    Somebody at that desk must hold a key to the facts by then. Nobody is responsible for it afterwards until somebody
    there is. This is also how outside counsel passes a case on to the organ (Guidelines 2(2)i).
    """
    case = admitted(work, at.today, number, staff_id)
    if isinstance(case, Refused):
        return case
    if kept := work.cases.side_of(number, sent.letter.message_id):
        return repeated(kept, Side.STAFF) or decisions.line_of(case)
    if fault := _unfit(work, case, staff_id, sent):
        return Refused(fault)
    verdict = decisions.answered(case, sent.letter)
    if isinstance(verdict, Refused):
        return verdict
    duties = work.duties.of(number)
    ended = end(duties, (Obligation.REASSIGN,), at.today, Ending.DONE)
    work.duties.keep(number, ended)
    moved = replace(verdict.case, desk=sent.desk, owner=None, owned_on=None)
    settled = decisions.settled(moved, merged(duties, ended))
    letter = letter_of_staff(sent.letter, case.letters, at.today)
    keep_letter(work, at, Allowed(settled, Act.TRANSFERRED), letter, staff_id, (sent.desk.encode(),))
    return decisions.line_of(settled)


def oversee(work: Work, at: Circumstances, staff_id: str, number: str, sent: Oversee) -> CaseLine | Refused:
    """Put a case under whoever oversees now, where its overseer does not hold that office any more.

    Whom the case is kept from stands in the sealed facts, so it is done by somebody who reads them.
    """
    case = admitted(work, at.today, number, staff_id)
    if isinstance(case, Refused):
        return case
    if (case.overseer, case.stand_in) == (sent.overseer, sent.stand_in):
        return decisions.line_of(case)
    is_reader = Compartment.FACTS in work.cases.compartments(number, staff_id)
    named = {who for who in (sent.overseer, sent.stand_in) if who is not None}
    if not is_reader or not named.isdisjoint(work.declarations.conflicted(number)):
        return Refused(Fault.NOT_ALLOWED)
    if not may_succeed(case, sent.overseer, sent.stand_in, work.rosters.published()):
        return Refused(Fault.NO_SUCH_MOVE)
    if case.overseer is not None:
        work.declarations.hand_alerts(number, case.overseer, sent.overseer)
    after = replace(case, overseer=sent.overseer, stand_in=sent.stand_in)
    return decisions.line_of(_log(work, at, after, Act.OVERSEEN, staff_id, sent.overseer or "", sent.stand_in or ""))


def _unfit(work: Work, case: Case, staff_id: str, sent: TransferDesk) -> Fault | None:
    published = work.rosters.published()
    if Compartment.FACTS not in work.cases.compartments(case.number, staff_id) or sent.letter.for_reporter is None:
        return Fault.NOT_ALLOWED
    if published is None or sent.desk not in published.desks or sent.desk == case.desk:
        return Fault.NO_SUCH_MOVE
    there = {person.staff_id for person in published.people if sent.desk in person.desks}
    holders = present(work.oversight.holders((case.number,)).get(case.number, ()), published)
    return Fault.KEY_NEEDED if there.isdisjoint(holders) else None


def _log(work: Work, at: Circumstances, case: Case, act: Act, actor: str, *said: str) -> Case:
    content = fingerprint(*(word.encode() for word in said))
    after, link = decisions.recorded(case, act, actor, at.today, content)
    work.cases.save(after)
    work.cases.add_entry(case.number, link)
    return after
