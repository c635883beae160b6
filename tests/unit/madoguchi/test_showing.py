"""A case as a staff member reads it."""

from datetime import date

import msgspec
import pytest

from backend.contract import CaseFile, CaseLine, Compartment, Escalation, Letter, SealedPart, Side, Stage
from bot.anonymity.correspondence import write_note, write_to_reporter
from bot.anonymity.letters import Message, Note, Notice
from bot.anonymity.opening import OpenedCase
from bot.conversation.catalog import Catalog
from madoguchi.staff.opening import Sheet
from madoguchi.staff.reading import Reading
from madoguchi.staff.showing import case_lines
from madoguchi.words import Words
from tests.support.sealed_organ import CONTENT, HARA, SATO, HandedOver, Person, hand_over

DAY = date(2026, 11, 21)
CATALOG = Catalog(
    {
        "ja": '[question.what]\nprompt = "何がありましたか"\n[option.others]\nyes = "はい"',
        "en": '[question.what]\nprompt = "What happened?"\n[option.others]\nyes = "Yes"',
    }
)
LINE = CaseLine(
    case_number="2026-7K3QF9",
    submission_id="6f1c2a",
    desk="main",
    stage=Stage.RECEIVED,
    received_on=DAY,
    due_on=date(2026, 12, 11),
    escalation=Escalation.NONE,
    letters=0,
    awaits_answer=True,
)


def reading(language: str = "en", today: date = DAY) -> Reading:
    """Somebody who reads in this language on this day."""
    return Reading(Words(language), CATALOG, today)


def sheet(case: OpenedCase, over: HandedOver, gone: int = 0, ids: tuple[str, ...] = (), line: CaseLine = LINE) -> Sheet:
    """An opened case with its letters dated."""
    letters = tuple(Letter(message_id=each, side=Side.STAFF, on=DAY, ciphertext=b"") for each in ids)
    part = SealedPart(part_id="facts", compartment=Compartment.FACTS, ciphertext=b"")
    file = CaseFile(line=line, parts=(part,), grants=(), letters=letters, files=(), log=(), seen=len(letters))
    return Sheet(file, case, over.roster, gone, None)


def shown(of: Sheet, by: Reading | None = None, *, with_identity: bool = False) -> str:
    """All lines of a case."""
    return "\n".join(line.text for line in case_lines(of, by or reading(), with_identity=with_identity))


def opened(person: Person = SATO, **content: object) -> tuple[OpenedCase, HandedOver]:
    """A report with other content, opened."""
    over = hand_over(msgspec.structs.replace(CONTENT, **content))
    return over.opened_by(person), over


def test_facts_stand_under_their_questions_in_the_readers_language() -> None:
    """Chosen options are told by their labels, the reporter's words as they are, behind a bar."""
    text = shown(sheet(*opened()), reading("ja"))
    assert "何がありましたか\n  │ 請求書が二重に払われた" in text
    assert "\n  │ はい\n  │ audit" in text


def test_whom_the_reporter_meant_stands_there_by_name() -> None:
    """Whether they were chosen from a list, or said to be meant by a name that was typed."""
    for question in ("keep_from", "keep_from_meant"):
        case, over = opened(facts={question: [SATO.staff_id]})
        named = tuple(msgspec.structs.replace(one, name={"en": "Hanako Sato"}) for one in over.roster.members)
        roster = msgspec.structs.replace(over.roster, members=named)
        known = msgspec.structs.replace(sheet(case, over), roster=roster)
        assert "\n  │ Hanako Sato\n" in shown(known)


def test_who_reported_is_shown_only_when_asked_for() -> None:
    """Somebody who works on the facts does not meet the name by accident."""
    case = sheet(*opened())
    assert "山田" not in shown(case)
    assert "山田" in shown(case, with_identity=True)


def test_an_anonymous_report_says_so() -> None:
    """And is not mistaken for one whose name is hidden."""
    assert "The reporter has not said who they are." in shown(sheet(*opened(identity={})), with_identity=True)


def test_neither_channel_nor_language_of_a_letter_tells_where_the_reporter_is() -> None:
    """The channel lies sealed in the facts and is not shown."""
    assert "secret-channel" not in shown(sheet(*opened(channel="secret-channel")), with_identity=True)


def test_letters_stand_with_day_author_and_kind() -> None:
    """An answer, a notice and a note are told apart."""
    over = hand_over()
    first = write_to_reporter(SATO.author, over.opened_by(SATO), "m1", Message("Thank you.\n── Files ──"))[1]
    case = over.opened_by(SATO, ("m1", first))
    notice = Notice("not_accepted", {"reason": "no_facts"}, "Please name a place.")
    second = write_to_reporter(SATO.author, case, "m2", notice)[1]
    case = over.opened_by(SATO, ("m1", first), ("m2", second))
    third = write_note(SATO.author, case, "m3", Note("ask counsel"))
    case = over.opened_by(SATO, ("m1", first), ("m2", second), ("m3", third))
    text = shown(sheet(case, over, ids=("m1", "m2", "m3")))
    assert "2026-11-21 sato (letter)\n  │ Thank you.\n  │ ── Files ──" in text
    assert "  Not accepted (Nothing in it could be looked into, even after asking. [no_facts])\n  │ Please name" in text
    assert "(note, stays at the desk)\n  │ ask counsel" in text


def test_what_is_wrong_comes_before_what_is_reported() -> None:
    """Danger, lost and unverified letters, a roster that ran out, a desk that could not be given the case."""
    case, over = opened(danger=True, excluded=["mori", "gone"])
    over = msgspec.structs.replace(over, roster=msgspec.structs.replace(over.roster, expires=date(2026, 1, 1)))
    broken = msgspec.structs.replace(case, thread=msgspec.structs.replace(case.thread, refused=2))
    line = msgspec.structs.replace(LINE, escalation=Escalation.FALLBACK)
    text = shown(sheet(broken, over, gone=1, line=line))
    warned = text.partition("── What was reported ──")[0]
    assert [
        words for words in ("in danger", "missing now: 1", "not shown: 2", "run out", "counsel") if words not in warned
    ] == []
    assert "kept from: mori, gone" in text


def test_files_are_listed_under_the_names_they_will_be_saved_as() -> None:
    """Whoever lists and whoever saves mean the same file."""
    assert "  01-invoice.pdf (4 bytes)" in shown(sheet(*opened()))


def test_counsel_without_a_seat_sees_nothing_of_a_case() -> None:
    """There is no sheet to show: the case does not open."""
    with pytest.raises(Exception, match="not opened"):
        opened(HARA)
