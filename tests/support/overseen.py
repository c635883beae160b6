"""An organ with an executive, a deputy, an auditor, three desks and a policy that wants some moves approved."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from msgspec.structs import replace

from backend import commands
from backend.commands import approving, watching
from backend.contract import CaseLine, Move, MoveCase, Office, Person, Publication, Rules, Stage
from backend.contract.handling import SealedCopy
from backend.contract.oversight import DeclareAbsence
from backend.contract.proposals import Approve, Proposal
from backend.domain.case import Case, Refused
from backend.ports import CaseStore, Circumstances, Work
from backend.profiles import profile
from tests.support.reports import TODAY, circumstances, from_staff, publication, submission, token_hash
from tests.support.secrecy import at_ease

T = TypeVar("T")

ORGAN = "ministry"
AT = circumstances()
DAY = timedelta(days=1)
#: Who is what there, and where: everyone's training counts for years.
PEOPLE = {
    "sato": ((Office.STAFF,), ("integrated",), "audit"),
    "kato": ((Office.STAFF,), ("branch",), ""),
    "suzuki": ((Office.STAFF,), ("counsel",), ""),
    "tanaka": ((Office.EXECUTIVE,), (), ""),
    "ito": ((Office.DEPUTY,), (), ""),
    "mori": ((Office.AUDITOR,), (), ""),
    "ando": ((Office.ADMINISTRATOR,), (), ""),
}


def organ(serial: int = 1, **more: object) -> Publication:
    """What the organ has published; declining needs approval."""
    people = tuple(
        Person(
            staff_id=who,
            credential_hash=token_hash(f"token of {who}"),
            offices=offices,
            desks=desks,
            trained_until=date(2099, 3, 31),
            department=department,
        )
        for who, (offices, desks, department) in PEOPLE.items()
    )
    given: dict[str, object] = {
        "desks": ("integrated", "branch", "counsel"),
        "external_desks": ("counsel",),
        "people": people,
        "policy": replace(profile(), approvals=(Move.DECLINE,)),
        "rules": Rules(version=0, text={}),
        "executive": "tanaka",
        "deputy": "ito",
        "departments": ("audit", "works"),
    }
    return replace(publication(serial), **(given | more))


async def do(store: CaseStore, act: Callable[[Work], T]) -> T:
    """Run a command."""
    return await store.write(ORGAN, act)


async def founded(store: CaseStore, **more: object) -> None:
    """Publish the organ."""
    assert await do(store, lambda work: commands.publish_roster(work, AT, organ(**more))) is None  # type: ignore[arg-type]


async def reported(store: CaseStore, name: str = "first", *holders: str, **more: object) -> str:
    """A case that the executive oversees, with nothing left for its holders to declare; its number."""
    holders = holders or ("sato",)
    given = {"overseer": "tanaka", "stand_in": "ito"} | more
    outcome = await do(store, lambda work: commands.submit(work, AT, submission(name, holders=holders, **given)))
    assert isinstance(outcome, tuple), outcome
    await at_ease(store, outcome[0].case_number, *holders, organ=ORGAN)
    return outcome[0].case_number


def declining(message_id: str = "p1", seen: int = 0, **more: object) -> MoveCase:
    """A move that needs approval, with copies for both who may have to approve it."""
    given: dict[str, object] = {
        "move": Move.DECLINE,
        "from_stage": Stage.RECEIVED,
        "letter": from_staff(message_id, seen),
        "reason": "no_facts",
        "copies": tuple(SealedCopy(holder=who, ciphertext=f"copy for {who}".encode()) for who in ("tanaka", "ito")),
    }
    return MoveCase(**(given | more))  # type: ignore[arg-type]


async def move(
    store: CaseStore, number: str, sent: MoveCase, who: str = "sato", at: Circumstances = AT
) -> CaseLine | Refused:
    """Move a case, or propose to."""
    return await do(store, lambda work: commands.move_case(work, at, who, number, sent))


async def approve(
    store: CaseStore, number: str, proposal_id: str = "p1", who: str = "tanaka", at: Circumstances = AT
) -> Proposal | Refused:
    """Approve what waits."""
    return await do(store, lambda work: approving.approve(work, at, who, number, Approve(proposal_id=proposal_id)))


async def away(store: CaseStore, who: str, begins: date = TODAY, ends: date = TODAY + 5 * DAY) -> Refused | None:
    """Somebody says that they are away."""
    sent = DeclareAbsence(begins=begins, ends=ends)
    return await do(store, lambda work: watching.declare_absence(work, AT, who, sent))


async def case_of(store: CaseStore, number: str) -> Case:
    """A case as it is kept."""
    case = await store.read(ORGAN, lambda work: work.retention.case(number))
    assert case is not None
    return case


async def acts(store: CaseStore, number: str) -> list[tuple[str, str]]:
    """What the log of a case says: who did what."""
    log = await store.read(ORGAN, lambda work: work.materials.log(number))
    return [(entry.actor, entry.act) for entry in log]
