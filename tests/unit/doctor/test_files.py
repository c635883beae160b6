"""Files with secrets: each way in which one can lie wrong is named, with the file, and never with what is in it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.config import BackendSettings
from bot.config import BotSettings
from madoguchi.doctor import files
from madoguchi.doctor.files import backend_files, bot_files
from madoguchi.doctor.findings import Finding, Level

Installed = Callable[..., BotSettings]


def keys(findings: list[Finding], level: Level = Level.FAULT) -> list[str]:
    """What was found on one level."""
    return [finding.key for finding in findings if finding.level is level]


def test_a_sound_installation_has_no_fault(installed: Installed) -> None:
    """Every file is named with its place, and found private."""
    found = bot_files(installed())
    assert keys(found) == []
    assert keys(found, Level.OK).count("doctor.files.private") == 2


@pytest.mark.parametrize("name", ["bot.key", "intake.token"])
@pytest.mark.parametrize("mode", [0o440, 0o404, 0o660])
def test_a_secret_that_others_can_read_is_a_fault(installed: Installed, tmp_path: Path, name: str, mode: int) -> None:
    """For the group as well as for everyone."""
    (tmp_path / "keys" / name).chmod(mode)
    found = bot_files(installed())
    assert keys(found) == ["doctor.files.open"]
    assert [finding.params["file"] for finding in found if finding.level is Level.FAULT] == [f"{tmp_path}/keys/{name}"]


def test_a_secret_in_memory_may_show_the_groups_right(
    installed: Installed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service manager lets the service in by an access list, whose mask looks like a right of the group."""
    monkeypatch.setattr(files, "_HELD_IN_MEMORY", (tmp_path / "keys",))
    (tmp_path / "keys/bot.key").chmod(0o440)
    assert keys(bot_files(installed())) == []
    (tmp_path / "keys/bot.key").chmod(0o444)
    assert keys(bot_files(installed())) == ["doctor.files.open"]


def test_a_missing_secret_is_a_fault(installed: Installed, tmp_path: Path) -> None:
    """The bot would not start."""
    (tmp_path / "keys/intake.token").unlink()
    assert keys(bot_files(installed())) == ["doctor.files.unreadable"]


def test_secrets_of_chats_are_asked_for_only_where_they_are_switched_on(installed: Installed, tmp_path: Path) -> None:
    """Slack's signing secret has a usual place, and is no fault where Slack is off."""
    assert keys(bot_files(installed())) == []
    switched_on = installed(slack_token=tmp_path / "keys/none", telegram_token=tmp_path / "keys/telegram.token")
    found = bot_files(switched_on)
    assert {finding.params["name"] for finding in found if finding.level is Level.FAULT} == {
        "MADOGUCHI_SLACK_TOKEN",
        "MADOGUCHI_SLACK_SIGNING_SECRET",
    }


def test_a_bot_without_a_key_makes_one_unless_it_lost_one(installed: Installed, tmp_path: Path) -> None:
    """Talks without their key mean that it was lost, and a new one would open none of them."""
    (tmp_path / "keys/bot.key").unlink()
    assert keys(bot_files(installed()), Level.WARNING)[0] == "doctor.files.key_to_be_made"
    (tmp_path / "var/bot.db").write_bytes(b"")
    assert keys(bot_files(installed())) == ["doctor.files.key_lost"]


def test_a_key_of_the_wrong_size_is_damaged(installed: Installed, tmp_path: Path) -> None:
    """A copy that was cut off, or something else."""
    (tmp_path / "keys/bot.key").chmod(0o600)
    (tmp_path / "keys/bot.key").write_bytes(b"short")
    assert keys(bot_files(installed())) == ["doctor.files.key_size"]


def test_keys_beside_their_data_are_named(installed: Installed, tmp_path: Path) -> None:
    """In the same folder it is a fault, on the same disk a warning, where disks cannot be told apart nothing."""
    assert keys(bot_files(installed()), Level.WARNING) == ["doctor.files.same_disk"]
    assert keys(bot_files(installed(data=tmp_path))) == ["doctor.files.keys_in_data"]
    assert keys(bot_files(installed(data=tmp_path / "none")), Level.WARNING) == []


def test_credentials_that_others_could_write_are_a_fault(tmp_path: Path) -> None:
    """They are hashes, so reading them gives nothing; writing them lets anyone in."""
    file = tmp_path / "credentials.json"
    file.write_text(json.dumps({"organs": {}}))
    file.chmod(0o644)
    settings = BackendSettings(credentials_file=file)
    assert keys(backend_files(settings)) == []
    file.chmod(0o666)
    assert keys(backend_files(settings)) == ["doctor.files.writable"]
