"""Bringing sealed files to the desk, before the letter that holds their keys."""

from collections.abc import Iterable

import structlog

from bot.dispatcher.context import Context

_log = structlog.get_logger()


async def bring_files(context: Context, file_ids: Iterable[str]) -> None:
    """Put up every file; safe to repeat.

    One that the store has lost goes as nothing: it fails its digest at the desk, which so learns of it, and
    the words are not held back for it.
    """
    for file_id in file_ids:
        ciphertext = await context.store.file(file_id)
        if ciphertext is None:
            _log.error("file_lost")
        await context.desk.put_file(file_id, ciphertext or b"")
