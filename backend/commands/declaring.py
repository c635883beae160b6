"""What members say before they go near cases: that they have read the rules, and whether they have a conflict.

A conflict takes all keys of a case from whoever declares it, in the same transaction, and for good. Whoever oversees is
told; where they are the one, somebody else oversees from then on. Never is a key the last one to go: it is left behind
for the recovery key first.
"""

from collections.abc import Collection

from msgspec.structs import replace

from backend.contract import AcknowledgeRules, AlertKind, Declare, Fault, Obligation, SealedGrant, Stage
from backend.domain import case as decisions
from backend.domain.case import Case, Refused
from backend.domain.chain import Act, fingerprint
from backend.domain.holdings import RECOVERY, Holding, orphaned
from backend.domain.lifecycle import PHASES
from backend.domain.obligations import begin, merged, open_duties
from backend.domain.secrecy import aftermath, next_overseer
from backend.ports import Circumstances, Work


def acknowledge_rules(work: Work, at: Circumstances, staff_id: str, sent: AcknowledgeRules) -> Refused | None:
    """Note that a member has read the rules; refused for any version but the one that counts."""
    published = work.rosters.published()
    if published is None or sent.version != published.rules.version:
        return Refused(Fault.CHANGED_MEANWHILE)
    work.declarations.acknowledge(staff_id, sent.version, at.today)
    return None


def declare(work: Work, at: Circumstances, staff_id: str, number: str, sent: Declare) -> Refused | None:
    """Keep a declaration of somebody who holds a key, oversees, or stands in for whoever does.

    A conflict is never taken back. Refused as changed where the case is in another phase by now, or where the keys that
    must be left behind are not those that come along: `queries.parting` says which.
    """
    case = living(work, number)
    if case is None or not _concerns(work, case, staff_id):
        return Refused(Fault.NOT_FOUND)
    said, phase = work.declarations.of(number, staff_id), PHASES[case.stage]
    if True in said.values():
        return None if sent.conflicted else Refused(Fault.NOT_FOUND)
    leaves_all = not sent.conflicted or leaves_behind(work, work.keys.holdings(number), staff_id, sent.parting)
    if sent.phase not in (None, phase) or not leaves_all:
        return Refused(Fault.CHANGED_MEANWHILE)
    if not sent.conflicted and phase in said:
        return None
    work.declarations.declare(number, staff_id, phase, at.today, conflicted=sent.conflicted)
    case, link = decisions.recorded(
        case, Act.CONFLICT if sent.conflicted else Act.DECLARED, staff_id, at.today, fingerprint(phase.encode())
    )
    work.cases.add_entry(number, link)
    if sent.conflicted:
        case = _kept_away(work, at, case, staff_id, sent.parting)
    work.cases.save(case)
    return None


def record_attempt(work: Work, at: Circumstances, staff_id: str, number: str) -> None:
    """Record that a member tried to open a case without a key (Guidelines 2(5)ii), once a day; nothing tells them."""
    case = living(work, number)
    if case is None or work.cases.granted(number, staff_id) is not None:
        return
    if work.declarations.is_logged(number, Act.ATTEMPTED, actor=staff_id, on=at.today):
        return
    case, link = decisions.recorded(case, Act.ATTEMPTED, staff_id, at.today, fingerprint())
    work.cases.add_entry(number, link)
    work.cases.save(case)


def _concerns(work: Work, case: Case, staff_id: str) -> bool:
    """Tell whether somebody has to do with a case: by a key, as overseer or counsel, or before a conflict."""
    holders = {each.holder for each in work.keys.holdings(case.number)} - {RECOVERY}
    conflicted = work.declarations.conflicted(case.number)
    return staff_id in {case.overseer, case.stand_in, *case.counsel, *holders, *conflicted}


def living(work: Work, number: str) -> Case | None:
    """A case that staff may see and that was not destroyed, whoever asks; who may is decided by the caller."""
    case = work.retention.case(number)
    return None if case is None or case.held or case.stage is Stage.DESTROYED else case


def leaves_behind(work: Work, holdings: Collection[Holding], staff_id: str, parting: Collection[SealedGrant]) -> bool:
    """Tell whether what somebody leaves behind for the recovery key is exactly what nobody else holds."""
    must = {(RECOVERY, each.compartment, each.epoch) for each in orphaned(holdings, staff_id, work.rosters.published())}
    left = [(grant.holder, grant.compartment, grant.epoch) for grant in parting]
    return set(left) == must and len(left) == len(must)


def taken_away(work: Work, at: Circumstances, case: Case, staff_id: str, parting: Collection[SealedGrant]) -> Case:
    """Take all keys of a case from somebody, with what follows; the caller saves the case as it becomes."""
    before = work.keys.holdings(case.number)
    lost = {each.compartment for each in before if each.holder == staff_id}
    if not lost:
        return case
    work.grants.drop_grants(case.number, staff_id)
    work.grants.add_grants(case.number, tuple(parting))
    left = work.keys.holdings(case.number)
    work.keys.owe(case.number, lost)
    follows = aftermath(case, left, work.rosters.published())
    for what in follows.alerts if case.overseer else ():
        work.cases.alert(case.number, case.overseer or "", what, at.today)
    return with_duties(work, at, case, follows.begins)


def with_duties(work: Work, at: Circumstances, case: Case, obligations: Collection[Obligation]) -> Case:
    """Begin what is not owed already; the caller saves the case as it becomes."""
    duties = work.duties.of(case.number)
    open_now = {duty.obligation for duty in open_duties(duties)}
    for obligation in [each for each in obligations if each not in open_now]:
        begun = begin(duties, obligation, at.today, work.policy, received_on=case.received_on, kind=case.kind)
        work.duties.keep(case.number, begun)
        duties = merged(duties, begun)
    return decisions.settled(case, duties)


def _kept_away(work: Work, at: Circumstances, case: Case, staff_id: str, parting: Collection[SealedGrant]) -> Case:
    if case.overseer == staff_id:
        after = next_overseer(case, work.declarations.conflicted(case.number))
        work.declarations.hand_alerts(case.number, staff_id, after)
        case = replace(case, overseer=after, stand_in=None)
    if case.stand_in == staff_id:
        case = replace(case, stand_in=None)
    if staff_id in case.counsel:
        work.declarations.hand_alerts(case.number, staff_id, None)
        case = replace(case, counsel=tuple(who for who in case.counsel if who != staff_id))
    if case.owner == staff_id:
        case = replace(case, owner=None, owned_on=None)
    if case.overseer is not None:
        work.cases.alert(case.number, case.overseer, AlertKind.CONFLICT, at.today)
    return taken_away(work, at, case, staff_id, parting)
