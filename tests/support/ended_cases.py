"""Cases whose handling has ended, made without going through it: what comes years later is tested here."""

from datetime import date

from msgspec.structs import replace

from backend import commands, telling
from backend.contract import Ending, Obligation, Publication, Stage, Submission
from backend.domain.case import settled
from backend.domain.obligations import begin, end, merged
from backend.ports import CaseStore, Work
from tests.support.reports import circumstances, from_reporter, from_staff, publication, submission, told
from tests.support.secrecy import at_ease

ORGAN = "ministry"
ENDED_ON = date(2026, 11, 24)
#: Five years for a report, by the profile of a national organ.
OVER_ON = date(2031, 11, 24)
#: What stands in every sealed thing of the case that `full_case` makes.
CANARY = b"canary"
MAILBOX = "canary-mailbox"


def end_case(work: Work, number: str, on: date = ENDED_ON, overseer: str | None = "tanaka") -> None:
    """Let a case have ended on a day, with nothing owed but the decision about it."""
    case = work.retention.case(number)
    assert case is not None
    duties = work.duties.of(number)
    changed = end(duties, tuple(Obligation), on, Ending.LAPSED)
    changed += begin(
        duties, Obligation.DECIDE_DESTRUCTION, on, work.policy, received_on=case.received_on, kind=case.kind
    )
    work.duties.keep(number, changed)
    after = replace(case, stage=Stage.CLOSED, ended_on=on, overseer=overseer, owner="sato")
    work.cases.save(settled(after, merged(duties, changed)))


def organ_of(*staff: str, executive: str = "tanaka", deputy: str = "ito", serial: int = 1) -> Publication:
    """Who is at the organ: some staff, and who oversees cases."""
    tokens = {who: f"token of {who}" for who in (*staff, executive, deputy)}
    return replace(publication(serial, tokens), executive=executive, deputy=deputy)


def canaries(name: str = "first") -> Submission:
    """A report in which every sealed thing is known again by its bytes."""
    plain = submission(name, card=CANARY + b" card", file_ids=(f"{name}-file",), overseer="tanaka")
    return replace(
        plain,
        parts=tuple(replace(part, ciphertext=CANARY + part.ciphertext) for part in plain.parts),
        grants=tuple(replace(grant, ciphertext=CANARY + grant.ciphertext) for grant in plain.grants),
    )


async def full_case(store: CaseStore, name: str = "first", *, holds: bool = False) -> str:
    """A case with everything that one can have: file, letters of both sides, a held one, a mailbox, a push, alerts."""
    at = circumstances()
    await store.write(ORGAN, lambda work: commands.put_file(work, at, f"{name}-file", CANARY + b" file"))
    outcome = await store.write(ORGAN, lambda work: commands.submit(work, at, canaries(name)))
    assert isinstance(outcome, tuple)
    number = outcome[0].case_number
    await store.write(ORGAN, lambda work: commands.publish_roster(work, at, organ_of("sato", "suzuki")))
    await at_ease(store, number, "sato")
    answer = from_staff("s1")
    answer = replace(answer, for_desk=CANARY + answer.for_desk, for_reporter=CANARY + b" for reporter")
    sent = replace(from_reporter(name, card_version=2), ciphertext=CANARY + b" letter", card=CANARY + b" card 2")
    for act in (
        lambda work: telling.set_told(work, at, told(f"{MAILBOX}-{name}", name=name)),
        lambda work: commands.write_as_staff(work, at, "sato", number, answer),
        lambda work: commands.write_as_reporter(work, replace(at, holds=holds), sent),
        lambda work: end_case(work, number),
    ):
        await store.write(ORGAN, act)
    return number
