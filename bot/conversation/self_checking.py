"""The look for what would name the writer, as rows of the flow table: before a draft without a name is handed over.

What is found is shown where it stands. The person leaves it out with one tap, writes the answer anew, or says that it
is fine; what they called fine is not asked about again. Whoever changed the last of it sees the summary once more.
Where nothing can be searched, the draft is handed over all the same, and they are told.
"""

from bot.conversation.rows import Given, On, Row, Then
from bot.conversation.session import State

S = State

_ASIDE = (On.BACK, On.SKIP, On.DONE)

SELF_CHECKING: tuple[Row, ...] = (
    Row((S.CHECKING,), (On.PICKED_HAND_OVER,), S.SEARCHING, (Then.END_REWRITING, Then.CHECK_SELF), (),
        (Given.UNNAMED,)),
    Row((S.CHECKING,), (On.PICKED_HAND_OVER,), S.SENDING, (Then.SEND_DRAFT,), (), (Given.FOR_CASE,)),
    Row((S.SEARCHING,), (On.SELF_CHECKED,), S.WARNED, (Then.KEEP_FINDINGS,), (), (Given.FOUND,)),
    Row((S.SEARCHING,), (On.SELF_CHECKED,), S.CHECKING, (Then.END_REWRITING,), (), (Given.REWRITTEN, Given.UNSEARCHED)),
    Row((S.SEARCHING,), (On.SELF_CHECKED,), S.CHECKING, (Then.END_REWRITING,), ("self_check.none_left",),
        (Given.REWRITTEN,)),
    # Whether a case bears a name is not known here: what is added to it is searched like a report without one.
    Row((S.SEARCHING,), (On.SELF_CHECKED,), S.SENDING, (Then.SEND_DRAFT,), ("self_check.not_made",),
        (Given.FOR_CASE, Given.UNSEARCHED), tone="notice"),
    Row((S.SEARCHING,), (On.SELF_CHECKED,), S.SENDING, (Then.SEND_DRAFT,), (), (Given.FOR_CASE,)),
    Row((S.SEARCHING,), (On.SELF_CHECKED,), S.HANDING_OVER, (Then.HAND_OVER,), ("self_check.not_made",),
        (Given.UNSEARCHED,), tone="notice"),
    Row((S.SEARCHING,), (On.SELF_CHECKED,), S.HANDING_OVER, (Then.HAND_OVER,)),
    Row((S.SEARCHING,), (On.BACK, On.CANCEL), S.CHECKING, (Then.END_REWRITING,)),
    Row((S.WARNED,), (On.PICKED,), None, (Then.LEAVE_OUT,), (), (Given.LEAVES_OUT,)),
    Row((S.WARNED,), (On.PICKED,), None, (Then.REWRITE_ANSWER,)),
    Row((S.WARNED,), (On.PICKED_LEAVE_ALL,), None, (Then.LEAVE_ALL,)),
    Row((S.WARNED,), (On.PICKED_MORE,), None, (Then.SHOW_MORE,)),
    # A needed answer may have been emptied while it was written anew.
    Row((S.WARNED,), (On.PICKED_AS_IT_IS,), S.CHECKING, (Then.END_REWRITING,), ("hand_over.empty",),
        (Given.EMPTY_DRAFT,)),
    Row((S.WARNED,), (On.PICKED_AS_IT_IS,), None, (Then.END_REWRITING, Then.GO_ON), ("hand_over.missing",),
        (Given.MISSING,)),
    # What was added meanwhile has not been searched.
    Row((S.WARNED,), (On.PICKED_AS_IT_IS,), S.SEARCHING, (Then.ACCEPT, Then.END_REWRITING, Then.CHECK_SELF)),
    Row((S.WARNED,), _ASIDE, S.CHECKING, (Then.END_REWRITING,)),
    Row((S.WARNED,), (On.CANCEL,), S.CANCELLING, (Then.LEAVE,)),
    Row((S.ASKING,), (On.WROTE,), None, (Then.ANSWER_ANEW, Then.CHECK_AGAIN), (), (Given.REWRITING,)),
    Row((S.ASKING,), (On.FILLED,), None, (Then.FILL, Then.CHECK_AGAIN), (), (Given.REWRITING,)),
    Row((S.ASKING,), _ASIDE, None, (Then.STEP_BACK, Then.CHECK_AGAIN), (), (Given.REWRITING,)),
)  # fmt: skip
"""Its exceptions stand above the plain hand-over and the plain answers, below what keeps a draft from being ready."""
