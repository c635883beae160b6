"""Reading back: what was said about an answer holds for the words that were read back, and for no others.

Whoever changes those words is asked about them anew. What they wrote in correction stays: it is their own words.
"""

from msgspec.structs import replace

from bot.conversation.house import House
from bot.conversation.session import Session


def read_anew(house: House, before: Session, after: Session) -> Session:
    """Open again each choice that was made about an answer which has changed since."""
    stale = {
        question.id
        for question in house.book(after).question.values()
        if question.quotes
        and not question.worded
        and before.answers.get(question.quotes) != after.answers.get(question.quotes)
    }
    if stale.isdisjoint((*after.answers, *after.skipped)):
        return after
    answers = {name: answer for name, answer in after.answers.items() if name not in stale}
    return replace(after, answers=answers, skipped=tuple(each for each in after.skipped if each not in stale))
