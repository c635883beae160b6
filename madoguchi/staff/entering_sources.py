"""Where staff take an entry from: a TOML file, a saved mail, a text file, or a person at the keyboard.

A mail's own words count, and its date is that of the day on which its sender's machine sent it; whoever enters it may
say another. Its bytes come from a stranger: parts that are no text become attachments and are looked at by nobody here.
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.conversation.words import guess_language
from madoguchi.day import day_of
from madoguchi.staff.entering import Attachment, Kind, Written
from madoguchi.words import NotDoneError

#: What a person asks, and what is answered; empty for nothing.
Ask = Callable[[str], str]


class _Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A TOML file as people write it."""

    text: str
    kind: str = ""
    arrived: date | None = None
    desk: str = ""
    language: str = ""
    name: str = ""
    contact: str = ""
    mail: str = ""
    keep_from: list[str] = []
    attach: list[str] = []
    answers: dict[str, str] = {}


def read_source(file: Path) -> Written:
    """Read what a file says. Raises `NotDoneError` when it cannot be read as what its name says it is."""
    try:
        data = file.read_bytes()
    except OSError as missing:
        raise NotDoneError("enter.no_file", file=file) from missing
    return _READERS.get(file.suffix.lower(), _read_text)(data, file)


def attached(file: Path) -> Attachment:
    """Read a file that came along. Raises `NotDoneError` when it is not there."""
    try:
        return Attachment(file.name, guess_type(file.name)[0] or "application/octet-stream", file.read_bytes())
    except OSError as missing:
        raise NotDoneError("enter.no_file", file=file) from missing


def day_typed(typed: str) -> date | None:
    """Read a day such as 2026-11-20; None where nothing was typed. Raises `NotDoneError` for anything else."""
    try:
        return date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError as strange:
        raise NotDoneError("enter.strange_day", day=typed.strip()) from strange


def with_language(written: Written, language: str) -> Written:
    """Say in which language the sender is written to: as was said, else as they wrote, else as the desk speaks."""
    return replace(written, language=written.language or guess_language(written.text) or language)


def asked(written: Written, ask: Ask) -> Written:
    """Ask for what is missing, one question after the other; words end with a line that holds nothing but a dot."""
    said: dict[str, Any] = {}
    if not written.kind:
        said["kind"] = ask("enter.ask.kind").strip()
    if written.arrived is None:
        said["arrived"] = day_typed(ask("enter.ask.arrived"))
    if not written.text:
        said["text"] = _lines(ask)
        said |= {name: ask(f"enter.ask.{name}").strip() for name in ("name", "contact", "desk")}
        said["keep_from"] = tuple(filter(None, (one.strip() for one in ask("enter.ask.keep_from").split(","))))
        files = filter(None, (one.strip() for one in ask("enter.ask.attach").split(",")))
        said["attachments"] = (*written.attachments, *(attached(Path(one)) for one in files))
    return replace(written, **said)


def _lines(ask: Ask) -> str:
    lines: list[str] = []
    while (line := ask("enter.ask.text" if not lines else "enter.ask.more")) != ".":
        lines.append(line)
    return "\n".join(lines)


def _read_toml(data: bytes, file: Path) -> Written:
    try:
        sheet = msgspec.convert(tomllib.loads(data.decode()), _Sheet)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as strange:
        raise NotDoneError("enter.not_toml", file=file, why=strange) from strange
    fields = {name: getattr(sheet, name) for name in sheet.__struct_fields__ if name not in ("keep_from", "attach")}
    files = tuple(attached(file.parent / each) for each in sheet.attach)
    return Written(**fields, keep_from=tuple(sheet.keep_from), attachments=files)


def _read_text(data: bytes, file: Path) -> Written:
    try:
        return Written(text=data.decode("utf-8-sig").strip())
    except UnicodeDecodeError as strange:
        raise NotDoneError("enter.not_text", file=file) from strange


def _read_mail(data: bytes, _file: Path) -> Written:
    mail = message_from_bytes(data, policy=policy.default)
    body = mail.get_body(("plain", "html"))
    text = _content(body) if body is not None and body.get_content_type() == "text/plain" else ""
    parts = [part for part in mail.walk() if not part.is_multipart() and (part is not body or not text)]
    name, address = parseaddr(str(mail.get("From", "")))
    return Written(
        kind=Kind.MAIL,
        arrived=_sent_on(mail),
        text="\n\n".join(filter(None, (str(mail.get("Subject", "")).strip(), text.strip()))),
        name=name,
        contact=address,
        mail=address,
        attachments=tuple(_attachment(place, part) for place, part in enumerate(parts, 1)),
    )


def _attachment(place: int, part: MIMEPart) -> Attachment:
    payload = part.get_payload(decode=True)
    name = part.get_filename() or f"part-{place}"
    return Attachment(name, part.get_content_type(), payload if isinstance(payload, bytes) else b"")


def _content(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        # A character set that nobody knows: the part goes along as a file instead.
        return ""


def _sent_on(mail: EmailMessage) -> date | None:
    sent = getattr(mail.get("Date"), "datetime", None)
    return day_of(sent) if isinstance(sent, datetime) else None


_READERS: Mapping[str, Callable[[bytes, Path], Written]] = {".toml": _read_toml, ".eml": _read_mail}
