"""What the reporter takes back, wishes or says later, as staff meet it."""

from datetime import date

import msgspec

from backend.contract import CaseFile, CaseKind, CaseLine, Escalation, Letter, Side, Stage
from bot.anonymity.correspondence import write_identity, write_to_desk, write_to_reporter
from bot.anonymity.handover import SealedPart as Part
from bot.anonymity.letters import Identity, Message
from bot.anonymity.opening import SealedCase, open_as_staff
from bot.conversation.catalog import load_catalog
from bot.conversation.effects import Text
from madoguchi.staff.opening import Sheet
from madoguchi.staff.reading import Line, Reading
from madoguchi.staff.showing import case_lines
from madoguchi.words import Words
from tests.support.sealed_organ import CONTENT, MORI, SATO, HandedOver, Person, hand_over

DAY, LATER = date(2026, 11, 21), date(2026, 11, 24)
LINE = CaseLine(
    case_number="2026-7K3QF9",
    submission_id="6f1c2a",
    desk="main",
    stage=Stage.RECEIVED,
    received_on=DAY,
    due_on=None,
    escalation=Escalation.NONE,
    letters=0,
    awaits_answer=True,
)


class Reporter:
    """Somebody who writes on, letter by letter."""

    def __init__(self, over: HandedOver | None = None) -> None:
        self.over = over or hand_over()
        self.card = self.over.card
        self.letters: list[tuple[str, bytes]] = []
        self.parts: list[Part] = []

    def writes(self, name: str, body: Message) -> None:
        """Write to the desk."""
        sealed, self.card = write_to_desk(self.over.keys, self.card, name, body, on=DAY)
        self.letters.append((name, sealed))

    def says_who(self, **answers: str) -> None:
        """Say who one is."""
        name = f"who-{len(self.parts)}"
        sealed, self.card = write_identity(self.over.keys, self.card, name, Identity(answers))
        self.parts.append(Part("identity", name, sealed))

    def read_by(self, person: Person, kind: CaseKind = CaseKind.REPORT) -> Sheet:
        """The case as somebody opens it."""
        report = self.over.report
        parts = (*report.parts, *self.parts)
        opened = open_as_staff(
            person.reader,
            SealedCase(report.organ, report.submission, report.grants, parts, self.letters),
            self.over.roster,
        )
        days = tuple(
            Letter(message_id=name, side=Side.REPORTER, on=LATER if name == "last" else DAY, ciphertext=b"")
            for name, _ in self.letters
        )
        line = msgspec.structs.replace(LINE, kind=kind)
        file = CaseFile(line=line, parts=(), grants=(), letters=days, files=(), log=(), seen=len(days))
        return Sheet(file, opened, self.over.roster, 0, None)


def lines(sheet: Sheet, language: str = "en", *, with_identity: bool = False) -> list[Line]:
    """The case, line by line."""
    by = Reading(Words(language), load_catalog(), DAY)
    return list(case_lines(sheet, by, with_identity=with_identity))


def text(sheet: Sheet, language: str = "en", *, with_identity: bool = False) -> str:
    """The case as one text."""
    return "\n".join(line.text for line in lines(sheet, language, with_identity=with_identity))


def test_a_letter_that_was_taken_back_is_struck_through_with_its_day() -> None:
    """Its words stay readable, struck; the letter that takes it back says which one it means; others are not struck."""
    who = Reporter()
    who.writes("a", Message("It was Tanaka."))
    who.writes("b", Message("On Monday."))
    who.writes("last", Message("", about="withdraw_statement", refers="a"))
    shown = lines(who.read_by(SATO))
    assert [line.text for line in shown if line.tone == "struck"] == ["  │ It was Tanaka."]
    said = text(who.read_by(SATO))
    assert "The reporter took this back on 2026-11-24. It stays in the record.\n  │ It was Tanaka." in said
    assert "→ takes back their letter of 2026-11-21" in said
    assert "2026-11-24に取り消しました" in text(who.read_by(SATO), "ja")


def test_nobody_elses_letter_can_be_taken_back() -> None:
    """An answer of the desk is not the reporter's to strike, nor is a letter that is not there."""
    who = Reporter()
    answer = write_to_reporter(SATO.author, who.over.opened_by(SATO), "s1", Message("We will look into it."))[1]
    who.letters.append(("s1", answer))
    for refers in ("s1", "nowhere", ""):
        who.writes(f"w-{refers}", Message("", about="withdraw_statement", refers=refers))
    assert [line.text for line in lines(who.read_by(SATO)) if line.tone == "struck"] == []


