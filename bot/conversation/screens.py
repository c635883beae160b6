"""What stands on the screen in each state: the question that is open there, and what is offered besides.

Every state has a screen that leads on, so nobody is ever left with words alone. Letters and tokens are not here: they
are shown by deeds, once, and offered again by an option.
"""

from collections.abc import Callable

from bot.conversation.course import asked
from bot.conversation.effects import Ask, Effect, Option, Question, ShowCopy, ShowSummary, Text
from bot.conversation.events import Command
from bot.conversation.file_choice_deeds import put_choices
from bot.conversation.file_choices import options_of
from bot.conversation.forms import is_another
from bot.conversation.house import House
from bot.conversation.passages import asking, warned
from bot.conversation.questions import ALWAYS, choice
from bot.conversation.session import Session, State
from bot.conversation.summary import lines
from bot.conversation.wishing_screens import WISH_GROUPS, choosing_statement, confirming_wish, inbox_wishes, surveying

Screen = Callable[[House, Session], tuple[Effect, ...]]

_LANGUAGES = (("ja", "日本語"), ("en", "English"))
_BACK, _CANCEL, _DONE = Command.BACK.value, Command.CANCEL.value, Command.DONE.value
_STATUS, _TOKEN = Command.STATUS.value, Command.COME_BACK.value
_LOST, _RELIEF = Command.LOST.value, Command.RELIEF.value
_INFORMATION = (Command.ABOUT.value, Command.RULES.value, Command.EXPOSURE.value)
_HANDLING = (Command.PROCEDURE.value, Command.FIGURES.value)


def screen(house: House, session: Session) -> tuple[Effect, ...]:
    """Give what stands in the session's state."""
    return SCREENS[session.state](house, session)


def open_question(house: House, session: Session) -> tuple[str, Question | None]:
    """Give the group that a form would send now, and the question that typed words would answer."""
    asks = [effect for effect in screen(house, session) if isinstance(effect, Ask)]
    return (asks[-1].group, asks[-1].questions[asks[-1].at]) if asks else ("", None)


def _asking(group: str, values: tuple[str, ...], commands: tuple[str, ...] = ()) -> Screen:
    def put(house: House, session: Session) -> tuple[Effect, ...]:
        return (Ask(group, (choice(house, session, group, values),), commands=(*commands, *ALWAYS)),)

    return put


def _busy(state: State, commands: tuple[str, ...] = ()) -> Screen:
    def put(house: House, session: Session) -> tuple[Effect, ...]:
        options = (Option("check", Text("option.busy.check")),)
        prompt = house.text(session, f"question.busy.{state}")
        question = Question("busy", "choice", prompt, options=options, skippable=False)
        return (Ask("busy", (question,), commands=(*commands, *ALWAYS)),)

    return put


def _choosing_language(house: House, session: Session) -> tuple[Effect, ...]:
    options = tuple(Option(code, words=name) for code, name in _LANGUAGES)
    prompt = house.text(session, "question.language.prompt")
    question = Question("language", "choice", prompt, options=options, skippable=False)
    back = (_BACK,) if session.language else ()
    return (Ask("language", (question,), commands=(*back, Command.DANGER.value)),)


def _menu(house: House, session: Session) -> tuple[Effect, ...]:
    commands = (*_INFORMATION, *_clearing(house, session))
    return _asking("menu", ("report", "consult", "token", "other"), commands)(house, session)


def _clearing(house: House, session: Session) -> tuple[str, ...]:
    return (Command.CLEAR.value,) if session.channel in house.can_clear else ()


def _checking(house: House, session: Session) -> tuple[Effect, ...]:
    as_report = ("as_report",) if session.flow == "consultation" else ()
    question = choice(house, session, "summary", ("hand_over", *as_report, "change", "copy"))
    return (
        ShowSummary(lines(house, session)),
        Ask("summary", (question,), commands=(_BACK, _STATUS, *ALWAYS, _CANCEL)),
    )


def _ending(house: House, session: Session) -> tuple[Effect, ...]:
    return _asking("ending", ("keep", "delete"), _clearing(house, session))(house, session)


def _copying(house: House, session: Session) -> tuple[Effect, ...]:
    return (ShowCopy(), *_asking("copying", ("back",), _clearing(house, session))(house, session))


def _changing(house: House, session: Session) -> tuple[Effect, ...]:
    known = house.book(session).question
    # Who can read it is changed by choosing a desk, which has a line of its own.
    labels = {line.question: line.label for line in reversed(lines(house, session)) if line.question in known}
    options = (*(Option(name, label) for name, label in reversed(labels.items())), *_others(house, session))
    question = Question("edit", "choice", house.text(session, "question.edit.prompt"), options=options)
    return (Ask("change", (question,), commands=(_BACK, *ALWAYS)),)


