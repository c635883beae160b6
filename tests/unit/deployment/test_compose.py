"""How `compose.yaml` is read where there is no container engine: settings filled in, secrets and folders found."""

from pathlib import Path

import pytest

from tests.support.cluster_compose import MissingSettingError, Service, read_compose, read_env
from tests.support.cluster_parts import Ground

COMPOSE = """
services:
  bot:
    image: madoguchi:local
    command: [bot]
    env_file: .env
    environment:
      STORE: redis://redis:6379/0
      PASSWORD: /run/secrets/password
      DATA: /run/madoguchi
      NAME: ${NAME:?say the name}
      KIND: ${KIND:-plain}
    secrets: [password]
    volumes: ["kept:/data", "./redis.conf:/etc/redis.conf:ro"]
    tmpfs: ["/run/madoguchi:mode=0700", "/tmp"]
    depends_on: {redis: {condition: service_healthy}}
  redis: {image: "redis:7.2-bookworm"}
secrets:
  password: {file: "${SECRETS:-./secrets}/password"}
"""


@pytest.fixture
def compose(tmp_path: Path) -> Path:
    """A small compose file."""
    file = tmp_path / "compose.yaml"
    file.write_text(COMPOSE)
    return file


def bot(compose: Path, **settings: str) -> Service:
    """Its bot, with these settings."""
    return read_compose(compose, {"NAME": "example", **settings})["bot"]


def test_settings_are_filled_in_as_an_engine_would(compose: Path) -> None:
    """What is set, what is not, and what goes into the environment as a whole."""
    assert bot(compose).environment["KIND"] == "plain"
    assert bot(compose, KIND="rare", OTHER="too").environment["KIND"] == "rare"
    assert bot(compose, OTHER="too").environment["OTHER"] == "too"
    assert bot(compose).program == "madoguchi"
    assert bot(compose).after == ("redis",)


def test_a_setting_that_is_missing_is_named_in_the_files_own_words(compose: Path) -> None:
    """Blank counts as missing."""
    with pytest.raises(MissingSettingError, match="NAME: say the name"):
        bot(compose, NAME="")


def test_secrets_and_files_lie_beside_the_compose_file_or_where_they_are_said_to(compose: Path) -> None:
    """A volume is no file."""
    assert bot(compose).files["/run/secrets/password"] == compose.parent / "secrets/password"
    assert bot(compose, SECRETS="/elsewhere").files["/run/secrets/password"] == Path("/elsewhere/password")
    assert bot(compose).files["/etc/redis.conf"] == compose.parent / "redis.conf"
    assert (bot(compose).kept, bot(compose).fleeting) == (("/data",), ("/run/madoguchi", "/tmp"))  # noqa: S108 - as written


def test_names_of_services_and_places_in_containers_become_those_of_this_machine(compose: Path) -> None:
    """Everywhere alike, and nothing that merely looks like one."""
    services = read_compose(compose, {"NAME": "example"})
    ground = Ground(compose.parent / "c", services, {("redis", 6379): 7})
    here = {name: ground.here(services["bot"], value) for name, value in services["bot"].environment.items()}
    assert here["STORE"] == "redis://127.0.0.1:7/0"
    assert here["PASSWORD"] == str(compose.parent / "secrets/password")
    assert here["DATA"] == str(compose.parent / "c/bot/run-madoguchi")
    assert ground.here(services["bot"], "/tmp/x /var/tmp/y") == f"{compose.parent}/c/bot/tmp/x /var/tmp/y"  # noqa: S108


def test_settings_are_read_as_lines(tmp_path: Path) -> None:
    """Quotes are taken off, comments and what is no setting are left out; no file means no settings."""
    file = tmp_path / ".env"
    file.write_text('# NO=comment\nPLAIN=a=b\nQUOTED=\'{"ja": "x y"}\'\nBLANK=\nnonsense\n')
    assert read_env(file) == {"PLAIN": "a=b", "QUOTED": '{"ja": "x y"}', "BLANK": ""}
    assert read_env(tmp_path / "none") == {}
