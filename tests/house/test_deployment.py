"""What is deployed is held as tightly as the documents say: the compose file, the image, the proxy and the secrets."""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from backend.config import BackendSettings
from bot.config import BotSettings
from tests.support.repository import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: Mapping[str, dict[str, Any]] = COMPOSE["services"]

#: Who may reach whom, and nobody else anybody.
REACHING = {
    ("proxy", "bot"),
    ("proxy", "backend"),
    ("bot", "backend"),
    ("bot", "redis"),
    ("backend", "postgres"),
    ("scheduler", "postgres"),
    ("backend", "erasure"),
    ("scheduler", "erasure"),
    # They share the network of their database; neither listens for the other.
    ("backend", "scheduler"),
}


def known_settings() -> set[str]:
    """Every variable that the program reads."""
    fields = (*BotSettings.model_fields, *BackendSettings.model_fields)
    return {f"MADOGUCHI_{name.upper()}" for name in fields}


def test_the_compose_file_fits_the_published_schema() -> None:
    """A misspelt key would be ignored in silence by one engine and refused by another."""
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml"]
    done = subprocess.run(checker, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_no_more_rights_than_it_needs(name: str) -> None:
    """No root, no writable image, no capability, no way to gain any; an exact image, and a check whether it is well."""
    service = SERVICES[name]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["ulimits"] == {"core": 0}
    assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert "privileged" not in service
    _, _, tag = service["image"].partition(":")
    assert tag not in ("", "latest")


def test_nobody_reaches_whom_they_need_not() -> None:
    """Redis is for the bot, the database for the case store, and the proxy reaches pages and API alone."""
    neighbours = {
        frozenset(pair) for pair in combinations(SERVICES, 2) if _networks(pair[0]) & _networks(pair[1]) != set()
    }
    assert neighbours == {frozenset(pair) for pair in REACHING}
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["proxy"]
    open_networks = {name for name, network in COMPOSE["networks"].items() if not network.get("internal")}
    assert {name for name in SERVICES if _networks(name) & open_networks} == {"proxy", "bot"}


def _networks(name: str) -> set[str]:
    return set(SERVICES[name]["networks"])


def test_every_setting_in_the_compose_file_is_one() -> None:
    """What nobody reads is not set; secrets come as files, never as values."""
    given = [(name, value) for service in SERVICES.values() for name, value in service.get("environment", {}).items()]
    ours = {name for name, _ in given if name.startswith("MADOGUCHI_")}
    assert ours - known_settings() == set()
    assert [name for name, _ in given if re.search("PASSWORD|SECRET|TOKEN", name) and "_FILE" not in name] == [
        "MADOGUCHI_STORE_PASSWORD"
    ]
    assert dict(given)["MADOGUCHI_STORE_PASSWORD"].startswith("/run/secrets/")


def test_every_setting_in_the_example_is_one() -> None:
    """The example can be copied as it is; what compose itself reads stands in compose.yaml."""
    example = set(re.findall(r"^(MADOGUCHI_\w+)=", (ROOT / "deploy/example.env").read_text(), re.MULTILINE))
    asked = set(re.findall(r"\$\{(MADOGUCHI_\w+)", (ROOT / "compose.yaml").read_text()))
    assert asked - example == set()
    assert example - asked - known_settings() == set()


def test_each_secret_is_made_and_goes_to_one_side_only(tmp_path: Path) -> None:
    """The script makes exactly what the compose file names, for its owner alone; running it again changes nothing."""
    (tmp_path / "keys/backend").mkdir(parents=True)
    (tmp_path / "keys/intake.token").write_text("token")
    (tmp_path / "keys/backend/credentials.json").write_text("{}")
    command = [ROOT / "deploy/make-secrets", tmp_path / "out", tmp_path / "keys"]
    subprocess.run(command, check=True)
    made = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    subprocess.run(command, check=True)
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == made
    assert set(made) == set(COMPOSE["secrets"])
    assert {oct(file.stat().st_mode & 0o777) for file in (tmp_path / "out").iterdir()} == {"0o400"}
    assert made["redis-password"] not in made["redis-users.acl"]
    assert made["postgres-password"] in made["pgpass"]
    holders = {secret: [name for name in SERVICES if secret in SERVICES[name].get("secrets", [])] for secret in made}
    assert holders["bot.key"] == holders["checkpoint.key"] == ["bot"]
    assert holders["credentials.json"] == ["backend", "scheduler"]
    assert all(holders.values())


def test_the_image_is_pinned_bare_and_not_run_as_root() -> None:
    """Packages by hash, an exact base, no shell tricks, nothing in it but the program."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert len(bases) == 2
    assert all(re.fullmatch(r"python:3\.\d+-slim-\w+", base) for base in bases)
    assert [line for line in lines if line.startswith("USER ")][-1] == "USER 10001:10001"
    assert any("--require-hashes" in line for line in lines)
    assert not any(line.startswith(("ADD ", "COPY . ")) or re.search(r"curl|wget|sudo", line) for line in lines)
    ignored = (ROOT / ".dockerignore").read_text().split("\n")
    assert "*" in ignored
    assert {line for line in ignored if line.startswith("!")} & {"!keys", "!var", "!secrets", "!.env"} == set()


@pytest.mark.parametrize("path", ["deploy/nginx.conf", "deploy/nginx-site.conf"])
def test_the_proxy_writes_nothing_down_and_tells_nothing(path: str) -> None:
    """No access log, no word of an address, no body on a disk, nothing of its inside shown to the world."""
    text = (ROOT / path).read_text()
    said = set(re.findall(r"^\s*([^#\n]+;)", text, re.MULTILINE))
    assert {"access_log off;", "proxy_request_buffering off;", "proxy_buffering off;"} <= said
    assert {'proxy_set_header X-Forwarded-For "";', 'proxy_set_header X-Real-IP "";'} <= said
    assert not re.search(r"\$remote_addr|\$proxy_add_x_forwarded_for|^\s*log_format", text, re.MULTILINE)
    assert "location = /metrics { return 404; }" in text


UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: str(unit.name))
def test_a_unit_is_one_that_systemd_understands(unit: Path) -> None:
    """Nothing misspelt, nothing ignored; that the program is not installed here is no fault of the unit."""
    done = subprocess.run(["systemd-analyze", "verify", unit], check=False, capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if "madoguchi" in line]
    assert [line for line in complaints if "is not executable: No such file or directory" not in line] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: str(unit.name))
def test_a_unit_runs_as_a_user_of_its_side_and_its_secrets_are_credentials(unit: Path) -> None:
    """The hardening stands in one file that systemd applies to every name with our prefix."""
    text = unit.read_text()
    assert unit.name.startswith("madoguchi-")
    assert re.search(r"^User=madoguchi-(bot|backend|%i)$", text, re.MULTILINE)
    drop_ins = [file.read_text() for file in (ROOT / "deploy/systemd").glob(f"{unit.stem}*.d/*.conf")]
    assert "LoadCredential=" in text + "".join(drop_ins)
    assert "/keys/" not in re.sub(r"LoadCredential=.*", "", text)


def test_no_unit_can_do_more_than_it_must() -> None:
    """What most break-outs begin with is closed for all of them."""
    said = (ROOT / "deploy/systemd/madoguchi-.service.d/hardened.conf").read_text().splitlines()
    wanted = (
        "NoNewPrivileges",
        "ProtectHome",
        "PrivateTmp",
        "PrivateDevices",
        "MemoryDenyWriteExecute",
        "LockPersonality",
    )
    assert {f"{name}=yes" for name in wanted} | {
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
        "LimitCORE=0",
    } <= set(said)
