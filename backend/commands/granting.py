"""Keys of cases: given to others, taken from them, made fresh; and what is put into the masked compartment.

The store cannot look into a grant. It sees to it that only those give keys who hold them, that nobody is given one who
may not have it, that a fresh key reaches all who read on, and that nothing of this happens unlogged.
"""

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from backend.admission import admitted
from backend.commands.declaring import leaves_behind, living, taken_away, with_duties
from backend.commands.watching import watch_of
from backend.contract import (
    AddMasked,
    AlertKind,
    CodeList,
    Compartment,
    Ending,
    Fault,
    GiveGrants,
    Obligation,
    RemoveGrants,
    RenewKeys,
    SealedGrant,
)
from backend.domain import case as decisions
from backend.domain.case import Allowed, Case, Refused
from backend.domain.chain import Act, fingerprint
from backend.domain.holdings import RECOVERY, Holding, holders_of, newest_epoch, readers_at, renewable
from backend.domain.letters import letter_of_staff, repeated
from backend.domain.obligations import end, merged
from backend.domain.oversight import may_act
from backend.domain.policy import codes_of
from backend.domain.secrecy import agreed, inadmissible, person_of
from backend.ports import Circumstances, Work


def give_grants(work: Work, at: Circumstances, staff_id: str, number: str, sent: GiveGrants) -> Refused | None:
    """Give keys to members; what nobody at the desk holds any more leads the case to the desk of whoever is given it.

    Refused where the giver does not hold them, where somebody may not have one, and where the identity would go beyond
    the desk without the reporter's recorded consent or a just cause (Guidelines 3(2)ii).
    """
    case = _giver(work, at, staff_id, number)
    if isinstance(case, Refused):
        return case
    holdings = work.keys.holdings(number)
    if fault := _unfit(work, at, case, staff_id, sent, holdings):
        return Refused(fault)
    work.grants.add_grants(number, sent.grants)
    case = _logged(work, at, case, staff_id, Act.GRANTED, sent.grants, sent.cause)
    if staff_id == RECOVERY and case.overseer is not None:
        work.cases.alert(number, case.overseer, AlertKind.RECOVERY_USED, at.today)
    case = _taken_on(work, at, case, sent.grants)
    if {grant.compartment for grant in sent.grants} & set(work.keys.stale(number)):
        # Who was taken theirs may still have the key in use.
        case = with_duties(work, at, case, (Obligation.RENEW_KEYS,))
    work.cases.save(case)
    return None


def remove_grants(work: Work, at: Circumstances, staff_id: str, number: str, sent: RemoveGrants) -> Refused | None:
    """Take all keys of a case from somebody: its owner or overseer may, and everyone may give up their own.

    While a case lies with outside counsel, whoever oversees it takes none. Refused as not yet where nobody else holds
    one of them: then others are given it first. Those who go themselves can leave it behind for the recovery key.
    """
    case = living(work, number)
    holdings = work.keys.holdings(number)
    oversees = case is not None and may_act(case, watch_of(work, at, staff_id))
    is_holder = staff_id in {each.holder for each in holdings} and staff_id != RECOVERY
    if case is None or not (oversees or is_holder):
        return Refused(Fault.NOT_FOUND)
    if not (oversees or staff_id in {case.owner, sent.holder}) or (sent.parting and staff_id != sent.holder):
        return Refused(Fault.NOT_ALLOWED)
    if sent.holder not in {each.holder for each in holdings}:
        return None
    if not leaves_behind(work, holdings, sent.holder, sent.parting):
        return Refused(Fault.NOT_YET)
    content = fingerprint(sent.holder.encode())
    case, link = decisions.recorded(case, Act.UNGRANTED, staff_id, at.today, content)
    work.cases.add_entry(number, link)
    work.cases.save(taken_away(work, at, case, sent.holder, sent.parting))
    return None


def renew_keys(work: Work, at: Circumstances, staff_id: str, number: str, sent: RenewKeys) -> Refused | None:
    """Keep a fresh key of one compartment for all who hold it now, and the letter that tells the reporter of it.

    Refused as changed where somebody else holds it by now, or made one meanwhile. The letter is no answer: the case
    goes on waiting for one, and the reporter is not called for it.
    """
    case = admitted(work, at.today, number, staff_id)
    if isinstance(case, Refused):
        return case
    letter = letter_of_staff(sent.letter, case.letters, at.today)
    if kept := work.cases.side_of(number, letter.message_id):
        return repeated(kept, letter.side)
    holdings = work.keys.holdings(number)
    if not {Compartment.FACTS, sent.compartment} <= _held_by(staff_id, holdings) or letter.for_reporter is None:
        return Refused(Fault.NOT_ALLOWED)
    verdict = decisions.answered(case, sent.letter)
    if isinstance(verdict, Refused):
        return verdict
    if not _is_fresh(work, sent, holdings):
        return Refused(Fault.CHANGED_MEANWHILE)
    work.grants.add_grants(number, sent.grants)
    work.keys.renewed(number, sent.compartment)
    content = fingerprint(letter.for_desk, letter.for_reporter, sent.compartment.encode())
    case, link = decisions.recorded(_unanswered(case, verdict), Act.KEYS_RENEWED, staff_id, at.today, content)
    work.cases.add_letter(number, letter)
    work.cases.add_entry(number, link)
    owing = renewable(work.keys.stale(number), work.keys.holdings(number), work.rosters.published())
    work.cases.save(case if owing else _ended(work, at, case, Obligation.RENEW_KEYS))
    return None


