"""The terminal client: talks to a running bot over its Unix socket, by keyboard or with a pipe on stdin.

It holds no state but the name of its talk, which the bot gives it, and writes nothing to disk. At a keyboard, lines are
edited with history off, so that no word of a report stays in a history file.
"""

import asyncio
import mimetypes
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from http import HTTPStatus
from io import BytesIO
from itertools import count
from pathlib import Path
from unicodedata import category

import aiohttp
import msgspec
from msgspec.structs import replace
from prompt_toolkit import PromptSession
from prompt_toolkit.history import DummyHistory
from rich.console import Console
from rich.text import Text

from bot.channels.terminal import TalkAnswer, TalkFile, TalkRequest

#: Where the bot's Unix socket is spoken to; the host name in it is never resolved.
_URL = "http://bot/talk"

_ATTACH = "/attach"

#: Seconds between tries while the bot's store is down.
_PAUSES = (0.3, 1, 3, 6)

_NO_BOT = (
    "窓口のボットが動いていません。`madoguchi run` で起動してから、もう一度お試しください。\n"
    "The bot is not running. Start it with `madoguchi run` and try again."
)
_LOST = (
    "ボットとの接続が切れました。もう一度つないでください。照会番号がまだの場合、通報は送られていないことがあります。\n"
    "The connection to the bot broke. Please connect again; "
    "without a reference token the report may not have been handed over."
)
_NO_FILE = "そのファイルは読めません / That file cannot be read: {path}"
_NOT_TAKEN = (
    "いま、その行を受け取れたか分かりません。それまでの分は残っています。"
    "少し待って Enter だけを押すと、いまの画面が出ます。入っていなければ、もう一度入力してください。\n"
    "It is not clear whether that line was taken; what came before it is kept. "
    "Wait a moment and press Enter to see where you are. If the line is missing there, please type it again."
)
_STILL_WAITING = "まだ処理中です… / Still working…"


class NoBotError(Exception):
    """Whoever runs the machine must act: nothing listens on the socket."""


