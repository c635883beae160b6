"""How the command speaks to a person at a terminal."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from backend.contract import Alert, AlertKind, CaseLine, Escalation, StaffInbox, Stage
from bot.conversation.catalog import load_catalog
from madoguchi.staff.inbox import View, show_inbox
from madoguchi.staff.reading import Reading
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError
from tests.support.sealed_organ import organ_roster

DAY = date(2026, 11, 21)
LINE = CaseLine(
    case_number="2026-7K3QF9",
    submission_id="6f1c2a",
    desk="main",
    stage=Stage.ACCEPTED,
    received_on=DAY,
    due_on=None,
    escalation=Escalation.NONE,
    letters=2,
    awaits_answer=False,
)


def at_terminal(language: str = "ja") -> tuple[Teller, StringIO]:
    """Somebody at a terminal, and what they see."""
    seen = StringIO()
    teller = Teller(language)
    teller.console = Console(file=seen, force_terminal=True, width=100, markup=False, highlight=False)
    return teller, seen


def reading(teller: Teller) -> Reading:
    """How they read."""
    return Reading(teller.words, load_catalog(), DAY)


def test_an_inbox_is_a_table_for_eyes_with_alerts_on_top() -> None:
    """Columns are named in the reader's language, and an escalated case stands above all."""
    teller, seen = at_terminal()
    alert = Alert(case_number="2026-ABCDEF", desk="north", what=AlertKind.RECOVERY, on=DAY)
    show_inbox(
        View(teller, organ_roster(), reading(teller), 3), StaffInbox(cases=(LINE,), alerts=(alert,)), everything=True
    )
    text = seen.getvalue()
    assert text.index("2026-ABCDEF") < text.index("段階") < text.index("2026-7K3QF9")
    assert "返事待ち" not in text
    assert "復旧の控え" in text


def test_cases_that_rest_are_counted_and_not_listed() -> None:
    """Whoever asks what is due today does not read through all that is over; `--all` shows it."""
    teller, seen = at_terminal("en")
    show_inbox(View(teller, organ_roster(), reading(teller), 3), StaffInbox(cases=(LINE,)))
    assert LINE.case_number not in seen.getvalue()
    assert "1 (inbox --all)" in seen.getvalue()


def test_an_empty_inbox_says_so() -> None:
    """No table without rows."""
    teller, seen = at_terminal("en")
    show_inbox(View(teller, organ_roster(), reading(teller), 3), StaffInbox(cases=()))
    assert "No cases." in seen.getvalue()


def test_nothing_that_is_shown_is_read_as_markup() -> None:
    """Square brackets are a reporter's, not ours."""
    teller, seen = at_terminal("en")
    teller.show("[red]not red[/red] :warning:")
    assert "[red]not red[/red]" in seen.getvalue()


def test_nobody_at_the_keyboard_agrees_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that forgot to say yes has not said it."""
    monkeypatch.setattr("sys.stdin", StringIO("y\n"))
    assert not Teller("en").agreed("answer.question")


@pytest.mark.parametrize(
    ("typed", "agreed"), [("はい", True), ("Y", True), ("", False), ("no", False), ("yess", False)]
)
def test_only_a_plain_yes_agrees(monkeypatch: pytest.MonkeyPatch, typed: str, agreed: bool) -> None:
    """In either language; everything else leaves things as they are."""
    keyboard = StringIO(f"{typed}\n")
    monkeypatch.setattr(keyboard, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", keyboard)
    assert Teller("ja").agreed("answer.question") is agreed


def test_a_passphrase_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Rather than asking a program for words."""
    with pytest.raises(NotDoneError) as refused:
        Teller("en").passphrase(tmp_path / "none", "key.question")
    assert refused.value.key == "key.no_passphrase_file"
