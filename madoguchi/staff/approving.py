"""What waits for approval (決裁): copies for whoever may approve, and how an approver reads what would leave.

The approver holds no key to the case. They read the very letter, once its writer's signature is verified, and no more.
"""

from collections.abc import Iterator

from backend.contract import CodeList, FromStaff, Move
from backend.contract.handling import SealedCopy
from backend.contract.proposals import OpenedProposal, Proposal
from backend.contract.standing import Standing
from bot.anonymity.approving import read_as_approver
from bot.anonymity.correspondence import StaffAuthor, write_for_approver
from bot.anonymity.errors import ForgedError, NotOpenedError
from bot.anonymity.letters import Minute, Notice, read
from bot.anonymity.opening import StaffReader
from bot.anonymity.roster import Roster, member_of
from bot.anonymity.signing import Kind
from madoguchi.foreign import one_line
from madoguchi.staff.client import case_path
from madoguchi.staff.composing import noticed
from madoguchi.staff.opening import Chair, Sheet
from madoguchi.staff.reading import Line, Reading, meaning, person
from madoguchi.staff.thread import minute_lines
from madoguchi.words import Words


async def standing_of(chair: Chair, number: str) -> Standing:
    """Return how a case stands beside its letters."""
    return await chair.desk.ask(Standing, "GET", f"{case_path(number)}/standing")


async def copies_for_approval(
    chair: Chair, sheet: Sheet, move: Move, letter: FromStaff, body: Notice | Minute
) -> tuple[SealedCopy, ...]:
    """Seal a letter to those who may have to approve the move; to nobody, where it leaves at once."""
    standing = await standing_of(chair, sheet.file.line.case_number)
    if move not in standing.approvals:
        return ()
    author = StaffAuthor(chair.key.staff_id, chair.key.signing_seed)
    named = (member_of(sheet.roster, who) for who in (standing.overseer, standing.stand_in) if who)
    return tuple(
        SealedCopy(
            holder=member.staff_id,
            ciphertext=write_for_approver(author, sheet.case, letter.message_id, body, member.sealing_public),
        )
        for member in named
        if member is not None
    )


def proposal_lines(chair: Chair, opened: OpenedProposal, roster: Roster, reading: Reading) -> Iterator[Line]:
    """Return what waits, line by line: what it is, who wants it, and the letter."""
    yield from proposal_head(opened.proposal, roster, reading)
    if opened.copy is None:
        yield Line(reading.words("approve.no_copy"), "warning")
        return
    reader = StaffReader(chair.key.staff_id, chair.key.sealing_seed)
    proposal = opened.proposal
    try:
        letter = read_as_approver(reader, roster, opened.submission_id, proposal.proposal_id, opened.copy.ciphertext)
        told = _letter(letter.kind, letter.body, reading) if letter.author == proposal.proposer else None
    except (NotOpenedError, ForgedError):
        told = None
    yield from told or [Line(reading.words("approve.forged"), "warning")]


def proposal_head(proposal: Proposal, roster: Roster, reading: Reading) -> Iterator[Line]:
    """Return what a proposal is, and what became of it."""
    words = reading.words
    told = {"number": proposal.case_number, "act": words(f"act.{proposal.move}"), "day": proposal.proposed_on}
    yield Line(words("oversee.waits", who=person(roster, proposal.proposer, words), **told), "title")
    for key, code in (("reason", proposal.reason), ("unsaid", proposal.unsaid)):
        if code:
            yield Line("  " + words(f"approve.{key}", meaning=_meaning(code, words)))
    if proposal.on:
        yield Line("  " + words("approve.day", day=proposal.on))
    yield from _became(proposal, roster, reading)


def _became(proposal: Proposal, roster: Roster, reading: Reading) -> Iterator[Line]:
    words = reading.words
    if proposal.outcome is None:
        return
    who = person(roster, proposal.decided_by or "", words)
    yield Line("  " + words(f"approve.outcome.{proposal.outcome}", who=who, day=proposal.decided_on))
    if proposal.returned_for:
        yield Line("  " + words(f"approve.for.{proposal.returned_for}"))
    if proposal.fault:
        yield Line("  " + (words.known(f"approve.fault.{proposal.fault}") or words("approve.fault.other")))


def _meaning(code: str, words: Words) -> str:
    """What a code means, in whichever list it stands; codes of the organ's own are shown as they are."""
    return next((told for name in CodeList if (told := meaning(name, code, words))), one_line(code))


def _letter(kind: Kind, body: bytes, reading: Reading) -> list[Line]:
    if kind is not Kind.NOTICE:
        return [Line(reading.words("approve.stays")), *minute_lines(read(Minute, body), reading)]
    told = noticed(read(Notice, body), reading.catalog, reading.words.language)
    return [Line(reading.words("approve.leaves")), *map(Line, told)]
