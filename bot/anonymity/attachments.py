"""Sealing a handful of files for one letter: the keys go into the letter, the ciphertexts beside it."""

from collections.abc import Iterable

from bot.anonymity.files import seal_file
from bot.anonymity.letters import FileKey

#: file id, name, media type, content
PlainFile = tuple[str, str, str, bytes]
#: file id, ciphertext
SealedContent = tuple[str, bytes]


def attach(files: Iterable[PlainFile]) -> tuple[list[FileKey], tuple[SealedContent, ...]]:
    """Seal files; give their keys for the letter's `files` and their ciphertexts for the store."""
    keys, contents = [], []
    for file_id, name, media_type, data in files:
        sealed = seal_file(data, file_id)
        keys.append(FileKey(file_id, name, media_type, len(data), sealed.key, sealed.digest))
        contents.append((file_id, sealed.ciphertext))
    return keys, tuple(contents)
