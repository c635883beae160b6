"""What can happen to a talk: what people do, and what became of what the talk asked for.

Past tense throughout. A mistake of the person is an event too, never an exception. No event carries a reference token:
the dispatcher keeps it in memory and passes a handle.
"""

from enum import StrEnum

from msgspec import Struct

from bot.conversation.findings import Finding


class Command(StrEnum):
    """What can be said at any point, by button, `/command` or plain word."""

    START = "start"
    REPORT = "report"
    CONSULT = "consult"
    #: They are treated badly, are searched for, were made to promise silence, or something leaked.
    CONCERN = "concern"
    FEEDBACK = "feedback"
    #: A supervisor passes on a report that somebody made to them.
    SUPERVISOR = "supervisor"
    #: An official records what a politician asked for.
    APPROACH = "approach"
    COME_BACK = "token"
    BACK = "back"
    SKIP = "skip"
    HELP = "help"
    LANGUAGE = "language"
    CANCEL = "cancel"
    DANGER = "danger"
    STATUS = "status"
    RULES = "rules"
    ABOUT = "about"
    RELIEF = "relief"
    PROCEDURE = "procedure"
    FIGURES = "figures"
    #: The token is lost.
    LOST = "lost"
    EXPOSURE = "exposure"
    #: Take back what stands in this chat, of both sides.
    CLEAR = "clear"
    DONE = "done"
    #: Empty the answer that is being asked and ask it again.
    REWRITE = "rewrite"
    #: Replace the token of the open inbox by a new one.
    RENEW = "newtoken"


class FileRef(Struct, frozen=True):
    """A file that the person gave: already sealed and stored; `key` opens it and lives only in the sealed session."""

    file_id: str
    name: str
    media_type: str
    #: Bytes of the original.
    size: int
    key: bytes
    #: SHA-256 of the ciphertext.
    digest: bytes
    #: What became of it before it was sealed, and what was taken out: codes of `bot.conversation.files`.
    cleaning: str = ""
    removed: tuple[str, ...] = ()
    #: The file as it came, where it was cleaned: kept until it is known which of the two goes.
    twin: "FileRef | None" = None
    #: What the person wants of it (`bot.conversation.file_choices`); empty while they have not said.
    choice: str = ""


class Event(Struct, frozen=True, tag=True):
    """Base of all events."""


class Said(Event, frozen=True):
    """Words, as typed, with reference tokens already taken out."""

    text: str


class Corrected(Event, frozen=True):
    """Words that were sent before, changed by the person; which answer they belonged to is not known any more."""

    text: str


class Chose(Event, frozen=True):
    """A button or an option of the question that is being asked."""

    question: str
    option: str


class Pressed(Event, frozen=True):
    """A button of a page in a chat: `at` counts the buttons of that page (`bot.conversation.buttons`) from 0.

    The dispatcher turns it into what the button says; a tap on an earlier page does nothing by itself.
    """

    page: int
    at: int


class Filled(Event, frozen=True):
    """A form came in: one answer a question of the group; `then` is the button that sent it (`next` or a `Command`).

    `turn` is the number of the screen the form was shown on, so that an old tab is recognised.
    """

    group: str
    answers: dict[str, str | list[str]]
    then: str = "next"
    turn: int = -1


class Attached(Event, frozen=True):
    """A file arrived whole and is kept."""

    file: FileRef


class AttachFailed(Event, frozen=True):
    """A file did not arrive whole, or is larger than can be kept."""

    reason: str
    limit_mib: int = 0


class Commanded(Event, frozen=True):
    """One of the commands that work everywhere."""

    command: Command


class ShowedToken(Event, frozen=True):
    """A readable reference token stood in what was said; the dispatcher holds it under `handle`.

    `words` is the rest of the message with a mark where the token stood; empty when there was nothing else.
    """

    handle: str
    words: str = ""


class MistypedToken(Event, frozen=True):
    """Something shaped like a token, whose check symbol does not fit; or twelve words of a list, or nearly.

    `words` is the message when there was more than that.
    """

    words: str = ""
    #: It was spelt in words; and which of the twelve is in no list, from 1, where it is just one.
    in_words: bool = False
    place: int = 0


class SentNothing(Event, frozen=True):
    """A sticker, a location, an empty message: nothing that could be kept."""


class SelfChecked(Event, frozen=True):
    """The draft was searched for what would name its writer; `made` is false where that was not possible."""

    findings: tuple[Finding, ...] = ()
    made: bool = True


class HandedOver(Event, frozen=True):
    """The case is committed; the token may be shown."""

    desk: str
    #: `none`, `fallback` or `recovery`: who can open it now.
    escalation: str = "none"


class DeskUnreachable(Event, frozen=True):
    """What was asked for is kept but could not be carried out yet.

    `sealed`: the report is sealed and will be handed over by itself.
    """

    sealed: bool = False


class NobodyLeft(Event, frozen=True):
    """Nobody at the chosen desk may read the report; `others` can."""

    others: tuple[str, ...]


class TokenReady(Event, frozen=True):
    """A token that may have been shown before can be shown (again)."""


class Opened(Event, frozen=True):
    """The token opened its inbox; the letters stay in memory."""

    handle: str
    letters: int
    told: bool
    can_be_told: bool
    #: The person wanted to be told, but could not be reached where they wanted it: nothing is announced any more.
    unreached: bool = False
    #: Staff may have seen this token: it is replaced before anything is shown.
    provisional: bool = False
    #: A check-in waits for an answer.
    asked: bool = False
    #: What can be wished now about what was said before, and whether the survey may be answered.
    wishes: tuple[str, ...] = ()
    #: Which of the person's own letters, counted from 1, can be taken back.
    letters_kept: tuple[int, ...] = ()


class TokenRefused(Event, frozen=True):
    """No inbox behind that token: unknown, withdrawn, expired and never-existed alike."""


class TokenReplaced(Event, frozen=True):
    """The case store knows the new token and the old one no more; the new one may be shown."""


class InboxClosed(Event, frozen=True):
    """The opened inbox is no longer in memory (idle, or a restart): the token is needed again."""


class Sent(Event, frozen=True):
    """The reply is committed at the desk."""


class CheckInAnswered(Event, frozen=True):
    """The answer to a check-in is kept."""

    answer: str


class Wished(Event, frozen=True):
    """The desk has the wish."""

    about: str


class SurveyAnswered(Event, frozen=True):
    """The answers to the survey are counted."""


class ToldSet(Event, frozen=True):
    """Being told was switched."""

    on: bool


class Forgotten(Event, frozen=True):
    """The relay address and everything of this chat is gone."""


class Retracted(Event, frozen=True):
    """Messages of this chat were taken back, as far as the service let it."""

    gone: int
    left: int


class DraftEnding(Event, frozen=True):
    """What was begun here is deleted in about so many hours, unless the person goes on; 1 means within the hour."""

    hours: int


class CameLate(Event, frozen=True):
    """Somebody comes back to a talk that is no longer kept."""


class AnswerWaiting(Event, frozen=True):
    """The desk wrote to someone who wanted to be told here."""
