"""A new token in place of an old one: locator, card and the letter that names the new keys, all at once."""

from backend.batches import join, release
from backend.contract import Fault, RenewedToken
from backend.domain import case as decisions
from backend.domain.case import Refused
from backend.domain.letters import renewing_letter
from backend.ports import Circumstances, Work


def renew_token(work: Work, at: Circumstances, sent: RenewedToken) -> Refused | None:
    """Let the new locator lead to the case and the old one nowhere, like one that never existed.

    The same again is fine: whoever knows the new locator made it. Refused where the old one leads nowhere, and as
    changed where a newer card is there.
    """
    if work.cases.behind(sent.new_locator) is not None:
        return None
    case = work.cases.behind(sent.locator)
    if case is None:
        return Refused(Fault.NOT_FOUND)
    verdict = decisions.renewed(case, sent)
    if isinstance(verdict, Refused):
        return verdict
    if work.cases.side_of(case.number, sent.message_id) or not work.tokens.replace(sent.locator, sent.new_locator):
        return Refused(Fault.CHANGED_MEANWHILE)
    letter = renewing_letter(sent, at.today)
    if at.holds and not sent.at_once:
        work.batch.hold(case.number, letter)
        work.cases.save(verdict.case)
    else:
        work.cases.save(join(work, release(work, verdict.case), letter))
    return None
