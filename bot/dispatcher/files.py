"""Bringing sealed files to the desk, before the letter that holds their keys."""

from collections.abc import Iterable
from contextlib import suppress

import structlog

from bot.dispatcher.context import Context
from bot.ports.desk import DeskRefusedError

#: Stands for a file that is gone; the desk takes no empty one.
_LOST = b"\0"
_log = structlog.get_logger()


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
