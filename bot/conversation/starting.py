"""Beginning a flow and changing over to another one, as rows of the flow table.

Whoever changes over keeps all answers: what the new flow asks as well is not asked again, and what it does not ask is
handed over beside. A concern, feedback and who one is can be said in an open inbox too: that draft goes to its case.
"""

from bot.conversation.rows import Given, On, Row, Then
from bot.conversation.session import State

S = State

#: Which flow somebody asks for.
FLOW_OF: dict[On, str] = {
    On.REPORT: "report",
    On.PICKED_REPORT: "report",
    On.PICKED_AS_REPORT: "report",
    On.CONSULT: "consultation",
    On.PICKED_CONSULT: "consultation",
    On.CONCERN: "concern",
    On.PICKED_CONCERN: "concern",
    On.FEEDBACK: "feedback",
    On.PICKED_FEEDBACK: "feedback",
    On.SUPERVISOR: "supervisor",
    On.PICKED_SUPERVISOR: "supervisor",
    On.APPROACH: "approach",
    On.PICKED_APPROACH: "approach",
    On.PICKED_IDENTITY: "identity",
}
#: Flows by command, and by command or option.
ORDERS = tuple(on for on in FLOW_OF if on.value.startswith("/"))
BEGINS = tuple(FLOW_OF)
#: What can be said about the case whose inbox is open.
FOR_CASE = (On.CONCERN, On.PICKED_CONCERN, On.FEEDBACK, On.PICKED_FEEDBACK, On.PICKED_IDENTITY)

_MENUS = (S.NEW, S.CHOOSING_MATTER)
_DRAFTS = (S.ASKING, S.CHECKING, S.CHANGING, S.WARNED, S.OFFERED_OTHERS)
_INBOX = (S.READING, S.REPLYING)

