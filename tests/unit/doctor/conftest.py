"""Settings of an installation in a folder of the test's own, with every file in its place and private."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.config import BotSettings, read_settings


@pytest.fixture
def installed(tmp_path: Path) -> Callable[..., BotSettings]:
    """Makes the settings of a sound installation; what is given goes before what stands in the folder."""
    for folder in ("var", "keys"):
        (tmp_path / folder).mkdir(mode=0o700)
    for name, content in (("bot.key", b"k" * 32), ("intake.token", b"token"), ("telegram.token", b"1:x")):
        (tmp_path / "keys" / name).write_bytes(content)
        (tmp_path / "keys" / name).chmod(0o400)

    def settings(**given: Any) -> BotSettings:  # noqa: ANN401 - any setting
        places = {"data": tmp_path / "var", "keys": tmp_path / "keys"}
        return read_settings(**{**places, "intake_credential": tmp_path / "keys/intake.token", **given})

    return settings
