"""The talk of an organ that has questions, kinds of matter and texts of its own."""

from typing import Any

import msgspec

from bot.conversation.dressing import Dressed, dressed
from bot.conversation.house_style import HouseStyle, OwnCategory, OwnQuestion, QuestionWords
from bot.conversation.machine import Machine
from tests.support.talk import CATALOG, DESKS, FORMS, ORGAN

#: Asked after what others know.
BUDGET = OwnQuestion(
    flow="report",
    after="known",
    id="budget",
    kind="choice",
    options=("known", "unknown"),
    words={
        "ja": QuestionWords("予算の費目は分かりますか。", "費目", options={"known": "分かる", "unknown": "分からない"}),
        "en": QuestionWords("Do you know the budget line?", "Budget line", options={"known": "Yes", "unknown": "No"}),
    },
)
#: Asked of those who give their name.
ROOM = OwnQuestion(
    flow="report",
    after="relation",
    id="room",
    kind="line",
    compartment="identity",
    words={"ja": QuestionWords("部屋はどこですか。", "部屋"), "en": QuestionWords("Which room is yours?", "Room")},
)
SUBSIDIES = OwnCategory("subsidies", {"ja": "補助金の不適切な扱い", "en": "Improper handling of subsidies"})


def style(
    *questions: OwnQuestion,
    edition: int = 7,
    categories: tuple[OwnCategory, ...] = (),
    texts: dict[str, dict[str, str]] | None = None,
) -> HouseStyle:
    """A style with these questions."""
    return HouseStyle(edition=edition, questions=questions, categories=categories, texts=texts or {})


def in_roster(own: HouseStyle) -> dict[str, Any]:
    """A style as it stands in a roster."""
    talk: dict[str, Any] = msgspec.to_builtins(own)
    return talk


def laid_over(own: HouseStyle) -> Dressed:
    """A style over the talk as it comes."""
    return dressed(in_roster(own), FORMS, CATALOG)


def own_machine(own: HouseStyle) -> Machine:
    """A machine that asks what the organ wants to know."""
    made = laid_over(own)
    assert made.misfits == 0
    return Machine(made.forms, made.catalog, DESKS, ORGAN, ("web", "chat"), ("chat",))
