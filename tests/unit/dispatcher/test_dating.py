"""Days of one's own letters join the screen as it is shown."""

from collections.abc import Iterable
from datetime import date

from bot.conversation.effects import Ask, Effect, Say, Text, Visible
from bot.conversation.session import Session, State
from bot.conversation.wishing_screens import choosing_statement, confirming_wish
from bot.dispatcher.dating import dated
from bot.ports.talking import InboxPage, OwnLetter
from tests.support.talk import CATALOG, MACHINE

DAY, NEXT = date(2026, 11, 22), date(2026, 11, 24)
PAGE = InboxPage(
    case_number="2026-7K3QF9",
    stage="received",
    desk="main",
    received_on=DAY,
    sent=(OwnLetter(1, DAY), OwnLetter(2, DAY, 2), OwnLetter(3, NEXT)),
)
CHOOSING = Session(state=State.CHOOSING_STATEMENT, wishes=("withdraw_report",), letters_kept=(1, 2, 3))
SURE = Session(state=State.CONFIRMING_WISH, wish="withdraw_statement", letter=3)


def visible(effects: Iterable[Effect]) -> tuple[Visible, ...]:
    """What is shown of effects."""
    return tuple(effect for effect in effects if isinstance(effect, Visible))


def labels(page: InboxPage | None, language: str = "en") -> list[str]:
    """What stands on the options."""
    (ask,) = dated(visible(choosing_statement(MACHINE.house, CHOOSING)), CHOOSING, page)
    assert isinstance(ask, Ask)
    return [CATALOG.text(language, option.label) for option in ask.questions[0].options if option.label]


def test_each_letter_is_called_by_its_day() -> None:
    """Of several of one day also by its place."""
    assert labels(PAGE)[:3] == [
        "What I sent on 24 November 2026",
        "What I sent on 22 November 2026 (number 2 of that day)",
        "What I sent on 22 November 2026",
    ]
    assert labels(PAGE, "ja")[0] == "2026年（令和8年）11月24日に送った連絡"


def test_without_the_inbox_in_memory_no_day_is_told() -> None:
    """A stored screen alone tells nothing of a case."""
    assert labels(None)[:3] == ["One of my earlier letters"] * 3


def test_the_question_names_the_day_that_was_chosen() -> None:
    """So that nobody takes back the wrong one."""
    for page, said in ((PAGE, "what you sent on 24 November 2026"), (None, "Take back this letter?")):
        (ask,) = dated(visible(confirming_wish(MACHINE.house, SURE)), SURE, page)
        assert isinstance(ask, Ask)
        assert said in CATALOG.text("en", ask.questions[0].prompt)


def test_everything_else_stays_as_it_is() -> None:
    """Words and other questions pass through."""
    items = visible((Say(Text("menu.welcome")), *confirming_wish(MACHINE.house, Session(wish="withdraw_report"))))
    assert dated(items, SURE, PAGE) == items
