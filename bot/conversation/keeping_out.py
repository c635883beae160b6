"""Keeping people out, as the person who writes sees it: what a name meant, who is kept out, which desk that leaves.

Nothing is decided here; whom the answers keep out stands in `exclusions`.
"""

from msgspec.structs import replace

from bot.conversation.effects import Effect, Option, Say
from bot.conversation.exclusions import ASKED, KEEP_FROM_MEANT, asked_anew, typed_names
from bot.conversation.house import DESK, House
from bot.conversation.naming.matching import LONGEST
from bot.conversation.session import Session, State


def kept_from(house: House, session: Session) -> tuple[Option, ...]:
    """Name everyone the report is kept from, by full name, also where only a family name was typed."""
    return tuple(
        Option(staff_id, words=house.name_of(staff_id, session.language)) for staff_id in house.excluded(session)
    )


def with_names(house: House, before: Session, after: Session, words: str) -> tuple[Session, tuple[Effect, ...]]:
    """Take names that were typed: say who is kept out by them, and have it asked whom else they may mean."""
    answers = asked_anew(house.people, before.answers, after.answers)
    if KEEP_FROM_MEANT not in answers:
        after = replace(after, skipped=tuple(each for each in after.skipped if each != KEEP_FROM_MEANT))
    after = replace(after, answers=answers)
    return after, who_is_meant(house, after, words)


def who_is_meant(house: House, session: Session, words: str) -> tuple[Effect, ...]:
    """Say who is kept out by what was typed. Nothing is said of those whom the next question is about."""
    meant = house.people.meant_by(words)
    # What is said must hold: of an answer that has grown too long, the end is not read.
    out = [who for who in meant.surely if who in house.excluded(session)]
    names = house.listed([house.name_of(who, session.language) for who in out], session.language)
    too_long = len(typed_names(session.answers)) > LONGEST
    nobody = not (meant.surely or meant.maybe or too_long)
    said = (
        (bool(names), house.text(session, "keep_from.meant", names=names)),
        (nobody, house.text(session, "keep_from.nobody_meant")),
        (too_long, house.text(session, "keep_from.too_long")),
    )
    return tuple(Say(text) for applies, text in said if applies)


def to_another_desk(house: House, session: Session) -> Session | None:
    """Lead back to the desks from a question about people, when nobody is left at the desk that was chosen.

    None where there is somebody, or no other desk either: then it is settled at the hand-over.
    """
    book = house.book(session)
    if session.at not in ASKED or DESK not in book.question:
        return None
    if not house.is_emptied(session) or not house.desks_left(session):
        return None
    answers = {name: answer for name, answer in session.answers.items() if name != DESK}
    skipped = tuple(each for each in session.skipped if each != DESK)
    group = book.group_of[DESK].id
    return replace(session, state=State.ASKING, answers=answers, skipped=skipped, group=group, at=DESK)
