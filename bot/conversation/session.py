"""Where one talk stands. Sealed as a whole wherever it is stored; its shape may only grow fields with defaults."""

from enum import StrEnum

from msgspec import Struct

from bot.conversation.events import FileRef
from bot.conversation.findings import Finding

#: An answer: words, the value of one option, or the values of several.
Answer = str | list[str]


class State(StrEnum):
    """What is true of the talk now."""

    NEW = "new"
    """Nothing said yet, or everything done: the menu."""
    CHOOSING_MATTER = "choosing_matter"
    """Asked what else it is about than a report or a consultation."""
    CHOOSING_LANGUAGE = "choosing_language"
    """Asked for the language."""
    ASKING = "asking"
    """In the questions of a flow."""
    CHECKING = "checking"
    """Looking at the summary."""
    CHANGING = "changing"
    """Asked which answer of the summary to change."""
    HANDLING_FILE = "handling_file"
    """Asked what shall become of one file."""
    CANCELLING = "cancelling"
    """Asked whether to throw the draft away."""
    SEARCHING = "searching"
    """Being searched for what would name the writer."""
    WARNED = "warned"
    """Shown what would name the writer."""
    HANDING_OVER = "handing_over"
    """Being sealed and handed over."""
    WAITING = "waiting"
    """Sealed; the desk cannot be reached yet; handed over by itself later."""
    OFFERED_OTHERS = "offered_others"
    """Nobody at the chosen desk may read it; another desk is offered."""
    HOLDING_TOKEN = "holding_token"
    """Handed over; the token is shown until the person says it is saved."""
    CONFIRMING = "confirming"
    """The token is saved; its inbox is being opened for the first time."""
    OFFERED_TOLD = "offered_told"
    """Asked whether to be told of answers here."""
    WANTING_TOKEN = "wanting_token"
    """Asked for a reference token."""
    LOSING_TOKEN = "losing_token"
    """Told that a lost token cannot be brought back; asked whether to begin again."""
    OPENING = "opening"
    """A token is being looked up."""
    READING = "reading"
    """An inbox is open."""
    REPLYING = "replying"
    """Writing to the desk, or adding files."""
    SENDING = "sending"
    """The reply is on its way."""
    CHOOSING_STATEMENT = "choosing_statement"
    """Asked what is taken back of what was said."""
    CONFIRMING_WISH = "confirming_wish"
    """Asked whether the desk shall be told that something is taken back, or becomes a report."""
    SURVEYING = "surveying"
    """In the survey on the mechanism."""
    OFFERED_RENEWAL = "offered_renewal"
    """Asked whether a new token shall replace the one that opened the inbox."""
    RENEWING = "renewing"
    """The token is being replaced."""
    ENDING = "ending"
    """Told that the draft is soon past its time; asked whether to go on."""
    OFFERED_COPY = "offered_copy"
    """Told what a copy of the draft gives away; asked whether to have it all the same."""
    COPYING = "copying"
    """The copy is shown."""
    FORGETTING = "forgetting"
    """Asked whether to forget this chat."""


class Session(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person's talk in one chat."""

    state: State = State.NEW
    channel: str = ""
    #: `ja` or `en`; empty until chosen or guessed.
    language: str = ""
    #: The flow that the draft is in, and the version of its form that the answers were given to.
    flow: str = "report"
    form: int = 0
    group: str = ""
    at: str = ""
    answers: dict[str, Answer] = {}
    files: tuple[FileRef, ...] = ()
    #: Id of the file that is being chosen for.
    handling: str = ""
    #: The organ's own wording of what was answered, by catalogue key, and which of its questions ask who somebody is.
    labels: dict[str, str] = {}
    apart: tuple[str, ...] = ()
    #: Questions passed over on purpose.
    skipped: tuple[str, ...] = ()
    #: Back to the summary after this group.
    editing: bool = False
    #: Where to return to: the states left for a moment, innermost last, separated by spaces.
    before: str = ""
    reply: str = ""
    reply_files: tuple[FileRef, ...] = ()
    #: How many characters and files of the reply are on their way; what is added meanwhile waits for the next one.
    sending: int = 0
    sending_files: int = 0
    #: The opened inbox, held in memory by the dispatcher.
    handle: str = ""
    #: The reporter said, while writing, that they are in danger: staff see the report at once.
    danger: bool = False
    told: bool = False
    can_be_told: bool = False
    #: In the opened inbox a check-in waits for an answer.
    asked: bool = False
    #: What can be wished there, and which of the person's own letters, by number, can be taken back.
    wishes: tuple[str, ...] = ()
    letters_kept: tuple[int, ...] = ()
    #: What is wished, and about which letter, until it is confirmed.
    wish: str = ""
    letter: int = 0
    #: Of the survey, as far as it was answered; 0 for a question that was passed over.
    scores: tuple[int, ...] = ()
    others: tuple[str, ...] = ()
    desk: str = ""
    #: Set by the dispatcher alone, at hand-over; gone when the person says that the token is saved.
    submission: str = ""
    token: str = ""
    #: The resting place to go back to, while a token is being replaced and the new one is not confirmed as saved.
    renewing: str = ""
    #: Passages that would name the writer, as they were found last; checksums of those that the person called fine.
    findings: tuple[Finding, ...] = ()
    accepted: tuple[int, ...] = ()
    #: The question that is written anew because of such a passage.
    rewriting: str = ""
    #: How many hours the draft is still kept, as the dispatcher knew when the person last did something; 0 for unknown.
    hours_left: int = 0
    #: Number of the screen that stands; a form carries it in `Filled.turn`. Grows with each form, state and group.
    turn: int = 0
