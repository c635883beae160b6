"""Whom a report is kept from: chosen from the list, or meant by a name that was typed.

Only who is meant is found out here; that they get no key is the business of whoever seals the report.
"""

from bot.conversation.effects import Effect, Option, Say
from bot.conversation.house import House
from bot.conversation.names import match_names
from bot.conversation.organ import in_language
from bot.conversation.session import Session

#: Questions whose answers keep people away: a choice among the readers, and names as typed.
KEEP_FROM = "keep_from"
KEEP_FROM_OTHERS = "keep_from_others"


def excluded(house: House, session: Session) -> tuple[str, ...]:
    """List everyone the report is kept from: chosen from the list, or meant by a name that was typed."""
    chosen = session.answers.get(KEEP_FROM, [])
    typed = session.answers.get(KEEP_FROM_OTHERS, "")
    named = match_names(typed, house.everyone()) if isinstance(typed, str) and typed else ()
    return tuple(dict.fromkeys([*(chosen if isinstance(chosen, list) else []), *named]))


def kept_from(house: House, session: Session) -> tuple[Option, ...]:
    """Name everyone the report is kept from, by full name, also where only a family name was typed."""
    names = dict(house.everyone())
    return tuple(
        Option(staff_id, words=in_language(names.get(staff_id, {"": staff_id}), session.language))
        for staff_id in excluded(house, session)
    )


def who_is_meant(house: House, session: Session, words: str) -> tuple[Effect, ...]:
    """Say who is kept out by what was typed: a name that two people bear keeps out both."""
    names = dict(house.everyone())
    meant = [in_language(names[staff_id], session.language) for staff_id in match_names(words, house.everyone())]
    if not meant:
        return (Say(house.text(session, "keep_from.nobody_meant")),)
    return (Say(house.text(session, "keep_from.meant", names=", ".join(meant))),)
