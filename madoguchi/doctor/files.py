"""Files with secrets in them: that they are there, that nobody else may read them, and that they lie where they should.

Reads modes, owners and places, and of the bot's own key its length; never prints what a file holds.
"""

import stat
from collections.abc import Iterator
from pathlib import Path

from backend.config import BackendSettings
from bot.config import BotSettings
from bot.secret_files import KEY_BYTES
from madoguchi.doctor.findings import Finding, either, fault, ok, warning

#: The bot's settings that name a file with a secret.
SECRETS = (
    "intake_credential",
    "store_password",
    "slack_token",
    "slack_signing_secret",
    "telegram_token",
    "telegram_secret",
)
#: Only asked for together with the setting beside it.
_NEEDED_WITH = {"slack_signing_secret": "slack_token", "telegram_secret": "telegram_token"}
#: Where systemd and container engines put a secret: in memory, and for one service alone.
_HELD_IN_MEMORY = (Path("/run/credentials"), Path("/run/secrets"))


def bot_files(settings: BotSettings) -> list[Finding]:
    """Look at every file with a secret that the bot reads, and at where keys and data lie."""
    return [
        *_own_key(settings),
        *(finding for name, path in _secrets(settings) for finding in _private(f"MADOGUCHI_{name.upper()}", path)),
        *_places(settings),
    ]


def backend_files(settings: BackendSettings) -> list[Finding]:
    """Look at the case store's file of credentials: hashes, so it may be read, but not be written by others."""
    file = settings.credentials_file
    mode = file.stat().st_mode
    if mode & 0o022:
        return [fault("doctor.files.writable", file=file)]
    return [ok("doctor.files.fine", name="MADOGUCHI_CREDENTIALS_FILE", file=file)]


def _secrets(settings: BotSettings) -> Iterator[tuple[str, Path]]:
    for name in SECRETS:
        path, other = getattr(settings, name, None), _NEEDED_WITH.get(name, name)
        if path is not None and getattr(settings, other) is not None:
            yield name, path


def _own_key(settings: BotSettings) -> list[Finding]:
    key = settings.keys / "bot.key"
    try:
        held = len(key.read_bytes())
    except FileNotFoundError:
        if (settings.data / "bot.db").exists():
            return [fault("doctor.files.key_lost", file=key)]
        return [warning("doctor.files.key_to_be_made", file=key)]
    except OSError:
        return [fault("doctor.files.unreadable", name="bot.key", file=key)]
    if held != KEY_BYTES:
        return [fault("doctor.files.key_size", file=key, bytes=KEY_BYTES)]
    return _private("bot.key", key)


def _private(name: str, path: Path) -> list[Finding]:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        path.read_bytes()
    except OSError:
        return [fault("doctor.files.unreadable", name=name, file=path)]
    # systemd lets one service's user in by an access list, which shows where the group's rights would.
    others = 0o007 if _is_in_memory(path) else 0o077
    return either(
        [fault("doctor.files.open", name=name, file=path)] if mode & others else [],
        lambda: ok("doctor.files.private", name=name, file=path),
    )


def _places(settings: BotSettings) -> list[Finding]:
    data, keys = settings.data.resolve(), settings.keys.resolve()
    if keys == data or data in keys.parents:
        return [fault("doctor.files.keys_in_data", keys=settings.keys, data=settings.data)]
    if _is_in_memory(keys) or not (data.exists() and keys.exists()):
        return []
    if data.stat().st_dev == keys.stat().st_dev:
        return [warning("doctor.files.same_disk", keys=settings.keys, data=settings.data)]
    return [ok("doctor.files.apart")]


def _is_in_memory(path: Path) -> bool:
    resolved = path.resolve()
    return any(place == resolved or place in resolved.parents for place in _HELD_IN_MEMORY)
