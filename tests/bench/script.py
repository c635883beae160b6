"""What the reporter of the benchmark says, line by line, from the first word to the summary.

A real report's proportions: mostly short answers, a story of some length, a few sentences of evidence. Which option
stands behind a number is the form's affair; that the script leads to a token is tried out before anything is measured.
"""

import asyncio
import time
from itertools import count

from tests.bench.wire import LOOK, Connection, Request

_STORY = (
    "去年の秋から、課の備品購入で、実際には納品されていない物品の請求書が毎月回ってきています。"
    "わたしは検収の印を押す係ですが、現物を見せてほしいと頼むたびに、係長から「いいから押しておいて」と言われます。"
    "金額は一回に三十万円から五十万円ほどで、業者はいつも同じ会社です。\n\n"
    "十月の請求書では、品名が「事務用機器一式」となっていましたが、倉庫にも執務室にも新しい機器はありませんでした。"
    "課内の何人かは気づいていると思いますが、だれも口に出しません。このまま印を押し続けることはできません。\n\n"
) * 2

#: One line a question, in the order in which a chat asks them.
ANSWERS = (
    "report",
    "日本語",
    "1",  # go on, having read who can see what
    "1",  # anonymous
    "1",  # staff
    "1",  # in my own words
    _STORY,
    "請求書の写しが手もとに四枚あります。検収調書の控えは係長の机にあるはずです。",
    "/done",  # no files
    "同じ課の同僚が一人、事情を知っています。名前はまだ書きません。",
    "いいえ。どこにも相談していません。",
    "/skip",  # nothing else to remark
    "1",  # a law is broken
    "1",  # the first desk
    "/skip",  # nobody by name
    "/skip",  # nobody else
    "2",  # no explanation, thank you
)
SCRIPT = tuple(Request.saying(str(number), text) for number, text in enumerate(ANSWERS))

#: Said at the summary.
HAND_OVER = Request.saying("hand-over", "1")

#: Seconds after which a report that still waits for the case store counts as lost.
_PATIENCE = 60

_numbers = count(1)


class UnexpectedScreenError(Exception):
    """The script no longer fits the form: somebody changed the questions and must change `ANSWERS` likewise."""


def new_address() -> bytes:
    """Return the address of a talk that nobody has had."""
    return b"%032x" % next(_numbers)


async def rehearse(connection: Connection) -> tuple[dict[str, bytes], str]:
    """Play the script once, to its token: the bodies of all answers up to the summary, by event id, and the token.

    Raises `UnexpectedScreenError` where the script ends elsewhere.
    """
    address = new_address()
    bodies = {str(number): await connection.ask(line.by(address)) for number, line in enumerate(SCRIPT)}
    screen = await connection.screen(LOOK.by(address))
    token = await hand_over(connection, address)
    if not token:
        raise UnexpectedScreenError("\n\n".join(screen.text))
    return bodies, token


async def hand_over(connection: Connection, address: bytes) -> str:
    """Hand over the draft of a talk that shows its summary; return the token, or nothing where none appears."""
    screen = await connection.screen(HAND_OVER.by(address))
    until = time.monotonic() + _PATIENCE
    while screen.waiting and not screen.token and time.monotonic() < until:
        await asyncio.sleep(0.05)
        screen = await connection.screen(LOOK.by(address))
    return screen.token
