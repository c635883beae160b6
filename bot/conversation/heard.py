"""One event, read for the table: what came in, and the words or the option in it.

Reading decides nothing and changes nothing; it only tells a command from an option from words, in the state the talk is
in. Words are made storable here, once, and are otherwise left as they were typed.
"""

from msgspec import Struct

from bot.conversation import events as happened
from bot.conversation.effects import Option, Question
from bot.conversation.events import Event
from bot.conversation.house import House
from bot.conversation.rows import On
from bot.conversation.words import LONGEST_COMPARED, clean, fold, read_command, read_numbers


class Heard(Struct, frozen=True):
    """An event as the table sees it."""

    on: On
    event: Event
    words: str = ""
    option: str = ""


#: Events that mean the same in every state.
PLAIN: dict[type[Event], On] = {
    happened.Attached: On.ATTACHED,
    happened.AttachFailed: On.ATTACH_FAILED,
    happened.ShowedToken: On.SHOWED_TOKEN,
    happened.MistypedToken: On.MISTYPED_TOKEN,
    happened.SentNothing: On.SENT_NOTHING,
    happened.SelfChecked: On.SELF_CHECKED,
    happened.HandedOver: On.HANDED_OVER,
    happened.DeskUnreachable: On.DESK_UNREACHABLE,
    happened.NobodyLeft: On.NOBODY_LEFT,
    happened.TokenReady: On.TOKEN_READY,
    happened.Opened: On.OPENED,
    happened.TokenRefused: On.TOKEN_REFUSED,
    happened.InboxClosed: On.INBOX_CLOSED,
    happened.Sent: On.SENT,
    happened.ToldSet: On.TOLD_SET,
    happened.Forgotten: On.FORGOTTEN,
    happened.Retracted: On.RETRACTED,
    happened.AnswerWaiting: On.ANSWER_WAITING,
    happened.DraftEnding: On.DRAFT_ENDING,
    happened.CameLate: On.CAME_LATE,
    happened.TokenReplaced: On.TOKEN_REPLACED,
    happened.CheckInAnswered: On.CHECK_IN_ANSWERED,
    happened.Wished: On.WISHED,
    happened.SurveyAnswered: On.SURVEY_ANSWERED,
}

_OPTIONS = {on.value[1:]: on for on in On if on.value.startswith("=")}


def hear_words(house: House, text: str, question: Question | None, event: Event) -> Heard:
    """Read typed words: a command, else an option of the question that is put, else words."""
    words = clean(text)
    if not words.strip():
        return Heard(On.SENT_NOTHING, event)
    command = read_command(words, house.commands)
    if command:
        return Heard(On(f"/{command}"), event)
    picked = read_options(house, words, question.options) if question and question.kind == "choice" else ()
    return hear_option(picked[0], event) if len(picked) == 1 else Heard(On.WROTE, event, words)


def hear_option(value: str, event: Event) -> Heard:
    """Read a picked option: by its name in the table where it has one."""
    return Heard(_OPTIONS.get(value, On.PICKED), event, option=value)


def read_options(house: House, typed: str, options: tuple[Option, ...]) -> tuple[str, ...]:
    """Read `2`, `1,3`, or a label in any language, as values of options; nothing when any part of it is none."""
    if len(typed) > LONGEST_COMPARED:
        return ()
    numbers = read_numbers(typed)
    if numbers:
        fit = all(1 <= number <= len(options) for number in numbers)
        return tuple(dict.fromkeys(options[number - 1].value for number in numbers)) if fit else ()
    folded = fold(typed)
    return tuple(option.value for option in options if folded in _names(house, option))[:1] if folded else ()


def _names(house: House, option: Option) -> frozenset[str]:
    label = house.catalog.labels(option.label.key) if option.label else frozenset((fold(option.words),))
    return label | house.catalog.typed(option.value)
