"""How a kept file is shown in words: its name and size, and what becomes of it where there was a choice. Pure."""

from bot.channels.wording import Wording
from bot.conversation.effects import Question
from bot.conversation.events import FileRef
from bot.conversation.file_choices import choice_of

_KIB = 1024


def file_words(file: FileRef, language: str, wording: Wording) -> str:
    """Return a file's name and size, and what becomes of it where there was a choice."""
    if not (file.twin or file.choice):
        return name_and_size(file)
    return f"{name_and_size(file)} · {wording.label(language, f'files.{choice_of(file)}')}"


def name_and_size(file: FileRef) -> str:
    """Return what a file is called and how large it is."""
    return f"{file.name} ({_size(file.size)})"


def picks_files(question: Question) -> bool:
    """Whether the options of a question are files, each of which can be chosen for."""
    return bool(question.options) and question.kind in ("files", "text")


def _size(size: int) -> str:
    """Return bytes the way people say sizes."""
    if size < _KIB:
        return f"{size} B"
    return f"{size / _KIB:.0f} KB" if size < _KIB**2 else f"{size / _KIB**2:.1f} MB"