def _others(house: House, session: Session) -> tuple[Option, ...]:
    """Offer another one of what can be told several times, where the last answer was that there is none."""
    return tuple(
        Option(question.id, house.text(session, f"option.edit.{question.wording}"))
        for _, question in asked(house, session)
        if is_another(question) and session.answers.get(question.id) != "yes"
    )


def _offered_others(house: House, session: Session) -> tuple[Effect, ...]:
    desks = tuple(Option(other, words=house.desk_name(other, session.language)) for other in session.others)
    fixed = choice(house, session, "others", ("anyone", "back"))
    key = "question.others.prompt" if desks else "question.others.none"
    question = Question("others", "choice", house.text(session, key), options=(*desks, *fixed.options), skippable=False)
    return (Ask("others", (question,), commands=(_BACK, *ALWAYS, _CANCEL)),)


def _wanting_token(house: House, session: Session) -> tuple[Effect, ...]:
    prompt, hint = house.text(session, "question.token.prompt"), house.text(session, "question.token.hint")
    question = Question("token", "line", prompt, hint)
    return (Ask("token", (question,), commands=(_BACK, _LOST, *ALWAYS)),)


def _reading(house: House, session: Session) -> tuple[Effect, ...]:
    told = () if not session.can_be_told else ("told_off",) if session.told else ("told_on",)
    answers = ("fine", "badly", "stop") if session.asked else ()
    said = ("reply", *inbox_wishes(session), "concern", "feedback", "identity")
    options = (*answers, *said, *told, "letters", "renew", "forget", "close")
    return _asking("inbox", options, _clearing(house, session))(house, session)


def _replying(house: House, session: Session) -> tuple[Effect, ...]:
    prompt, hint = house.text(session, "question.reply.prompt"), house.text(session, "question.reply.hint")
    offered = options_of(session.reply_files)
    words = Question("reply", "text", prompt, hint, offered, answer=session.reply)
    prompt, hint = house.text(session, "question.reply_files.prompt"), house.text(session, "question.reply_files.hint")
    files = Question("reply_files", "files", prompt, hint, offered, files=session.reply_files)
    return (Ask("reply", (words, files), commands=(_DONE, _BACK, *ALWAYS, _CANCEL)),)


def _cancelling(house: House, session: Session) -> tuple[Effect, ...]:
    group = "cancel_reply" if session.before.endswith(State.REPLYING) else "cancel"
    return _asking(group, ("no", "yes"))(house, session)


SCREENS: dict[State, Screen] = {
    State.NEW: _menu,
    State.CHOOSING_MATTER: _asking(
        "matter", ("concern", "feedback", "supervisor", "approach", "back"), (_RELIEF, *_HANDLING)
    ),
    State.CHOOSING_LANGUAGE: _choosing_language,
    State.ASKING: asking,
    State.CHECKING: _checking,
    State.CHANGING: _changing,
    State.HANDLING_FILE: put_choices,
    State.CANCELLING: _cancelling,
    State.SEARCHING: _busy(State.SEARCHING, (_BACK,)),
    State.WARNED: warned,
    State.HANDING_OVER: _busy(State.HANDING_OVER),
    State.WAITING: _asking("waiting", ("check",), (_TOKEN,)),
    State.OFFERED_OTHERS: _offered_others,
    State.HOLDING_TOKEN: _asking("saved", ("saved", "show")),
    State.CONFIRMING: _busy(State.CONFIRMING),
    State.OFFERED_TOLD: _asking("told", ("yes", "no")),
    State.WANTING_TOKEN: _wanting_token,
    State.LOSING_TOKEN: _asking("lost", ("afresh", "back")),
    State.OPENING: _busy(State.OPENING, (_BACK,)),
    State.READING: _reading,
    State.REPLYING: _replying,
    State.SENDING: _busy(State.SENDING, (_BACK,)),
    State.CHOOSING_STATEMENT: choosing_statement,
    State.CONFIRMING_WISH: confirming_wish,
    State.SURVEYING: surveying,
    State.OFFERED_RENEWAL: _asking("renew", ("yes", "no")),
    State.RENEWING: _busy(State.RENEWING),
    State.ENDING: _ending,
    State.OFFERED_COPY: _asking("copy", ("no", "yes")),
    State.COPYING: _copying,
    State.FORGETTING: _asking("forget", ("no", "yes")),
}

#: Groups of the talk itself. No form may use these names for its own.
TALK_GROUPS = frozenset((
    "menu", "matter", "lost", "language",
    "summary", "self_check", "hand_over", "change", "edit", "busy", "waiting", "others", "saved", "told", "token",
    *WISH_GROUPS,
    "inbox", "reply", "reply_files", "handling", "cancel", "cancel_reply", "renew", "forget", "ending", "copy",
    "copying",
))  # fmt: skip
