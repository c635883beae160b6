"""What an act asks of other records before it may be made, and how one is kept until it is approved."""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec.structs import replace

from backend.contract import Fault, Move, MoveCase
from backend.contract.links import LinkKind
from backend.domain import case as decisions
from backend.domain.case import Case, Refused
from backend.domain.chain import Act, fingerprint
from backend.domain.proposals import proposed
from backend.domain.secrecy import agreed
from backend.ports import Circumstances, Work


def _lacks_consent(work: Work, case: Case) -> Fault | None:
    return None if agreed(work.materials.log(case.number)) else Fault.CONSENT_NEEDED


def _lacks_link(work: Work, case: Case) -> Fault | None:
    follows = any(link.kind is LinkKind.FOLLOWS for link in work.links.of(case.number))
    return None if follows else Fault.NOT_YET


#: What must be on record first, beside what the case itself tells.
_FIRST: Final[Mapping[Move, Callable[[Work, Case], Fault | None]]] = {
    # Nobody is sent elsewhere, nor spoken of there, without having agreed to it.
    Move.HAND_ON: _lacks_consent,
    Move.JOIN: _lacks_link,
}


def lacking_first(work: Work, case: Case, move: Move) -> Refused | None:
    """Refuse a move for which something else must be on record first."""
    asked = _FIRST.get(move)
    fault = asked(work, case) if asked else None
    return None if fault is None else Refused(fault)


def propose(work: Work, at: Circumstances, case: Case, staff_id: str, sent: MoveCase) -> Case:
    """Keep an act until somebody decides; the case waits from now on."""
    work.proposals.wait(proposed(case, sent, staff_id, at.today), sent)
    copies = (part for copy in sent.copies for part in (copy.holder.encode(), copy.ciphertext))
    content = fingerprint(
        sent.move.encode(), sent.letter.for_desk, sent.letter.for_reporter or b"", *said_in_clear(sent), *copies
    )
    waiting, link = decisions.recorded(replace(case, waiting=True), Act.PROPOSED, staff_id, at.today, content)
    work.cases.save(waiting)
    work.cases.add_entry(case.number, link)
    return waiting


def said_in_clear(sent: MoveCase) -> tuple[bytes, ...]:
    """What a move says beside its letter, as the log commits to it; the category is counted and kept nowhere."""
    return tuple(str(said or "").encode() for said in (sent.reason, sent.unsaid, sent.on))