def test_staff_cannot_take_a_statement_back_for_the_reporter() -> None:
    """What a member writes bears no purpose, whatever stands in it."""
    who = Reporter()
    who.writes("a", Message("It was Tanaka."))
    forged = Message("", about="withdraw_statement", refers="a")
    case = who.over.opened_by(SATO, *who.letters)
    who.letters.append(("s1", write_to_reporter(SATO.author, case, "s1", forged)[1]))
    assert [line for line in lines(who.read_by(SATO)) if line.tone == "struck"] == []


def test_a_matter_that_was_taken_back_says_so_before_anything_else() -> None:
    """And that its record stays."""
    who = Reporter()
    who.writes("last", Message("", about="withdraw_report"))
    above = text(who.read_by(SATO)).partition("── What was reported ──")[0]
    assert "! The reporter took the whole matter back on 2026-11-24. The record stays" in above


def test_a_wish_to_become_a_report_names_the_command() -> None:
    """As long as it is none."""
    who = Reporter()
    who.writes("last", Message("", about="become_report"))
    assert "become-report 2026-7K3QF9" in text(who.read_by(SATO, CaseKind.CONSULTATION))
    assert "! The reporter asked" not in text(who.read_by(SATO, CaseKind.REPORT))


def test_only_who_may_know_it_learns_a_name_said_later() -> None:
    """Mori has the facts alone: not even that there is a name stands in what they read."""
    who = Reporter(hand_over(msgspec.structs.replace(CONTENT, identity={})))
    who.says_who(name="高橋", contact="内線12")
    knows, works = who.read_by(SATO), who.read_by(MORI)
    assert "said later who they are" in text(knows)
    assert "高橋" not in text(knows)
    assert "高橋" in text(knows, with_identity=True)
    assert "said later" not in text(works)
    assert "高橋" not in text(works, with_identity=True)


def test_what_is_said_later_about_a_name_leaves_the_rest_as_it_was() -> None:
    """A contact that is added does not take the name away; a name that is corrected takes the place of the first."""
    who = Reporter()
    who.says_who(contact="内線12")
    who.says_who(name="山田花子")
    identity = who.read_by(SATO).case.identity
    assert identity is not None
    assert identity.answers == {"name": "山田花子", "contact": "内線12"}


def test_a_form_on_an_open_case_stands_under_its_own_questions() -> None:
    """By the flow that it was, in the reader's language, options by their labels."""
    who = Reporter()
    answers: dict[str, str | list[str]] = {"concern": "retaliation", "harm": ["transfer"], "story": "部署を替えられた"}
    who.writes("a", Message("", about="retaliation", flow="concern", form=1, answers=answers))
    catalog = load_catalog()
    for language in ("ja", "en"):
        said = text(who.read_by(SATO), language)
        for key in ("question.concern.label", "question.concerning.label", "option.harm.transfer"):
            assert catalog.text(language, Text(key)) in said, (language, key)
        assert "│ 部署を替えられた" in said


def test_an_organs_own_wording_goes_with_its_letter() -> None:
    """An old case keeps its form, whatever the catalogue says by now; a wording draws no lines of its own."""
    own = {"question.badge.label": "Badge\ncolour", "option.badge.red": "Signal red"}
    who = Reporter(hand_over(msgspec.structs.replace(CONTENT, facts={"badge": "red"}, labels=own)))
    said = text(who.read_by(SATO))
    assert "Badge colour\n  │ Signal red" in said


def test_answers_that_were_given_several_times_are_numbered() -> None:
    """And stand under the wording of the first."""
    who = Reporter(hand_over(msgspec.structs.replace(CONTENT, facts={"who": "甲", "who.2": "乙"})))
    label = load_catalog().text("en", Text("question.who.label"))
    assert f"{label}\n  │ 甲\n{label} (2)\n  │ 乙" in text(who.read_by(SATO))


def test_a_case_that_is_no_report_says_what_it_is() -> None:
    """Beside where it stands."""
    assert "This is no report: consultation" in text(Reporter().read_by(SATO, CaseKind.CONSULTATION))
    assert "This is no report" not in text(Reporter().read_by(SATO))
