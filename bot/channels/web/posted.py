"""Reads what a form posts, in a stream and within a bound, whatever bytes it is made of.

It knows no talk: words come out as they were typed, files go one by one to the place that keeps them. Bytes that are no
UTF-8 are read in the encoding they name or look like, and as a last resort spelled out, so that nothing is lost.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import unquote_to_bytes

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http_exceptions import HttpProcessingError

#: All words of one form together, bytes. A hundred thousand characters are at most 400,000.
WORDS_ROOM = 8 * 2**20
#: Fields and files in one form; a person reaches neither.
PARTS_ROOM = 200

_CHUNK = 2**16

#: What aiohttp's readers raise on bodies that are cut off or made up.
_BROKEN = (ValueError, AssertionError, LookupError, HttpProcessingError, web.RequestPayloadError)


class UnreadablePostError(Exception):
    """The sender must act: the body is no form, or is cut off, or holds more words than can be taken."""


class Upload:
    """A file on its way in: `data` is None when it is larger than `limit`."""

    __slots__ = ("data", "media_type", "name")

    def __init__(self, name: str, media_type: str, data: bytes | None) -> None:
        self.name = name
        self.media_type = media_type
        self.data = data


class Posted:
    """The fields of a form, each with all of its values, in order."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}
        self._room = WORDS_ROOM

    def add(self, name: str, value: bytes, charset: str | None) -> None:
        """Take one value; raises `UnreadablePostError` when there is no more room."""
        self._room -= len(value) + len(name)
        if self._room < 0:
            raise UnreadablePostError
        words = decoded(value, charset).replace("\r\n", "\n")
        self.fields.setdefault(name, []).append(words)

    def first(self, name: str, otherwise: str = "") -> str:
        """Return the first value of a field."""
        return self.fields.get(name, [otherwise])[0]


async def read_post(request: web.Request, file_limit: int, keep: Callable[[Upload], Awaitable[None]]) -> Posted:
    """Read a form; each file goes to `keep` as soon as it is whole. `file_limit` is in bytes.

    Raises `UnreadablePostError`; what was kept before that stays kept.
    """
    posted = Posted()
    try:
        if request.content_type == "multipart/form-data":
            async for part in _parts(await request.multipart()):
                await _take(part, posted, file_limit, keep)
        else:
            await _read_encoded(request, posted)
    except _BROKEN as fault:
        raise UnreadablePostError from fault
    return posted


async def _parts(reader: MultipartReader) -> AsyncIterator[BodyPartReader]:
    for _ in range(PARTS_ROOM):
        part = await reader.next()
        if part is None:
            return
        if isinstance(part, BodyPartReader):
            yield part
    raise UnreadablePostError


async def _take(
    part: BodyPartReader, posted: Posted, file_limit: int, keep: Callable[[Upload], Awaitable[None]]
) -> None:
    if part.filename is None:
        value = await _within(part, WORDS_ROOM)
        if value is None:
            raise UnreadablePostError
        posted.add(part.name or "", value, part.get_charset("utf-8"))
        return
    # A file field that was left empty arrives as a file without a name and without a byte.
    data = await _within(part, file_limit)
    if part.filename or data:
        media_type = part.headers.get("Content-Type", "application/octet-stream")
        await keep(Upload(decoded(part.filename.encode("utf-8", "surrogatepass"), None), media_type, data))


async def _within(part: BodyPartReader, limit: int) -> bytes | None:
    """Return a part's bytes; None when over the limit, the rest being read and dropped so that an answer arrives."""
    kept = bytearray()
    over = False
    while chunk := await part.read_chunk(_CHUNK):
        over = over or len(kept) + len(chunk) > limit
        if over:
            kept.clear()
        else:
            kept += chunk
    return None if over else bytes(kept)


async def _read_encoded(request: web.Request, posted: Posted) -> None:
    body = bytearray()
    async for chunk in request.content.iter_chunked(_CHUNK):
        body += chunk
        # Percent signs make a byte three.
        if len(body) > 3 * WORDS_ROOM:
            raise UnreadablePostError
    for pair in bytes(body).split(b"&"):
        name, _, value = pair.partition(b"=")
        if name:
            posted.add(decoded(_plain(name), None), _plain(value), request.charset)


def _plain(encoded: bytes) -> bytes:
    return unquote_to_bytes(encoded.replace(b"+", b" "))


def decoded(value: bytes, charset: str | None) -> str:
    """Return bytes as words: UTF-8 with lone surrogates, the charset they claim, Shift_JIS, else spelled out as hex."""
    for encoding, errors in (("utf-8", "surrogatepass"), (charset or "utf-8", "strict"), ("cp932", "strict")):
        try:
            return value.decode(encoding, errors)
        except (UnicodeError, LookupError):
            continue
    return value.decode("utf-8", "backslashreplace")
