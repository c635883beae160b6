"""Random walks through the talk, by a person who does anything and a desk that answers in any way.

No walk loses a word or a file, hands a draft over twice, or stands where there is no way on.
"""

from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from bot.conversation.effects import (
    Act,
    AnswerCheckIn,
    AnswerSurvey,
    CheckSelf,
    ConfirmSaved,
    Forget,
    HandOver,
    OpenInbox,
    RenewToken,
    Send,
    SendDraft,
    SetTold,
    WipeDraft,
    Wish,
)
from bot.conversation.events import (
    AnswerWaiting,
    Attached,
    CheckInAnswered,
    Chose,
    Command,
    Commanded,
    DeskUnreachable,
    DraftEnding,
    Event,
    FileRef,
    Filled,
    Forgotten,
    HandedOver,
    InboxClosed,
    NobodyLeft,
    Opened,
    Said,
    SelfChecked,
    Sent,
    ShowedToken,
    SurveyAnswered,
    TokenReady,
    TokenRefused,
    TokenReplaced,
    ToldSet,
    Wished,
)
from bot.conversation.findings import Finding
from bot.conversation.passages import is_rewriting
from bot.conversation.session import Session, State
from tests.support.talk import Talk

#: Acts that the talk waits for.
AWAITED = (CheckSelf, HandOver, OpenInbox, AnswerCheckIn, Send, SendDraft, ConfirmSaved, RenewToken, SetTold, Forget,
           Wish, AnswerSurvey)  # fmt: skip

#: Commands that begin a flow.
FLOW_COMMANDS = (
    Command.REPORT, Command.CONSULT, Command.CONCERN, Command.FEEDBACK, Command.SUPERVISOR, Command.APPROACH,
)  # fmt: skip

#: Commands that throw nothing away by themselves.
HARMLESS = [command for command in Command if command is not Command.REWRITE]