STARTING: tuple[Row, ...] = (
    Row(_MENUS, BEGINS, S.CHOOSING_LANGUAGE, (Then.BEGIN, Then.MOVE_REPLY, Then.GO_ON, Then.LEAVE), (),
        (Given.NO_LANGUAGE,)),
    Row(_MENUS, BEGINS, None, (Then.BEGIN, Then.MOVE_REPLY, Then.GO_ON)),
    Row((S.NEW,), (On.PICKED_OTHER,), S.CHOOSING_MATTER),
    Row((S.CHOOSING_MATTER,), (On.PICKED_BACK, On.BACK, On.CANCEL, On.SKIP, On.DONE, On.START), S.NEW),
    # A command that came before the language is not forgotten.
    Row((S.CHOOSING_LANGUAGE,), ORDERS, S.CHOOSING_LANGUAGE,
        (Then.RETURN, Then.BEGIN, Then.MOVE_REPLY, Then.GO_ON, Then.LEAVE), (),
        (Given.MENU_BENEATH, Given.NO_LANGUAGE)),
    Row((S.CHOOSING_LANGUAGE,), ORDERS, None, (Then.RETURN, Then.BEGIN, Then.MOVE_REPLY, Then.GO_ON), (),
        (Given.MENU_BENEATH,)),
    Row((*_DRAFTS, S.CANCELLING), ORDERS, say=("draft.already",), only_if=(Given.SAME_FLOW,)),
    # What is said for the eyes of a few must not be carried into a form that many read.
    Row(_DRAFTS, ORDERS, say=("draft.first",), only_if=(Given.SAYS_WHO,)),
    # What was begun for a case goes to that case.
    Row(_DRAFTS, (On.CONCERN, On.FEEDBACK), None, (Then.BEGIN_FOR_CASE, Then.GO_ON), ("draft.changed_over",),
        (Given.FOR_CASE,)),
    Row(_DRAFTS, ORDERS, None, (Then.BEGIN, Then.GO_ON), ("draft.changed_over",)),
    # Only there is it an option of the talk; elsewhere an organ may call something of its own so.
    Row((S.CHECKING,), (On.PICKED_AS_REPORT,), None, (Then.BEGIN, Then.GO_ON), ("draft.changed_over",)),
    Row(_INBOX, FOR_CASE, None, (Then.BEGIN_FOR_CASE, Then.GO_ON), (), (Given.AT_HOME,)),
    Row(_INBOX, FOR_CASE, say=("draft.first",)),
    Row((S.CHECKING,), (On.PICKED_HAND_OVER,), say=("hand_over.empty",), only_if=(Given.EMPTY_DRAFT,)),
    Row((S.CHECKING,), (On.PICKED_HAND_OVER,), None, (Then.GO_ON,), ("hand_over.missing",), (Given.MISSING,)),
    Row((S.CHECKING,), (On.PICKED_HAND_OVER,), S.WANTING_TOKEN, (Then.REST,), ("draft.needs_token",),
        (Given.FOR_CASE, Given.NO_INBOX)),
    # There is nothing in it but who they are.
    Row((S.CHECKING,), (On.PICKED_HAND_OVER,), S.SENDING, (Then.SEND_DRAFT,), (), (Given.FOR_CASE, Given.SAYS_WHO)),
    Row((S.SENDING,), (On.SENT,), S.OPENING, (Then.DROP_DRAFT, Then.REOPEN_INBOX), ("draft.sent",),
        (Given.SENDS_DRAFT,)),
    Row((S.SENDING,), (On.DESK_UNREACHABLE,), S.CHECKING, (), ("reply.unreachable",), (Given.SENDS_DRAFT,),
        tone="warning"),
    Row((S.SENDING,), (On.INBOX_CLOSED,), S.CHECKING, (Then.DROP_HANDLE,), ("inbox.timed_out",), (Given.SENDS_DRAFT,)),
    # What is on its way is not changed under way: it would be sent twice.
    Row((S.SENDING,), (On.BACK,), None, (), (), (Given.SENDS_DRAFT,)),
    # The token was sent again for this draft's sake.
    Row((S.OPENING,), (On.OPENED,), S.CHECKING, (Then.GO_HOME, Then.ENTER_INBOX), ("draft.for_case",),
        (Given.FOR_CASE, Given.NO_INBOX)),
    Row((S.CANCELLING,), (On.PICKED_YES,), S.NEW, (Then.WIPE_DRAFT,), ("cancel.done",),
        (Given.FOR_CASE, Given.DRAFT_BENEATH, Given.NO_INBOX)),
    Row((S.CANCELLING,), (On.PICKED_YES,), S.READING, (Then.WIPE_DRAFT,), ("cancel.done",),
        (Given.FOR_CASE, Given.DRAFT_BENEATH)),
    Row((S.NEW, S.CHOOSING_MATTER, S.WANTING_TOKEN, S.OPENING), (On.LOST,), S.LOSING_TOKEN, (Then.REST,),
        ("lost.plain", "lost.again")),
    Row((S.LOSING_TOKEN,), (On.LOST,), say=("lost.plain", "lost.again")),
    Row((S.LOSING_TOKEN,), (On.PICKED_AFRESH,), None, (Then.GO_HOME,), ("draft.already",), (Given.DRAFT,)),
    Row((S.LOSING_TOKEN,), (On.PICKED_AFRESH,), None, (Then.GO_HOME, Then.BEGIN_AFRESH, Then.GO_ON), (),
        (Given.AT_HOME,)),
    Row((S.LOSING_TOKEN,), (On.PICKED_AFRESH, On.PICKED_BACK, On.BACK, On.CANCEL, On.SKIP, On.DONE), None,
        (Then.GO_HOME,)),
)  # fmt: skip

#: Where no better row stands.
LOST_ELSEWHERE = Row(tuple(S), (On.LOST,), say=("lost.plain", "lost.again"))
#: An inbox is open, or a draft cannot be changed over now.
LATER = Row(tuple(S), ORDERS, say=("draft.first",))
