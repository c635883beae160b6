"""Questions as a channel must put them: the group that is being asked, with progress and what already stands there."""

from bot.conversation.course import applies, effective
from bot.conversation.desks import NOTICE, desk_notice
from bot.conversation.effects import Ask, Effect, Option, Question, Say, Text
from bot.conversation.events import Command
from bot.conversation.exposure import exposure_on
from bot.conversation.form import FormQuestion
from bot.conversation.house import House
from bot.conversation.session import Session

#: Offered with every question, after those that depend on it.
ALWAYS = (Command.HELP.value, Command.DANGER.value, Command.LANGUAGE.value)
_DONE, _BACK, _SKIP = Command.DONE.value, Command.BACK.value, Command.SKIP.value
_REWRITE, _CANCEL = Command.REWRITE.value, Command.CANCEL.value


def ask_here(house: House, session: Session) -> tuple[Effect, ...]:
    """Put the question that the draft stands at, below the notice of its group."""
    group = house.home_of(session)
    # An answer that came late may leave nothing to ask where the draft stands; there is a way on all the same.
    questions = house.asked_in(session, group) or group.question
    at = next((at for at, question in enumerate(questions) if question.id == session.at), 0)
    step, steps = progress(house, session)
    return (
        # Once, above the first question of the group.
        *(() if at else notice(house, session, group.notice)),
        Ask(
            group.id,
            tuple(put(house, session, question) for question in questions),
            at,
            step,
            steps,
            house.optional(session, f"group.{group.of or group.id}"),
            _commands(session, questions[at], first=step == 1 and at == 0),
        ),
    )


def put(house: House, session: Session, question: FormQuestion) -> Question:
    """Make one question, with the answer that stands there."""
    files = question.kind == "files"
    options = house.options(session, question)
    answer = effective(house, session, question.id)
    # A default that is not on offer now is no answer, and its hint no promise: an integrated desk with nobody left.
    lost = question.kind == "choice" and bool(answer) and all(option.value != answer for option in options)
    prompt, hint = house.wording(session, question)
    return Question(
        question.id,
        question.kind,
        prompt,
        None if lost else hint,
        options,
        "" if files or lost else answer,
        session.files if files else (),
        question.skippable,
    )


def progress(house: House, session: Session) -> tuple[int, int]:
    """Count groups: the one the draft stands in, and all that this draft asks."""
    here = house.home_of(session)
    shown = [
        group
        for group in house.book(session).form.group
        if applies(house, session, group) and house.asked_in(session, group)
    ]
    return (shown.index(here) + 1 if here in shown else 0), len(shown)


def notice(house: House, session: Session, name: str) -> tuple[Say, ...]:
    """Give what is shown above a group; `exposure` depends on the channel, `desks` on the organ."""
    if name == NOTICE:
        return desk_notice(house, session)
    if name != "exposure":
        return (Say(house.text(session, f"above.{name}"), "notice"),) if name else ()
    keys = exposure_on(session.channel).texts()
    return tuple(Say(house.text(session, key), "notice") for key in keys)


def _commands(session: Session, question: FormQuestion, *, first: bool) -> tuple[str, ...]:
    offers = (
        (question.lingers, _DONE),
        (not first, _BACK),
        (question.skippable, _SKIP),
        (question.worded and bool(session.answers.get(question.id)), _REWRITE),
    )
    return (*[command for offered, command in offers if offered], *ALWAYS, _CANCEL)


def choice(house: House, session: Session, group: str, values: tuple[str, ...], **params: str) -> Question:
    """Make a question of the talk itself, with its options by value; its texts stand under `question` and `option`."""
    options = tuple(Option(value, Text(f"option.{group}.{value}")) for value in values)
    prompt = house.text(session, f"question.{group}.prompt", **params)
    return Question(group, "choice", prompt, options=options, skippable=False)
