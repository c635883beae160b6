"""What is answered in every state, as rows of the flow table: help and danger, what the mechanism is, words and files.

The last rows keep whatever was typed or sent, and show again where the person is.
"""

from bot.conversation.drafts_ending import CAME_LATE
from bot.conversation.renewing import ELSEWHERE
from bot.conversation.rows import Given, On, Row, Then
from bot.conversation.session import State
from bot.conversation.starting import LATER, LOST_ELSEWHERE
from bot.conversation.states import ALL, DRAFTING, FREE

S = State

ANYWHERE: tuple[Row, ...] = (
    Row(ALL, (On.HELP,), say=("help.words", "help.menu")),
    Row(
        DRAFTING, (On.DANGER,), None, (Then.MARK_DANGER,),
        ("danger.call", "danger.contact", "danger.marked"),
        tone="warning",
    ),
    Row(ALL, (On.DANGER,), say=("danger.call", "danger.contact"), tone="warning"),
    Row(ALL, (On.ABOUT,), say=("about.desk", "about.law", "about.addresses")),
    Row(ALL, (On.RULES,), None, (Then.SAY_RULES,)),
    Row(ALL, (On.RELIEF,), say=("relief.ways", "relief.presumption", "relief.tell")),
    Row(ALL, (On.PROCEDURE,), say=("procedure.steps", "procedure.days")),
    Row(ALL, (On.FIGURES,), say=("figures.where",)),
    CAME_LATE,
    LOST_ELSEWHERE,
    LATER,
    Row(ALL, (On.EXPOSURE,), None, (Then.SAY_EXPOSURE,)),
    Row(ALL, (On.STATUS,), None, (Then.SAY_STATUS,)),
    ELSEWHERE,
    # What is taken back is gone from the screen: a token nobody has written down must not go that way.
    Row(ALL, (On.CLEAR,), say=("forget.held",), only_if=(Given.HOME_HELD,)),
    Row(FREE, (On.CLEAR,), None, (Then.RETRACT,), (), (Given.CAN_CLEAR,)),
    Row(ALL, (On.CLEAR,), say=("clear.cannot",)),
    Row(ALL, (On.RETRACTED,), None, (Then.SAY_RETRACTED,)),
    Row(ALL, (On.ANSWER_WAITING,), say=("answer.waiting",)),
    Row(ALL, (On.SENT_NOTHING,), say=("hint.nothing",)),
    Row(ALL, (On.ATTACH_FAILED,), None, (Then.SAY_FILE_FAULT,)),
    Row(ALL, (On.MISTYPED_TOKEN,), None, (Then.SAY_MISTYPED,)),
    Row(ALL, (On.PICKED_LATE,), say=("hint.late",)),
    Row(ALL, (On.FILLED_LATE,), None, (Then.KEEP_LATE_FORM,)),
    Row(ALL, (On.DESK_UNREACHABLE,), say=("inbox.unreachable",), tone="warning"),
    Row(ALL, (On.SENT,), None, (Then.DROP_REPLY,), ("reply.sent",)),
    Row(ALL, (On.OPENED,), None, (Then.CLOSE_STRAY_INBOX,)),
    Row(ALL, (On.INBOX_CLOSED,), None, (Then.DROP_HANDLE,)),
    Row(DRAFTING, (On.WROTE, On.CORRECTED), None, (Then.KEEP_REPLY,), ("kept.reply",), (Given.REPLY_BENEATH,)),
    Row(DRAFTING, (On.ATTACHED,), None, (Then.KEEP_REPLY_FILE,), (), (Given.REPLY_BENEATH,)),
    Row(DRAFTING, (On.WROTE,), None, (Then.KEEP_REMARK,), ("kept.remark",)),
    # A message that was changed belonged to some question, and hardly to the one that is asked now.
    Row(DRAFTING, (On.CORRECTED,), None, (Then.KEEP_REMARK,), ("kept.correction",)),
    Row(DRAFTING, (On.ATTACHED,), None, (Then.KEEP_FILE,)),
    Row(
        (S.CHOOSING_LANGUAGE, S.WANTING_TOKEN), (On.WROTE, On.CORRECTED), None, (Then.KEEP_REMARK,), ("kept.remark",),
        (Given.DRAFT_BENEATH,),
    ),
    Row((S.CHOOSING_LANGUAGE, S.WANTING_TOKEN), (On.ATTACHED,), None, (Then.KEEP_FILE,), (), (Given.DRAFT_BENEATH,)),
    Row((S.WANTING_TOKEN,), (On.WROTE,), None, (Then.KEEP_REPLY,), ("token.none_found",)),
    Row(ALL, (On.WROTE, On.CORRECTED), None, (Then.KEEP_REPLY,), ("kept.reply",)),
    Row(ALL, (On.ATTACHED,), None, (Then.KEEP_REPLY_FILE,)),
    # Nothing better to say: show again where the person is.
    Row(ALL, tuple(On)),
)  # fmt: skip
