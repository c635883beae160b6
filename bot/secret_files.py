"""Secrets, each in a file of its own: read whole, never shown, and the bot's own keys made at first start.

Settings name the files; a file that cannot be read is a fault of its setting, told without its content.
"""

import os
from pathlib import Path

from bot.config import SettingsFaultyError
from bot.ports.world import Chance

KEY_BYTES = 32


def read_secret(path: Path, setting: str) -> str:
    """Return what a file holds, without the white space around it.

    Raises `SettingsFaultyError` naming the setting when it cannot be read or holds nothing.
    """
    try:
        secret = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsFaultyError([f"{setting}: the file cannot be read ({type(error).__name__})"]) from error
    if not secret:
        raise SettingsFaultyError([f"{setting}: the file is empty"])
    return secret


def own_key(path: Path, chance: Chance) -> bytes:
    """Read a key of the bot's own, 32 bytes, or make it at first start; readable by this user alone.

    Raises `SettingsFaultyError` when it is no such key, or can be neither read nor made.
    """
    try:
        key = path.read_bytes() if path.exists() else _made(path, chance)
    except OSError as error:
        fault = f"MADOGUCHI_KEYS: {path.name} can be neither read nor made ({type(error).__name__})"
        raise SettingsFaultyError([fault]) from error
    if len(key) != KEY_BYTES:
        raise SettingsFaultyError([f"MADOGUCHI_KEYS: {path.name} must hold {KEY_BYTES} bytes"])
    return key


def _made(path: Path, chance: Chance) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = chance.bytes(KEY_BYTES)
    # Never over another one: whoever came second reads nothing, and fails.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key
