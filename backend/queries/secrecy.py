"""What members may ask before they go near a case, and about its keys."""

from datetime import date

from backend.admission import admitted
from backend.contract import Fault, Holder, Holders, HouseRules, Parting, Rules
from backend.domain.case import Refused
from backend.domain.holdings import orphaned, renewable
from backend.ports import Work


def house_rules(work: Work, staff_id: str) -> HouseRules:
    """The organ's rules, and which version of them this member has acknowledged."""
    published = work.rosters.published()
    rules = published.rules if published else Rules(version=0, text={})
    return HouseRules(rules=rules, acknowledged=work.declarations.acknowledged(staff_id))


def parting(work: Work, staff_id: str, number: str) -> Parting | Refused:
    """A member's grants that nobody else has, to be left behind for the recovery key; nothing else of the case."""
    if work.cases.granted(number, staff_id) is None:
        return Refused(Fault.NOT_FOUND)
    alone = orphaned(work.keys.holdings(number), staff_id, work.rosters.published())
    places = {(each.compartment, each.epoch) for each in alone}
    grants = work.grants.grants_of(number, staff_id)
    return Parting(grants=tuple(grant for grant in grants if (grant.compartment, grant.epoch) in places))


def holders(work: Work, today: date, staff_id: str, number: str) -> Holders | Refused:
    """Who holds keys of a case, and which compartments owe a fresh one; for those who may use theirs."""
    case = admitted(work, today, number, staff_id)
    if isinstance(case, Refused):
        return case
    holdings = work.keys.holdings(number)
    newest: dict[tuple[str, str], Holder] = {}
    for each in holdings:
        newest[each.holder, each.compartment] = Holder(
            holder=each.holder, compartment=each.compartment, epoch=each.epoch
        )
    stale = renewable(work.keys.stale(number), holdings, work.rosters.published())
    return Holders(holders=tuple(newest.values()), stale=tuple(sorted(stale)))