class Client:
    """One talk with the bot."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http
        self._address = ""
        self._ids = count(1)

    async def look(self) -> TalkAnswer:
        """Return the present screen."""
        return await self._post(TalkRequest(address=self._address))

    async def say(self, line: str) -> TalkAnswer:
        """Send one line as an answer."""
        return await self._post(TalkRequest(address=self._address, event_id=self._next(), text=_encodable(line)))

    async def attach(self, path: Path) -> TalkAnswer:
        """Send a file; raises `OSError` when it cannot be read."""
        data = await asyncio.to_thread(path.read_bytes)
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        file = TalkFile(name=_encodable(path.name), media_type=media_type, data=data)
        return await self._post(TalkRequest(address=self._address, event_id=self._next(), files=[file]))

    def _next(self) -> str:
        return f"line-{next(self._ids)}"

    async def _post(self, asked: TalkRequest) -> TalkAnswer:
        body = await self._answered(msgspec.json.encode(replace(asked, returning=bool(self._address))))
        answer = msgspec.json.decode(body, type=TalkAnswer)
        self._address = answer.address
        return answer

    async def _answered(self, body: bytes) -> bytes:
        """Send, and send again while the bot cannot store or starts anew: the same line twice is one line to it."""
        for pause in _PAUSES:
            try:
                return await self._once(body)
            except aiohttp.ClientResponseError as refused:
                if refused.status != HTTPStatus.SERVICE_UNAVAILABLE:
                    raise
            except aiohttp.ClientConnectionError:
                if not self._address:
                    raise
            await asyncio.sleep(pause)
        return await self._once(body)

    async def _once(self, body: bytes) -> bytes:
        async with self._http.post(_URL, data=BytesIO(body)) as response:
            response.raise_for_status()
            return await response.read()


def talk(socket: Path, lines: Iterable[str] | None = None, *, wait_seconds: float = 60) -> int:
    """Hold one talk and return the exit status: 0, or 1 when no bot runs or it goes away.

    With `lines` (or a pipe on stdin) each line is one answer, echoed as `> line`; afterwards it waits up to
    `wait_seconds` for what is still under way, so that the token is printed too. `/attach PATH` sends a file.
    """
    if lines is None and not sys.stdin.isatty():
        lines = sys.stdin
    try:
        asyncio.run(_talk(socket, lines, wait_seconds))
    except NoBotError:
        _warn(_NO_BOT)
        return 1
    except aiohttp.ClientError:
        _warn(_LOST)
        return 1
    return 0


@asynccontextmanager
async def _connected(socket: Path) -> AsyncIterator[Client]:
    timeout = aiohttp.ClientTimeout(total=120)
    async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(socket)), timeout=timeout) as http:
        yield Client(http)


async def _talk(socket: Path, lines: Iterable[str] | None, wait_seconds: float) -> None:
    async with _connected(socket) as client:
        try:
            screen = await client.look()
        except aiohttp.ClientConnectorError as fault:
            raise NoBotError from fault
        if lines is None:
            await _by_keyboard(client, screen)
        else:
            await _by_pipe(client, screen, lines, wait_seconds)


async def _by_pipe(client: Client, screen: TalkAnswer, lines: Iterable[str], wait_seconds: float) -> None:
    _print_plain(screen)
    for line in (raw.rstrip("\r\n") for raw in lines):
        if not line.strip():
            continue
        _out(f"> {line}\n")
        answered = await _send(client, line)
        if answered is not None:
            _print_plain(answered)
            screen = await _settled(client, answered, wait_seconds)
    await _settled(client, screen, wait_seconds)


async def _settled(client: Client, screen: TalkAnswer, wait_seconds: float) -> TalkAnswer:
    """Return the screen once nothing is under way any more, printing what goes on; gives up after `wait_seconds`."""
    waited = 0.0
    while screen.waiting and waited < wait_seconds:
        pause = min(0.25 + waited / 4, 3)
        await asyncio.sleep(pause)
        waited += pause
        seen, screen = screen, await client.look()
        if screen != seen:
            _print_plain(screen)
    if screen.waiting:
        _out(_STILL_WAITING)
    return screen


async def _by_keyboard(client: Client, screen: TalkAnswer) -> None:
    console = Console(highlight=False)
    prompt: PromptSession[str] = PromptSession(history=DummyHistory())
    _print_rich(console, screen)
    while True:
        try:
            line = await prompt.prompt_async("> ")
        except (EOFError, KeyboardInterrupt):
            return
        answered = await _patiently(client, line)
        if answered is not None:
            _print_rich(console, answered)


async def _patiently(client: Client, line: str) -> TalkAnswer | None:
    """Send a line, or look again where there is none; None where it was not taken, which is said: the talk goes on."""
    try:
        return await _send(client, line) if line.strip() else await client.look()
    except (aiohttp.ClientError, TimeoutError):
        _warn(_NOT_TAKEN)
        return None


async def _send(client: Client, line: str) -> TalkAnswer | None:
    """Send a line or the file it names; None when there is no such file, which is said."""
    word, _, rest = line.strip().partition(" ")
    if word != _ATTACH:
        return await client.say(line)
    path = _path(rest)
    try:
        return await client.attach(path)
    except OSError:
        _out(_NO_FILE.format(path=path))
        return None


def _print_plain(screen: TalkAnswer) -> None:
    _out("\n\n".join(map(_harmless, screen.text)), end="\n\n")


def _print_rich(console: Console, screen: TalkAnswer) -> None:
    """Print the blocks with air around them and the token in bold; nothing that a screen reader would trip over."""
    for block in screen.text:
        console.print(Text(_harmless(block), style="bold" if block == screen.token else ""), soft_wrap=True)
        console.print()


def _path(typed: str) -> Path:
    return Path(typed.strip().strip("\"'")).expanduser()


def _out(words: str, end: str = "\n") -> None:
    """Print at once, so that whoever reads along sees each step."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(words.encode(encoding, "replace").decode(encoding) + end)
    sys.stdout.flush()


def _warn(words: str) -> None:
    sys.stderr.write(words + "\n")


def _harmless(words: str) -> str:
    """Return words without control characters: a letter must not be able to steer the terminal."""
    return "".join(each if each in "\n\t" or category(each) != "Cc" else "\ufffd" for each in words)


def _encodable(words: str) -> str:
    """Return words that fit into JSON: what the terminal could not read comes as lone surrogates."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
