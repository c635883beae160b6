"""Forms: a whole group of answers at once, on pages that show what stands there already.

What a form shows is replaced by what comes back, since nothing else could empty a field. A value that is not on offer
is no answer.
"""

from msgspec.structs import replace

from bot.conversation.course import is_open
from bot.conversation.draft import answered, passed_over, with_remark
from bot.conversation.effects import Effect, Say
from bot.conversation.events import Filled
from bot.conversation.exclusions import KEEP_FROM_OTHERS
from bot.conversation.form import FormQuestion
from bot.conversation.house import House
from bot.conversation.keeping_out import with_names
from bot.conversation.reading_back import read_anew
from bot.conversation.session import Answer, Session
from bot.conversation.walk import Turn, go_on, needs
from bot.conversation.words import clean


def fill(house: House, session: Session, event: Filled) -> Turn:
    """Take a form: every answer replaces what stood there, since the form showed it; then go on."""
    kept, said = keep_filled(house, session, event)
    asked = house.asked_in(session, house.home_of(session))
    kept = passed_over(kept, (each for each in asked if each.skippable and is_open(kept, each)))
    needed = next((each for each in asked if needs(kept, each)), None)
    if needed is not None:
        return replace(kept, at=needed.id), (*said, Say(house.text(session, "answer.needed"), "warning"))
    return go_on(house, kept), said


def keep_filled(house: House, session: Session, event: Filled) -> Turn:
    """Put a form's answers in place, without going on; what is no answer at all goes to the remarks."""
    said: tuple[Effect, ...] = ()
    for question in house.home_of(session).question:
        value = readable(house, session, question, event.answers.get(question.id, ""))
        if question.id in event.answers and question.kind != "files" and value != session.answers.get(question.id, ""):
            before, session = session, read_anew(house, session, answered(session, question.id, value))
            says = question.says.get(value, ()) if isinstance(value, str) else ()
            said += tuple(Say(house.text(session, key)) for key in says)
            if question.id == KEEP_FROM_OTHERS and isinstance(value, str) and value:
                session, meant = with_names(house, before, session, value)
                said += meant
    return _with_strays(house, session, event), said


def _with_strays(house: House, session: Session, event: Filled) -> Session:
    """Keep words under names that this group does not ask: a page may have stood open while the form was replaced."""
    asked = {question.id for question in house.home_of(session).question}
    for name, value in event.answers.items():
        question = house.book(session).question.get(name)
        if name not in asked and (question is None or question.worded) and isinstance(value, str):
            session = with_remark(session, clean(value)) if value.strip() else session
    return session


def readable(house: House, session: Session, question: FormQuestion, value: Answer) -> Answer:
    """Make a form's value an answer: words storable, options only those on offer; empty where nothing is left."""
    if question.worded:
        words = clean(value if isinstance(value, str) else "\n".join(value))
        return words if words.strip() else ""
    offered = {option.value for option in house.options(session, question)}
    values = [each for each in ([value] if isinstance(value, str) else value) if each in offered]
    return values if question.kind == "many" else "".join(values[:1])