class Walk(RuleBasedStateMachine):
    """One talk, with a record of everything that was typed or sent and has not left it on purpose."""

    def __init__(self) -> None:
        """Begin with nothing said and no language known."""
        super().__init__()
        self.talk = Talk(Session(channel="web"))
        self.talk.finds = None
        self.numbers = count(1)
        self.kept: set[str] = set()
        self.pending: list[Act] = []
        self.old_form: Filled | None = None
        self.does(Commanded(Command.START))

    def does(self, event: Event) -> None:
        """Take one event, and look at what the talk then asks for."""
        before = self.talk.session
        self.talk.does(event)
        for act in self.talk.acts:
            if isinstance(act, HandOver):
                assert not any(isinstance(each, HandOver) for each in self.pending), "handed over twice"
                assert before.state in (State.CHECKING, State.SEARCHING, State.OFFERED_OTHERS)
            if isinstance(act, WipeDraft):
                asked = (State.CANCELLING, State.FORGETTING, State.ENDING)
                assert before.state in asked, "wiped without a question"
                self.leaves(before.answers, before.files)
                if before.state is not State.CANCELLING:
                    self.kept.clear()
            self.pending += [act] if isinstance(act, AWAITED) else []

    def leaves(self, *gone: object) -> None:
        """These words and files have left the session on purpose."""
        self.kept -= {mark for mark in self.kept if mark in str(gone)}

    def typed(self) -> str:
        """A sentence unlike any other, to be found again."""
        mark = f"words-{next(self.numbers)}-end"
        self.kept.add(mark)
        return mark

    @initialize(order=st.sampled_from([None, *FLOW_COMMANDS]), case=st.booleans())
    def begins(self, order: Command | None, case: bool) -> None:
        """Some begin at the first screen, some with a flow in mind, some with a case open."""
        if case:
            self.does(ShowedToken("h0"))
            self.the_desk_opens()
        if order:
            self.does(Chose("language", "en"))
            self.does(Commanded(order))

    def the_desk_opens(self) -> None:
        """Whatever waits is an inbox, and it opens."""
        self.pending.clear()
        self.does(self.opened())

    # --- the person ---

    @rule()
    def writes(self) -> None:
        """Words, wherever they fall; an answer that is written anew makes way for them."""
        if is_rewriting(self.talk.session):
            self.leaves(self.talk.session.answers.get(self.talk.session.at))
        self.does(Said(self.typed()))

    @rule(number=st.integers(1, 4))
    def types_a_number(self, number: int) -> None:
        """An option by its number; where there is none, it is words that nobody misses."""
        reply, answers = self.talk.session.reply, self.talk.session.answers
        left_out = self.talk.state is State.WARNED and self.talk.options[number - 1 : number] != ["as_it_is"]
        if left_out or is_rewriting(self.talk.session):
            self.leaves(answers)
        if self.talk.state is State.CANCELLING and self.talk.options[number - 1 : number] == ["yes"]:
            self.leaves(
                *((reply, self.talk.session.reply_files) if "replying" in self.talk.session.before else (answers,))
            )
        self.does(Said(str(number)))

    @rule(command=st.sampled_from(HARMLESS))
    def orders(self, command: Command) -> None:
        """Any command at any point."""
        self.does(Commanded(command))

    @rule(data=st.data())
    def taps(self, data: st.DataObject) -> None:
        """Any option on offer."""
        options = self.talk.options
        if options:
            option = data.draw(st.sampled_from(options))
            session = self.talk.session
            if option.startswith("leave_"):
                self.leaves(session.answers)
            if self.talk.state is State.CANCELLING and option == "yes" and "replying" in session.before:
                self.leaves(session.reply, session.reply_files)
            self.does(Chose(self.talk.question.id, option))

    @rule(data=st.data(), then=st.sampled_from(["next", "back", "skip", "help", "cancel", "done", "language"]))
    def fills(self, data: st.DataObject, then: str) -> None:
        """The form on the screen, with words added to every field that takes them."""
        ask = self.talk.ask
        answers: dict[str, str | list[str]] = {}
        for question in ask.questions:
            if question.kind in ("line", "text"):
                answers[question.id] = (
                    f"{question.answer} {self.typed()}" if data.draw(st.booleans()) else question.answer
                )
            elif question.kind == "many" and question.options:
                answers[question.id] = [question.options[0].value]
        form = Filled(ask.group, answers, then, self.talk.session.turn)
        self.old_form = form
        self.does(form)

    @precondition(lambda self: self.old_form is not None)
    @rule()
    def sends_an_old_form(self) -> None:
        """From a tab that was left open, with words in a field for words."""
        if self.old_form is not None:
            words: dict[str, str | list[str]] = {
                name: self.typed() for name, value in self.old_form.answers.items() if isinstance(value, str)
            }
            self.does(Filled(self.old_form.group, words, "next", self.old_form.turn))

    @rule()
    def attaches(self) -> None:
        """A file, wherever it falls."""
        mark = self.typed()
        self.does(Attached(FileRef(mark, f"{mark}.txt", "text/plain", 1, b"k", b"d")))

    @rule(words=st.booleans())
    def shows_a_token(self, words: bool) -> None:
        """With or without words beside it."""
        self.does(ShowedToken(f"h{next(self.numbers)}", self.typed() if words else ""))

    @rule(event=st.sampled_from([AnswerWaiting(), TokenReady(), InboxClosed(), DeskUnreachable(), DraftEnding(3)]))
    def happens(self, event: Event) -> None:
        """Something nobody caused; what is under way may fail by it."""
        unsealed = self.talk.state is State.HANDING_OVER
        if not (unsealed and isinstance(event, DeskUnreachable)):
            self.does(event)

    # --- the desk ---

    @precondition(lambda self: self.pending)
    @rule(data=st.data())
    def the_desk_answers(self, data: st.DataObject) -> None:
        """The oldest act that is under way comes to some end."""
        act = self.pending.pop(0)
        outcome = data.draw(st.sampled_from(self.outcomes(act)))
        session = self.talk.session
        if isinstance(outcome, HandedOver) or outcome == DeskUnreachable(sealed=True):
            self.leaves(session.answers, session.files)
        if isinstance(outcome, Sent) and isinstance(act, SendDraft):
            self.leaves(session.answers, session.files)
        elif isinstance(outcome, Sent):
            sent = session.reply[: session.sending], session.reply_files[: session.sending_files]
            self.leaves(*sent)
        if outcome == DeskUnreachable(sealed=True):
            self.pending.insert(0, act)
        self.does(outcome)

    def outcomes(self, act: Act) -> list[Event]:
        """What can become of an act; one that is sealed can only be handed over, sooner or later."""
        if isinstance(act, HandOver) and not self.talk.session.answers and not self.talk.session.files:
            return [HandedOver(act.desk)]
        ends: dict[type[Act], list[Event]] = {
            CheckSelf: [SelfChecked(), SelfChecked(made=False), SelfChecked(self.findings())],
            HandOver: [HandedOver("naibu"), DeskUnreachable(), DeskUnreachable(sealed=True), NobodyLeft(("gaibu",))],
            OpenInbox: [
                self.opened(),
                self.opened(provisional=True),
                self.opened(asked=True),
                TokenRefused(),
                DeskUnreachable(),
                InboxClosed(),
            ],
            RenewToken: [
                TokenReplaced(),
                DeskUnreachable(sealed=True),
                DeskUnreachable(),
                TokenRefused(),
                InboxClosed(),
            ],
            ConfirmSaved: [self.opened(), InboxClosed()],
            SendDraft: [Sent(), DeskUnreachable(), InboxClosed()],
            Send: [Sent(), DeskUnreachable(), InboxClosed()],
            AnswerCheckIn: [CheckInAnswered("fine"), CheckInAnswered("badly"), DeskUnreachable(), InboxClosed()],
            SetTold: [ToldSet(on=True), DeskUnreachable(), InboxClosed()],
            Wish: [Wished(getattr(act, "about", "")), DeskUnreachable(), InboxClosed()],
            AnswerSurvey: [SurveyAnswered(), DeskUnreachable(), InboxClosed()],
            Forget: [Forgotten()],
        }
        return ends[type(act)]

    def findings(self) -> tuple[Finding, ...]:
        """Something in the middle of every answer that is words."""
        return tuple(Finding(at, 1, 4, "name") for at, it in self.talk.session.answers.items() if isinstance(it, str))

    def opened(self, *, provisional: bool = False, asked: bool = False) -> Opened:
        """An inbox with a letter in it."""
        handle = f"o{next(self.numbers)}"
        made = Opened(handle, 1, told=False, can_be_told=True, provisional=provisional, asked=asked)
        return replace(made, wishes=("withdraw_statement", "withdraw_report", "survey"), letters_kept=(1, 3))

    # --- what must always hold ---

    @invariant()
    def nothing_is_lost(self) -> None:
        """Everything typed or sent is still in the session, or left it on purpose."""
        session = self.talk.session
        everything = str((session.answers, session.files, session.reply, session.reply_files))
        assert [mark for mark in self.kept if mark not in everything] == []

    @invariant()
    def there_is_a_way_on(self) -> None:
        """A question stands on the screen, with an option, a field or a command."""
        question = self.talk.question
        assert question.options or question.kind in ("line", "text", "files") or self.talk.ask.commands

    @invariant()
    def resting_places_remember_nothing(self) -> None:
        """Where nothing is left for a moment, nothing is remembered."""
        if self.talk.state in (State.NEW, State.ASKING, State.CHECKING, State.HOLDING_TOKEN, State.WAITING):
            assert self.talk.session.before == ""


TestWalk = Walk.TestCase
TestWalk.settings = settings(stateful_step_count=40)
