"""The survey, for whoever was given a code: a form without a script, a cookie or a name.

The code is typed and never stands in an address, so that no history and no log holds it.
"""

from collections.abc import Callable, Mapping

from aiohttp import web

from bot.channels.web.handlers import Handlers
from bot.channels.web.headers import is_ours
from bot.channels.web.public.board import Board
from bot.channels.web.public.words import load_words
from bot.channels.web.site import Site
from bot.ports.desk import DeskError

#: The questions, in their order; each is answered from 1 (not at all) to 5 (fully).
QUESTIONS = ("clear", "safe", "taken_seriously", "would_again")
SCORES = ("1", "2", "3", "4", "5")
#: Codes are hexadecimal digits; people type them with spaces and in capitals too.
_LONGEST_CODE = 64


class SurveyPage:
    """The form, and what becomes of it."""

    def __init__(self, handlers: Handlers, site: Callable[[], Site], board: Board | None) -> None:
        self._handlers = handlers
        self._site = site
        self._board = board

    def add_to(self, app: web.Application) -> None:
        """Mount the address."""
        app.router.add_get("/public/survey", self.form)
        app.router.add_post("/public/survey", self.answer)

    async def form(self, request: web.Request) -> web.Response:
        """Show the questions."""
        return await self._show(request)

    async def answer(self, request: web.Request) -> web.Response:
        """Take the answers; what was ticked stays ticked where they are not taken."""
        sent = {name: str(value) for name, value in (await request.post()).items()}
        scores = {question: int(sent[question]) for question in QUESTIONS if sent.get(question) in SCORES}
        code = "".join(sent.get("code", "").split()).lower()
        if not is_ours(request) or not scores or not 0 < len(code) <= _LONGEST_CODE:
            return await self._show(request, "incomplete", sent, status=400)
        try:
            taken = self._board is not None and await self._board.answer_survey(code, scores)
        except DeskError:
            return await self._show(request, "later", sent, status=503)
        if not taken:
            return await self._show(request, "unknown", sent, status=403)
        return await self._show(request, "thanks")

    async def _show(
        self, request: web.Request, said: str = "", sent: Mapping[str, str] | None = None, status: int = 200
    ) -> web.Response:
        asked = request.query.get("lang", "")
        words = load_words().get(asked) or load_words()[await self._handlers.language(request)]
        return self._handlers.pages.show(
            "public_survey.html",
            words.language,
            self._site(),
            status=status,
            say=words.say,
            said=said,
            sent=sent or {},
            questions=QUESTIONS,
            scores=SCORES,
        )
