"""The terminal's side of the bot: one JSON endpoint on a Unix socket, `POST /talk`.

Whoever can open the socket is trusted to say which talk is theirs, hence it is never mounted on a port. The answer is
text blocks in reading order. A broken request is answered 400; nothing in it is logged.
"""

import json

import msgspec
import structlog
from aiohttp import web

from bot.channels.render import blocks
from bot.channels.wording import Wording
from bot.conversation.effects import Ask
from bot.conversation.events import Attached, AttachFailed, Command, Commanded, Event, Said, SentNothing
from bot.ports.talking import Happened, Inlet, View
from bot.ports.world import Chance

CHANNEL = "terminal"

_log = structlog.get_logger()

#: Base64 is a third larger than the file; the rest is room for long words.
_ROOM = 16 * 2**20


class TalkFile(msgspec.Struct, frozen=True):
    """A file from the person's machine; `data` is base64 in JSON."""

    name: str
    media_type: str
    data: bytes


class TalkRequest(msgspec.Struct, frozen=True):
    """What a person typed. No text and no file: only look. An empty `address` asks for a new talk."""

    address: str = ""
    #: There has been an answer in this talk before.
    returning: bool = False
    #: One a request and talk; the same again changes nothing.
    event_id: str = ""
    text: str | None = None
    files: list[TalkFile] = []


class TalkAnswer(msgspec.Struct, frozen=True):
    """The screen. Fields may be added, none may change its meaning: clients of other versions read it."""

    #: Comes with the next request; empty when everything about this talk is gone.
    address: str
    turn: int
    text: tuple[str, ...]
    #: Something is under way: look again in a while.
    waiting: bool
    #: Nothing is being asked.
    done: bool
    #: The reference token, which also stands among the blocks.
    token: str = ""


def routes(inlet: Inlet, wording: Wording, chance: Chance, max_file_mib: int) -> web.Application:
    """Return the application to serve on the Unix socket."""
    app = web.Application(client_max_size=_ROOM + 2 * max_file_mib * 2**20)
    app.router.add_post("/talk", Terminal(inlet, wording, chance, max_file_mib).talk)
    return app


class Terminal:
    """Reads requests, brings them to the inlet, writes the screen."""

    def __init__(self, inlet: Inlet, wording: Wording, chance: Chance, max_file_mib: int) -> None:
        self._inlet = inlet
        self._wording = wording
        self._chance = chance
        self._max_file_mib = max_file_mib
        self._decode = msgspec.json.Decoder(TalkRequest).decode
        self._encode = msgspec.json.Encoder().encode

    async def talk(self, request: web.Request) -> web.Response:
        """Take one request; 400 when it is not one, 413 when it is over the limit, 503 when it could not be stored."""
        body = await request.read()
        try:
            asked = self._decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            mended = _without_surrogates(body)
            if mended is None:
                return web.Response(status=400, text="not a talk request\n")
            asked = mended
        address = asked.address or self._chance.bytes(16).hex()
        try:
            view = await self._step(address, asked)
        except Exception as fault:  # noqa: BLE001 - whatever broke, the client is told to try again
            _log.error("talk_failed", kind=type(fault).__name__)
            return web.Response(status=503)
        return web.Response(body=self._encode(self._answer(address, view)), content_type="application/json")

    async def _step(self, address: str, asked: TalkRequest) -> View:
        event_id = asked.event_id or self._chance.bytes(16).hex()
        if asked.text is None and not asked.files:
            view = await self._inlet.look(CHANNEL, address)
            if view.items:
                return view
            start = Commanded(command=Command.START)
            asked_in = Happened(event_id=event_id, events=(start,), returning=asked.returning)
            return await self._inlet.receive(CHANNEL, address, asked_in)
        events = [await self._file(address, file) for file in asked.files]
        if asked.text is not None:
            events.append(Said(text=asked.text) if asked.text.strip() else SentNothing())
        happened = Happened(event_id=event_id, events=events, returning=asked.returning)
        return await self._inlet.receive(CHANNEL, address, happened)

    async def _file(self, address: str, file: TalkFile) -> Event:
        if len(file.data) > self._max_file_mib * 2**20:
            return AttachFailed(reason="too_large", limit_mib=self._max_file_mib)
        return Attached(file=await self._inlet.keep_file(CHANNEL, address, file.name, file.media_type, file.data))

    def _answer(self, address: str, view: View) -> TalkAnswer:
        return TalkAnswer(
            address="" if view.over else address,
            turn=view.turn,
            text=blocks(view, self._wording),
            waiting=view.waiting,
            done=not view.waiting and not any(isinstance(item, Ask) for item in view.items),
            token=view.token,
        )


def _without_surrogates(body: bytes) -> TalkRequest | None:
    """Read a request in which lone surrogates are escaped, which stand for no character; None when it is none."""
    try:
        words = json.dumps(json.loads(body.decode("utf-8", "replace")), ensure_ascii=False)
        sound = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return msgspec.json.decode(sound.encode(), type=TalkRequest)
    except (ValueError, RecursionError):
        return None
