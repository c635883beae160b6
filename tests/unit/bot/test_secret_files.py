"""Files with secrets: what is wrong with one is told by its setting, never by its content."""

from pathlib import Path

import pytest

from bot.config import SettingsFaultyError
from bot.secret_files import own_key, read_secret
from tests.support.outside import Counting


def fault_of(path: Path) -> str:
    """What is said about a file that cannot be a secret."""
    with pytest.raises(SettingsFaultyError) as refused:
        read_secret(path, "MADOGUCHI_X")
    return str(refused.value)


def test_a_secret_is_read_without_the_white_space_around_it(tmp_path: Path) -> None:
    """An editor ends a file with a line end; the secret has none."""
    (tmp_path / "token").write_text(" 1:abc\n")
    assert read_secret(tmp_path / "token", "MADOGUCHI_X") == "1:abc"


def test_a_missing_an_empty_and_a_binary_file_are_faults_of_their_setting(tmp_path: Path) -> None:
    """Each is named by the setting."""
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe secret")
    for name in ("missing", "empty", "binary"):
        fault = fault_of(tmp_path / name)
        assert fault.startswith("MADOGUCHI_X: ")
        assert "secret" not in fault


def test_the_bots_key_is_made_once_for_this_user_alone(tmp_path: Path) -> None:
    """The second start reads what the first has made."""
    path = tmp_path / "keys/bot.key"
    key = own_key(path, Counting())
    assert own_key(path, Counting()) == key == path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_that_is_none_or_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    """Nothing is written over it."""
    (tmp_path / "bot.key").write_bytes(b"short")
    for path in (tmp_path / "bot.key", tmp_path / "bot.key/below"):
        with pytest.raises(SettingsFaultyError, match="MADOGUCHI_KEYS"):
            own_key(path, Counting())
    assert (tmp_path / "bot.key").read_bytes() == b"short"
