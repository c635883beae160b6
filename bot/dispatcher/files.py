"""Files on their way: screened and sealed as they come, brought to the desk before the letter that holds their keys.

Nothing of a file is stored in clear. Of one that was cleaned both versions are kept until it is known which one goes.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

import structlog
from msgspec.structs import replace

from bot.anonymity.files import seal_file
from bot.conversation.events import FileRef
from bot.conversation.words import clean
from bot.dispatcher.context import Context
from bot.dispatcher.guard import without_token
from bot.ports.desk import DeskRefusedError

#: Stands for a file that is gone; the desk takes no empty one.
_LOST = b"\0"
_log = structlog.get_logger()


async def screened(
    context: Context, name: str, media_type: str, data: bytes
) -> tuple[FileRef, tuple[tuple[str, bytes], ...]]:
    """Clean and seal a file: how the talk refers to it, and what is to be stored, by id; of an empty one nothing is."""
    if not data:
        return FileRef("", "", "", 0, b"", b""), ()
    clear = await context.scrubber.scrub(name, media_type, data)
    file, box = await _sealed(context, name, clear.media_type, clear.data)
    file = replace(file, cleaning=clear.cleaning, removed=clear.removed)
    if clear.data == data:
        return file, ((file.file_id, box),)
    twin, as_it_came = await _sealed(context, name, clear.media_type, data)
    return replace(file, twin=twin), ((file.file_id, box), (twin.file_id, as_it_came))


async def bring_files(context: Context, file_ids: Iterable[str]) -> None:
    """Put up every file; safe to repeat.

    One that the store has lost goes as a single byte: it fails its digest at the desk, which so learns of it, and
    the words are not held back for it.
    """
    for file_id in file_ids:
        ciphertext = await context.store.file(file_id)
        if ciphertext is None:
            _log.error("file_lost")
            # Refused where it was put up before: then the desk has it.
            with suppress(DeskRefusedError):
                await context.desk.put_file(file_id, _LOST)
        else:
            await context.desk.put_file(file_id, ciphertext)


async def _sealed(context: Context, name: str, media_type: str, data: bytes) -> tuple[FileRef, bytes]:
    file_id = context.chance.bytes(16).hex()
    sealed = await asyncio.to_thread(seal_file, data, file_id)
    file = FileRef(file_id, without_token(clean(name)), clean(media_type), len(data), sealed.key, sealed.digest)
    return file, sealed.ciphertext