def add_masked(work: Work, at: Circumstances, staff_id: str, number: str, sent: AddMasked) -> Refused | None:
    """Keep a note for all who hold the masked compartment; a repeat changes nothing."""
    case = admitted(work, at.today, number, staff_id)
    if isinstance(case, Refused):
        return case
    if sent.part.compartment is not Compartment.MASKED:
        return Refused(Fault.NOT_ALLOWED)
    if Compartment.MASKED not in _held_by(staff_id, work.keys.holdings(number)):
        return Refused(Fault.NOT_ALLOWED)
    if work.keys.add_part(number, sent.part):
        content = fingerprint(sent.part.ciphertext)
        case, link = decisions.recorded(case, Act.MASKED, staff_id, at.today, content)
        work.cases.add_entry(number, link)
        work.cases.save(case)
    return None


def _giver(work: Work, at: Circumstances, staff_id: str, number: str) -> Case | Refused:
    if staff_id != RECOVERY:
        return admitted(work, at.today, number, staff_id)
    return work.cases.granted(number, RECOVERY) or Refused(Fault.NOT_FOUND)


def _held_by(staff_id: str, holdings: Iterable[Holding]) -> set[Compartment]:
    return {each.compartment for each in holdings if each.holder == staff_id}


def _unfit(
    work: Work, at: Circumstances, case: Case, staff_id: str, sent: GiveGrants, holdings: Collection[Holding]
) -> Fault | None:
    published, conflicted = work.rosters.published(), work.declarations.conflicted(case.number)
    if not {grant.compartment for grant in sent.grants} <= _held_by(staff_id, holdings):
        return Fault.NOT_ALLOWED
    # A new key pair comes by `renew_keys` alone, to all at once.
    if any(grant.epoch > newest_epoch(holdings, grant.compartment) for grant in sent.grants):
        return Fault.CHANGED_MEANWHILE
    for holder in {grant.holder for grant in sent.grants}:
        if fault := inadmissible(published, holder, conflicted, at.today):
            return fault
    return None if _may_be_named(work, case, sent, holdings) else Fault.REASON_NEEDED


def _may_be_named(work: Work, case: Case, sent: GiveGrants, holdings: Collection[Holding]) -> bool:
    """Tell whether the identity stays at the desk, or may go further."""
    published = work.rosters.published()
    named = {grant.holder for grant in sent.grants if grant.compartment is Compartment.IDENTITY}
    beyond = [one for who in named if (one := person_of(published, who)) and case.desk not in one.desks]
    # Where nobody is left at the desk, whoever is given the case is its desk from now on.
    if not beyond or not readers_at(case.desk, holdings, published):
        return True
    if sent.cause is not None:
        return sent.cause in codes_of(work.policy, CodeList.INQUIRY)
    return agreed(work.materials.log(case.number))


def _logged(
    work: Work, at: Circumstances, case: Case, actor: str, act: Act, grants: Iterable[SealedGrant], cause: str | None
) -> Case:
    """One entry a holder: to whom, for which compartments, and for which cause where one was given."""
    given: dict[str, set[str]] = {}
    for grant in grants:
        given.setdefault(grant.holder, set()).add(grant.compartment)
    for holder, compartments in sorted(given.items()):
        content = fingerprint(*(word.encode() for word in (holder, cause or "", *sorted(compartments))))
        case, link = decisions.recorded(case, act, actor, at.today, content)
        work.cases.add_entry(case.number, link)
    return case


def _taken_on(work: Work, at: Circumstances, case: Case, grants: Iterable[SealedGrant]) -> Case:
    """Give a case that nobody at its desk could open to the desk of somebody who can now."""
    if Obligation.REASSIGN not in {duty.obligation for duty in work.duties.of(case.number) if duty.ended_on is None}:
        return case
    published = work.rosters.published()
    new = [person_of(published, each.holder) for each in grants if each.compartment is Compartment.FACTS]
    desks = [desk for person in new if person for desk in person.desks]
    if not desks:
        return case
    if case.desk not in desks:
        case = replace(case, desk=desks[0])
    return _ended(work, at, case, Obligation.REASSIGN)


def _ended(work: Work, at: Circumstances, case: Case, obligation: Obligation) -> Case:
    duties = work.duties.of(case.number)
    ended = end(duties, (obligation,), at.today, Ending.DONE)
    work.duties.keep(case.number, ended)
    return decisions.settled(case, merged(duties, ended))


def _is_fresh(work: Work, sent: RenewKeys, holdings: Collection[Holding]) -> bool:
    """Tell whether a key is the next one, and reaches all who hold the compartment and are still of the organ."""
    published = work.rosters.published()
    holders = {who for who in holders_of(holdings, sent.compartment) if who == RECOVERY or person_of(published, who)}
    epoch = newest_epoch(holdings, sent.compartment) + 1
    given = [(grant.holder, grant.compartment, grant.epoch) for grant in sent.grants]
    return sorted(given) == sorted((holder, sent.compartment, epoch) for holder in holders)


def _unanswered(case: Case, verdict: Allowed) -> Case:
    return replace(verdict.case, awaits_answer=case.awaits_answer)
