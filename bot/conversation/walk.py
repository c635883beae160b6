"""The walk through the questions: one answer, a step back, a question passed over.

Forward always leads to the next open question, and to the summary when none is left; so a changed answer that opens new
questions gets them asked, and nothing is asked twice. Words that do not answer the question go to the remarks.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from bot.conversation.course import asked, is_open, next_open
from bot.conversation.draft import added, answered, passed_over, with_remark, words_of
from bot.conversation.effects import Effect, Say
from bot.conversation.events import Chose
from bot.conversation.exclusions import KEEP_FROM, KEEP_FROM_OTHERS
from bot.conversation.form import FormQuestion
from bot.conversation.heard import Heard, read_options
from bot.conversation.house import House
from bot.conversation.keeping_out import to_another_desk, with_names
from bot.conversation.reading_back import read_anew
from bot.conversation.session import Session, State

#: A new session, and what is shown before its screen.
Turn = tuple[Session, tuple[Effect, ...]]


def here(house: House, session: Session) -> FormQuestion:
    """Give the question that is being asked."""
    return house.book(session).question.get(session.at) or house.home_of(session).question[0]


def go_on(house: House, session: Session) -> Session:
    """Move to the next open question, to the summary when there is none, to the desks when the chosen one is empty."""
    elsewhere = to_another_desk(house, session)
    if elsewhere is not None:
        return replace(elsewhere, form=house.book(session).form.version)
    found = next_open(house, session)
    if found is None:
        return replace(session, state=State.CHECKING, group="", at="", editing=False)
    group, question = found
    return replace(session, state=State.ASKING, group=group.id, at=question.id, form=house.book(session).form.version)


def answer(house: House, session: Session, heard: Heard) -> Turn:
    """Take typed words or a tap as the answer to the question that is being asked."""
    question = here(house, session)
    if isinstance(heard.event, Chose):
        return _tapped(house, session, question, heard.option)
    if question.worded:
        return _written(house, session, question, heard.words)
    options = house.options(session, question)
    values = read_options(house, heard.words, options)
    if question.kind == "choice" and len(values) == 1:
        return _chosen(house, session, question, values[0])
    if question.kind == "many" and values:
        return go_on(house, answered(session, question.id, list(values))), ()
    if question.id == KEEP_FROM:
        return with_names(house, session, added(session, KEEP_FROM_OTHERS, heard.words), heard.words)
    return with_remark(session, heard.words), (
        Say(house.text(session, "kept.remark")),
        Say(house.text(session, f"hint.{question.kind}")),
    )


def _tapped(house: House, session: Session, question: FormQuestion, option: str) -> Turn:
    if question.kind == "choice":
        return _chosen(house, session, question, option)
    ticked = session.answers.get(question.id, [])
    before = ticked if isinstance(ticked, list) else []
    now = [each for each in before if each != option] if option in before else [*before, option]
    return answered(session, question.id, now), ()


def _chosen(house: House, session: Session, question: FormQuestion, value: str) -> Turn:
    said = tuple(Say(house.text(session, key)) for key in question.says.get(value, ()))
    return go_on(house, answered(session, question.id, value)), said


def _written(house: House, session: Session, question: FormQuestion, words: str) -> Turn:
    said: tuple[Effect, ...] = ()
    if words_of(session, question.id):
        said = (Say(house.text(session, "answer.added")),)
    kept = added(session, question.id, words)
    if question.id == KEEP_FROM_OTHERS:
        kept, meant = with_names(house, session, kept, words)
        said += meant
    return go_on(house, read_anew(house, session, kept)), said


def step_back(house: House, session: Session, *, whole_group: bool = False) -> Session:
    """Go to the question before this one, or to the group before where a form shows whole groups.

    While one answer of the summary is being changed, back leads to the summary.
    """
    if session.editing:
        return replace(session, state=State.CHECKING, group="", at="", editing=False)
    steps = asked(house, session)
    group, question = house.home_of(session), here(house, session)
    at = next((at for at, step in enumerate(steps) if (step[0] is group if whole_group else step[1] is question)), 0)
    group, question = steps[max(at - 1, 0)]
    first = next(step[1] for step in steps if step[0] is group)
    return replace(session, group=group.id, at=(first if whole_group else question).id)


def pass_over(house: House, session: Session) -> Session:
    """Leave this question open on purpose and go on; one that must be answered is asked again."""
    question = here(house, session)
    return go_on(house, passed_over(session, (question,))) if question.skippable else session


def finish(house: House, session: Session) -> Session:
    """Go on from files and lists; anywhere else pass over all that is open and go to the summary."""
    question = here(house, session)
    if question.lingers:
        return pass_over(house, session)
    return go_on(house, passed_over(session, (each for each in still_open(house, session) if each.skippable)))


def still_open(house: House, session: Session) -> Iterator[FormQuestion]:
    """List the questions that this draft asks and that are neither answered nor passed over."""
    return (each for _, each in asked(house, session) if is_open(session, each))


def go_to_last(house: House, session: Session) -> Session:
    """Stand at the last question that is asked."""
    group, question = asked(house, session)[-1]
    return replace(session, group=group.id, at=question.id)


def needs(session: Session, question: FormQuestion) -> bool:
    """Whether a question must be answered, and is not."""
    return not question.skippable and is_open(session, question)


def edit(house: House, session: Session, question_id: str) -> Session:
    """Ask one question of the summary again, with its answer standing there."""
    group = house.book(session).group_of[question_id]
    return replace(session, state=State.ASKING, group=group.id, at=question_id, editing=True, rewriting="")
