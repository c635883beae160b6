"""Letters, notices and minutes as staff read them, and what is told to whoever comes second."""

from msgspec.structs import replace

from backend.contract import Stage
from bot.anonymity.correspondence import write_note, write_to_reporter
from bot.anonymity.letters import Minute, Note, Notice
from madoguchi.staff.changes import ChangedMeanwhileError
from madoguchi.staff.reading import Line
from madoguchi.staff.thread import minute_lines, thread_lines
from madoguchi.words import Words
from tests.support.sealed_organ import SATO, hand_over
from tests.support.sheets import LINE, log, reading, sheet

UNSAID = Minute("A trial is pending.", "result", {"reason": "violation", "unsaid": "secrets"})


def test_what_was_not_told_names_its_ground_and_stands_out() -> None:
    """In the words of whoever reads, with the code as the organ lists it."""
    assert minute_lines(UNSAID, reading()) == [
        Line(
            "  Result of the investigation (A violation of law was found. [violation]; "
            "not told to the reporter: It would tell a secret of somebody concerned. [secrets])",
            "soon",
        ),
        Line("  │ A trial is pending."),
    ]
    assert (
        "通報者には知らせていない: 利害関係人の秘密に関わるため。[secrets]"
        in minute_lines(UNSAID, reading("ja"))[0].text
    )


def test_codes_and_kinds_that_nobody_knows_stand_as_they_are() -> None:
    """A newer program or the organ itself may have more of them; they may not move the cursor."""
    own = Minute("", "result", {"reason": "own-7\x1b[2J"})
    assert minute_lines(own, reading())[0].text == "  Result of the investigation (own-7⟨U+001B⟩[2J)"
    assert minute_lines(Minute("Words.", "newer", {"what": "this"}), reading())[0].text == "  newer (this)"


def test_a_note_of_no_kind_is_its_words_alone() -> None:
    """As it was before there were kinds."""
    assert minute_lines(Minute("Ask accounts."), reading()) == [Line("  │ Ask accounts.")]


def test_minutes_stand_below_the_letters_and_what_was_not_told_among_them() -> None:
    """Whoever reads the thread sees what the reporter knows; records of the desk do not interrupt it."""
    over = hand_over()
    bodies: tuple[Note | Minute, ...] = (
        Minute("Two people sign.", "record_measure", {"on": "2027-03-31", "owner": "Ito"}),
        UNSAID,
        Note("Ask accounts."),
    )
    letters: list[tuple[str, bytes]] = []
    for place, body in enumerate(bodies):
        name = f"m{place}"
        letters.append((name, write_note(SATO.author, over.opened_by(SATO, *letters), name, body)))
    told = write_to_reporter(SATO.author, over.opened_by(SATO, *letters), "m3", Notice("progress", {}, "Soon."))[1]
    case = over.opened_by(SATO, *letters, ("m3", told))
    lines = [line.text for line in thread_lines(sheet(case, over, ids=("m0", "m1", "m2", "m3")), reading())]
    assert [line for line in lines if line.startswith("  ")] == [
        minute_lines(UNSAID, reading())[0].text,
        "  │ A trial is pending.",
        "  │ Ask accounts.",
        "  How the investigation is going",
        "  │ Soon.",
        "  Measure (2027-03-31; responsible: Ito)",
        "  │ Two people sign.",
    ]
    assert lines.index("── Minutes ── (they stay at the desk)") > lines.index("  │ Soon.")


def test_whoever_comes_second_is_told_where_the_case_stands_and_what_came_last() -> None:
    """Looking at a case is no change to it; in both languages."""
    over = hand_over()
    entries = log(("reporter", "received"), ("mori", "accept"), ("sato", "opened"), ("sato", "declared"))
    line = replace(LINE, stage=Stage.ACCEPTED)
    of = sheet(over.opened_by(SATO), over, line, entries=entries)
    refused = ChangedMeanwhileError("store.changed", of)
    assert refused.told(Words("en"))[1:] == ["It is now: accepted.", "2026-11-21 mori: accepted the report"]
    assert refused.told(Words("ja"))[1:] == ["いまの段階: 受理", "2026-11-21 mori: 受理"]
