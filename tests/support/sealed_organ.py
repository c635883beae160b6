"""A small organ with people, desks and one report handed over, with real keys, for tests that open and forge things.

Private keys are hashes of names, so that whatever a test prints can be made again.
"""

import hashlib
from datetime import date

import msgspec

from bot.anonymity.card import CaseCard, unlock_card
from bot.anonymity.correspondence import StaffAuthor, open_as_staff
from bot.anonymity.handover import ReportContent, Route, SealedReport, routes, seal_report
from bot.anonymity.opening import OpenedCase, SealedCase, StaffReader
from bot.anonymity.references import ReferenceToken, read_token
from bot.anonymity.roster import RECOVERY, Desk, Member, Roster, Seat
from bot.anonymity.sealing import Compartment, public_key
from bot.anonymity.signing import signing_public
from bot.anonymity.token_keys import TokenKeys, keys_of

ORGAN = "ministry"
SUBMISSION = "6f1c2a"
TODAY = date(2026, 11, 21)
TOKEN = read_token("7K3QH-2M9XV-04BDR-TW8EZ-5NGAD")
EVERYTHING = list(Compartment)


def fixed(name: str) -> bytes:
    """32 bytes that go by a name."""
    return hashlib.sha256(f"a test key: {name}".encode()).digest()


class Person(msgspec.Struct, frozen=True):
    """A staff member with both private keys."""

    staff_id: str

    @property
    def sealing_seed(self) -> bytes:
        """Opens what is sealed to this person."""
        return fixed(f"{self.staff_id} opens")

    @property
    def signing_seed(self) -> bytes:
        """Signs for this person."""
        return fixed(f"{self.staff_id} signs")

    @property
    def reader(self) -> StaffReader:
        """This person, opening."""
        return StaffReader(self.staff_id, self.sealing_seed)

    @property
    def author(self) -> StaffAuthor:
        """This person, writing."""
        return StaffAuthor(self.staff_id, self.signing_seed)

    def member(self, trained_until: date = date(2027, 3, 31), role: str = "staff") -> Member:
        """This person's entry in the roster."""
        entry = {
            "staff_id": self.staff_id,
            "name": {"ja": self.staff_id, "en": self.staff_id},
            "sealing_public": public_key(self.sealing_seed),
            "signing_public": signing_public(self.signing_seed),
            "trained_until": trained_until,
            "roles": [role],
        }
        return msgspec.convert(entry, Member)


SATO, MORI, KUBO, HARA, ENDO, DATE = map(Person, ("sato", "mori", "kubo", "hara", "endo", "date"))
RECOVERERS = StaffReader(RECOVERY, fixed("recovery"))


def organ_roster() -> Roster:
    """Sato reads all and Mori the facts at the main desk, Kubo at a branch, Hara is counsel, Endo and Date lead."""
    return Roster(
        organ=ORGAN,
        name={"ja": "省", "en": "Ministry"},
        serial=7,
        issued=date(2026, 10, 1),
        expires=date(2027, 9, 30),
        members=[
            *(person.member() for person in (SATO, MORI, KUBO, HARA)),
            ENDO.member(role="executive"),
            DATE.member(role="deputy"),
        ],
        desks=[
            Desk("main", {"ja": "窓口"}, "internal", [Seat("sato", EVERYTHING), Seat("mori", [Compartment.FACTS])]),
            Desk("north", {"ja": "北"}, "branch", [Seat("kubo", EVERYTHING)]),
            Desk("counsel", {"ja": "弁護士"}, "external", [Seat("hara", EVERYTHING)]),
        ],
        integrated_desk="main",
        fallback_desk="counsel",
        executive="endo",
        deputy="date",
        recovery_public=public_key(RECOVERERS.sealing_seed),
        recovery_holders=["sato", "hara", "endo"],
    )


class HandedOver(msgspec.Struct, frozen=True):
    """One report on its way into the store, and the token that brings its reporter back."""

    roster: Roster
    token: ReferenceToken
    report: SealedReport

    @property
    def keys(self) -> TokenKeys:
        """The token's keys."""
        return keys_of(self.token)

    @property
    def card(self) -> CaseCard:
        """The card as the reporter's bot first opens it."""
        return unlock_card(self.report.card, self.keys.card_key)

    def case(self, *letters: tuple[str, bytes]) -> SealedCase:
        """The case as the store gives it, with later letters."""
        return SealedCase(self.report.organ, self.report.submission, self.report.grants, self.report.parts, letters)

    def opened_by(self, person: Person, *letters: tuple[str, bytes]) -> OpenedCase:
        """The case as a staff member opens it."""
        return open_as_staff(person.reader, self.case(*letters), self.roster)


CONTENT = ReportContent(
    form=1,
    facts={"what": "請求書が二重に払われた", "others": ["yes", "audit"]},
    identity={"name": "山田"},
    language="ja",
    channel="web",
    files=[("f1", "invoice.pdf", "application/pdf", b"%PDF")],
)


def hand_over(content: ReportContent = CONTENT, submission: str = SUBMISSION, desk: str = "main") -> HandedOver:
    """Hand a report over to a desk that has somebody for it."""
    roster = organ_roster()
    route = routes(roster, desk, content.excluded, TODAY)
    assert isinstance(route, Route)
    return HandedOver(roster, TOKEN, seal_report(content, TOKEN, roster, route, submission))
