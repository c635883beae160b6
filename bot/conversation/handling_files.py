"""Choosing what becomes of one file, as rows of the flow table.

Nobody is asked for each of many photos: every file goes cleaned unless the person picks it from the list of what is
kept. Words and further files that come meanwhile are kept as anywhere.
"""

from bot.conversation.rows import Given, On, Row, Then
from bot.conversation.session import State

S = State

_STEP_ASIDE = (On.PICKED_BACK, On.BACK, On.CANCEL, On.SKIP, On.DONE)

HANDLING_FILES: tuple[Row, ...] = (
    Row((S.ASKING, S.REPLYING), (On.PICKED, On.WROTE), S.HANDLING_FILE, (Then.LEAVE, Then.TAKE_UP_FILE), (),
        (Given.FILE_MEANT,)),
    Row((S.HANDLING_FILE,), (On.PICKED,), None, (Then.HANDLE_FILE, Then.RETURN)),
    Row((S.HANDLING_FILE,), _STEP_ASIDE, None, (Then.RETURN,)),
)  # fmt: skip
