"""What becomes of each file that the person gave: it goes cleaned, goes as it came, or is left out. Pure.

Both versions of a cleaned file are kept until it is known which one goes; the other is dropped in the same write that
hands the chosen one on. A file that could not be cleaned has one version and two choices.
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from bot.conversation.effects import Option, Text
from bot.conversation.events import FileRef

CLEANED, AS_IS, LEAVE_OUT = "cleaned", "as_is", "leave_out"

#: How a form names a choice: this, and the file's id.
FIELD = "handling."

#: So many of the last files are offered one by one: more buttons than a chat can show would show none.
MOST_OFFERED = 40


def choices_of(file: FileRef) -> tuple[str, ...]:
    """List what can become of a file, the safest first."""
    return (CLEANED, AS_IS, LEAVE_OUT) if file.twin else (AS_IS, LEAVE_OUT)


def choice_of(file: FileRef) -> str:
    """Say what becomes of a file as things stand: what was chosen, or the safest that takes it along."""
    choices = choices_of(file)
    return file.choice if file.choice in choices else choices[0]


def with_choice(files: tuple[FileRef, ...], file_id: str, choice: str) -> tuple[FileRef, ...]:
    """Choose for one file; a choice that it does not have changes nothing."""
    return tuple(
        replace(file, choice=choice) if file.file_id == file_id and choice in choices_of(file) else file
        for file in files
    )


def travelling(files: Iterable[FileRef]) -> tuple[FileRef, ...]:
    """List the files that go to the desk, each in the version that was chosen."""
    return tuple(_version(file) for file in files if choice_of(file) != LEAVE_OUT)


def versions(files: Iterable[FileRef]) -> tuple[str, ...]:
    """Name all that is stored of these files."""
    return tuple(each.file_id for file in files for each in (file, file.twin) if each)


def staying(files: Iterable[FileRef]) -> tuple[str, ...]:
    """Name what is stored of these files and does not go to the desk."""
    kept = tuple(files)
    going = {file.file_id for file in travelling(kept)}
    return tuple(file_id for file_id in versions(kept) if file_id not in going)


def options_of(files: tuple[FileRef, ...]) -> tuple[Option, ...]:
    """List files to choose for, each with what holds now."""
    return tuple(Option(file.file_id, label_of(file)) for file in files[-MOST_OFFERED:])


def label_of(file: FileRef) -> Text:
    """Give a file's name and what becomes of it."""
    return Text(f"option.file.{choice_of(file)}", {"name": file.name})


def chosen_in(answers: dict[str, str | list[str]]) -> Iterator[tuple[str, str]]:
    """Read the choices in a form: file id and choice."""
    for name, value in answers.items():
        if name.startswith(FIELD) and isinstance(value, str):
            yield name.removeprefix(FIELD), value


def _version(file: FileRef) -> FileRef:
    return file.twin if file.twin and choice_of(file) == AS_IS else file
