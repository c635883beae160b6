"""What a step asks for. Visible effects are shown by a channel; acts are carried out and come back as events.

Imperative throughout. Texts are keys of the catalogue with their parameters; words of the person are passed as they
are.
"""

from msgspec import Struct

from bot.conversation.events import FileRef


class Text(Struct, frozen=True, omit_defaults=True):
    """A catalogue key and what fills its placeholders. A parameter that starts with `@` is itself a key."""

    key: str
    params: dict[str, str] = {}


class Effect(Struct, frozen=True, tag=True, omit_defaults=True):
    """Base of all effects."""


class Visible(Effect, frozen=True, tag=True):
    """Shown to the person, and kept as the screen they come back to."""


class Act(Effect, frozen=True, tag=True):
    """Carried out by the dispatcher; its outcome is an event."""


class Option(Struct, frozen=True, omit_defaults=True):
    """One way to answer: `value` comes back in `Chose`. The label is a catalogue text; for a desk or a name, words."""

    value: str
    label: Text | None = None
    words: str = ""


class Question(Struct, frozen=True, omit_defaults=True):
    """One question as a channel must put it."""

    id: str
    #: line | text | choice | many | files
    kind: str
    prompt: Text
    hint: Text | None = None
    options: tuple[Option, ...] = ()
    #: What stands there already (editing, an old tab, back).
    answer: str | list[str] = ""
    files: tuple[FileRef, ...] = ()
    skippable: bool = True


class Say(Visible, frozen=True):
    """One message."""

    text: Text
    #: plain | notice | warning | good
    tone: str = "plain"


class Ask(Visible, frozen=True):
    """A group of questions. A form shows all of them; a chat asks `questions[at]`.

    `step` of `steps` is what the person sees as progress; 0 where it makes no sense.
    `commands` are the buttons offered besides.
    """

    group: str
    questions: tuple[Question, ...]
    at: int = 0
    step: int = 0
    steps: int = 0
    title: Text | None = None
    commands: tuple[str, ...] = ()


class Line(Struct, frozen=True, omit_defaults=True):
    """One answer in the summary, editable under its question's id."""

    question: str
    label: Text
    words: str = ""
    options: tuple[Option, ...] = ()
    files: tuple[FileRef, ...] = ()


class ShowSummary(Visible, frozen=True):
    """All answers, before handing over."""

    lines: tuple[Line, ...]


class ShowToken(Visible, frozen=True):
    """The reference token. It is not in the effect: the channel's view takes it from the sealed session."""


class ShowCopy(Visible, frozen=True):
    """A copy of the draft, for its writer. It is not in the effect: the view takes it from the sealed session."""


class ShowInbox(Visible, frozen=True):
    """The desk's letters. They are not in the effect: the view takes them from memory."""

    handle: str


class HandOver(Act, frozen=True):
    """Seal the draft and give it to the case store.

    `desk` is where; `anyone` allows the fallback desk or the recovery key.
    """

    desk: str
    anyone: bool = False


class CheckSelf(Act, frozen=True):
    """Search the draft for what would name its writer. `SelfChecked` comes back, whatever happens."""


class OpenInbox(Act, frozen=True):
    """Open what the token under `handle` opens. Never stored: after a crash the token is asked for again."""

    handle: str


class Send(Act, frozen=True):
    """Send the reply in the session to the desk. The words stay in the session until `Sent`."""

    handle: str


class SendDraft(Act, frozen=True):
    """Send the draft's answers to the desk as a letter of the open case. They stay in the session until `Sent`."""

    handle: str


class ConfirmSaved(Act, frozen=True):
    """The person has the token: take it out of the session.

    For a short while it stays in memory under a handle (`Opened` comes back).
    """


class RenewToken(Act, frozen=True):
    """Put a new token in place of the one behind `handle`. It is shown when `TokenReplaced` comes back."""

    handle: str


class AnswerCheckIn(Act, frozen=True):
    """Tell the desk how the person is treated: `fine`, `badly`, or `stop` for being asked no more."""

    handle: str
    answer: str


class Wish(Act, frozen=True):
    """Tell the desk what is wished about something said before: that it is taken back, or becomes a report.

    `letter` counts the reporter's own letters from 1; 0 is the whole matter.
    """

    handle: str
    about: str
    letter: int = 0


class AnswerSurvey(Act, frozen=True):
    """Count what the person thinks of the mechanism, by question, from 1 to 5."""

    handle: str
    scores: dict[str, int]


class SetTold(Act, frozen=True):
    """Be told of answers in this chat, or no longer."""

    handle: str
    on: bool


class Forget(Act, frozen=True):
    """Delete the relay address of this chat's case, if any, and this chat's session."""

    handle: str = ""


class Retract(Act, frozen=True):
    """Delete the messages of both sides from this chat, as far as the service lets it."""


class CloseInbox(Act, frozen=True):
    """Drop the opened inbox and its token from memory."""

    handle: str


class WipeDraft(Act, frozen=True):
    """Delete for good what a cancelled draft or reply left behind, its files too.

    Its words are gone from the session.
    """
