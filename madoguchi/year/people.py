"""The people of the play: reporters who hand over and write again, a desk that opens, declares and moves cases.

They do what the bot and the staff's program do, with the same sealing and over the same API; they only show nothing.
"""

from datetime import date
from pathlib import Path
from typing import cast

from backend.contract import (
    CaseFile,
    Concern,
    Declare,
    FromReporter,
    Inbox,
    Locate,
    MoveCase,
    Phase,
    Policy,
    Receipt,
    Record,
)
from backend.contract.oversight import CheckResult, RecordCheck
from backend.domain.lifecycle import PHASES
from bot.anonymity.card import lock_card, unlock_card
from bot.anonymity.correspondence import write_to_desk
from bot.anonymity.handover import ReportContent, Route, seal_report
from bot.anonymity.letters import Message
from bot.anonymity.opening import StaffReader
from bot.anonymity.references import ReferenceToken, new_token
from bot.anonymity.roster import Roster
from bot.anonymity.routing import routes
from bot.anonymity.sealing import new_seed
from bot.anonymity.token_keys import keys_of
from bot.case_client import submission_of
from madoguchi.staff.access import acknowledge, declare, house_rules
from madoguchi.staff.client import DeskClient
from madoguchi.staff.composing import drafted
from madoguchi.staff.deeds import DEEDS
from madoguchi.staff.giving import given
from madoguchi.staff.keyfile import StaffKey
from madoguchi.staff.opening import Chair, Sheet, opened
from madoguchi.staff.posting import letter_of
from madoguchi.wire import Wire
from madoguchi.year.script import Act, Course

_DEEDS = {deed.command: deed for deed in DEEDS}
#: What stands in the notices that want words of their own; of a made-up case there is nothing else to say.
_WORDS = {"ja": "これは見本の事案です。", "en": "This is a made-up case."}


class Reporter:
    """Somebody with a report, and later with a token."""

    def __init__(self, wire: Wire, roster: Roster, course: Course) -> None:
        self._wire = wire
        self._roster = roster
        self._course = course
        self._token: ReferenceToken = new_token()

    async def hand_over(self, desk: str, today: date) -> str:
        """Report to a desk; the number of the case."""
        # Nobody is kept out and somebody is there, so that no other desk is offered.
        route = cast("Route", routes(self._roster, desk, (), today, offer_others=False))
        content = ReportContent(
            form=1,
            facts={"story": self._course.story},
            identity={"name": "見本 花子"} if self._course.is_named else {},
            language=self._course.language,
            channel="web",
        )
        sealed = seal_report(content, self._token, self._roster, route, new_seed()[:16].hex())
        return (await self._wire.ask(Receipt, "POST", "/submissions", submission_of(sealed, ()))).case_number

    async def complain(self) -> None:
        """Say that one is treated badly."""
        keys = keys_of(self._token)
        inbox = await self._wire.ask(Inbox, "POST", "/inbox", Locate(locator=keys.locator))
        message_id = new_seed()[:16].hex()
        words = {"ja": "通報のあと、仕事を外されました。", "en": "Since the report I am left out of my work."}
        body = Message(words[self._course.language])
        written = write_to_desk(keys, unlock_card(inbox.card, keys.card_key), message_id, body)
        sent = FromReporter(
            locator=keys.locator,
            message_id=message_id,
            ciphertext=written.sealed,
            card=lock_card(written.card, keys.card_key),
            card_version=inbox.card_version,
            concern=Concern.RETALIATION,
        )
        await self._wire.send("POST", "/inbox/letters", sent)


class DeskMember:
    """Somebody at a desk, with their key open."""

    def __init__(self, key: StaffKey, desk: DeskClient, roster: Roster, policy: Policy) -> None:
        self._key = key
        self._desk = desk
        self.roster = roster
        # Nothing is remembered of a play: the place of its memory is never written to.
        self._chair = Chair(Path("play.key"), key, desk)
        self._policy = policy
        self._declared: dict[str, set[Phase]] = {}

    async def sit_down(self) -> None:
        """Read the rules, and say so."""
        await acknowledge(self._desk, (await house_rules(self._desk)).rules.version)

    async def act(self, number: str, course: Course, act: Act, today: date) -> None:
        """Do one thing to a case: declare, open, write, move."""
        sheet = await self._open(number)
        deed = _DEEDS[act.command]
        standard = {"text": _WORDS[course.language], deed.day: today.isoformat(), "category": course.category}
        typed: dict[str, str | bool] = {**standard, **act.typed}
        if act.command == "accept":
            typed["expected"] = ""
        draft = drafted(deed, given(deed, typed, self._policy, today), sheet, self._policy, today)
        move = MoveCase(
            move=deed.move,
            from_stage=sheet.file.line.stage,
            letter=letter_of(self._chair, sheet, draft.body),
            reason=draft.given.code,
            unsaid=draft.given.unsaid,
            on=draft.on,
            category=draft.given.category,
        )
        await self._declare(number, PHASES[(await self._desk.move(number, move)).stage])

    async def _open(self, number: str) -> Sheet:
        if number not in self._declared:
            await self._declare(number, Phase.RECEIPT)
        file: CaseFile = await self._desk.open(number)
        reader = StaffReader(self._key.staff_id, self._key.sealing_seed)
        return Sheet(file, opened(reader, self._key.organ, file, self.roster), self.roster, 0, file.seen)

    async def _declare(self, number: str, phase: Phase) -> None:
        said = self._declared.setdefault(number, set())
        if phase not in said:
            await declare(self._desk, number, Declare(conflicted=False, phase=phase))
            said.add(phase)


class Executive:
    """Whoever oversees, and checks investigations."""

    def __init__(self, desk: DeskClient) -> None:
        self._desk = desk

    async def check(self, number: str) -> None:
        """Find an investigation in order."""
        sent: Record = RecordCheck(check_id=new_seed()[:16].hex(), result=CheckResult.IN_ORDER)
        await self._desk.send("POST", f"/oversight/cases/{number}/checks", sent)
