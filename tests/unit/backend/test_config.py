"""Settings are checked whole, and what is wrong is said in sentences."""

import json
from pathlib import Path

import pytest

from backend.config import BackendSettings, Place, SettingsFaultyError, read_credentials, read_settings
from backend.contract import Role
from backend.domain.batches import StaffBatch
from tests.support.reports import token_hash

HASH = token_hash("token").hex()


def write(folder: Path, content: object) -> Path:
    """Put a credentials file into a folder."""
    path = folder / "credentials.json"
    path.write_text(json.dumps(content))
    return path


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in BackendSettings.model_fields:
        monkeypatch.delenv(f"MADOGUCHI_{name}".upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_defaults_serve_one_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With nothing set but credentials, a file and the local address are used."""
    monkeypatch.setenv("MADOGUCHI_CREDENTIALS_FILE", str(write(tmp_path, {"organs": {}})))
    settings = read_settings()
    assert settings.database_url == "sqlite:///var/cases.db"
    assert (settings.backend_host, settings.backend_port, settings.backend_socket) == ("127.0.0.1", 8081, None)


def test_all_faults_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator corrects everything in one go; no value is repeated, for it may hold a password."""
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", "mysql://user:canary@host")
    monkeypatch.setenv("MADOGUCHI_TIME_ZONE", "Asia/Nowhere")
    monkeypatch.setenv("MADOGUCHI_BACKEND_PORT", "many")
    monkeypatch.setenv("MADOGUCHI_MAX_FILE_BYTES", "1")
    with pytest.raises(SettingsFaultyError) as faulty:
        read_settings()
    assert [fault.partition(":")[0] for fault in faulty.value.faults] == [
        "MADOGUCHI_DATABASE_URL",
        "MADOGUCHI_MAX_FILE_BYTES",
        "MADOGUCHI_TIME_ZONE",
        "MADOGUCHI_BACKEND_PORT",
        "MADOGUCHI_CREDENTIALS_FILE",
    ]
    assert "canary" not in str(faulty.value)


def test_a_database_address_stays_out_of_what_is_printed() -> None:
    """It may hold a password."""
    server = "postgresql+asyncpg://user:canary@host"
    settings = BackendSettings(database_url=f"{server}/cases", erasure_url=f"{server}/keys")
    assert "canary" not in repr(settings)


def test_credentials_are_read_as_hashes_of_organ_and_role(tmp_path: Path) -> None:
    """Each entry says what its token is good for."""
    path = write(tmp_path, {"organs": {"ministry": {"publisher": HASH, "intake": HASH}}})
    credentials = read_credentials(path)
    assert {(each.caller.organ, each.caller.role) for each in credentials} == {
        ("ministry", Role.PUBLISHER),
        ("ministry", Role.INTAKE),
    }
    assert {each.sha256 for each in credentials} == {token_hash("token")}


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {},
        {"organs": {"Ministry of Truth": {"intake": HASH}}},
        {"organs": {"ministry": {"staff": HASH}}},
        {"organs": {"ministry": {"intake": "token itself"}}},
        {"organs": {"ministry": {"intake": HASH.upper()}}},
    ],
)
def test_credentials_that_make_no_sense_are_refused(tmp_path: Path, content: object) -> None:
    """Staff are never set up here, and a token in place of its hash is a mistake."""
    with pytest.raises(SettingsFaultyError, match="MADOGUCHI_CREDENTIALS_FILE"):
        read_credentials(write(tmp_path, content))


def test_credentials_that_are_missing_are_refused(tmp_path: Path) -> None:
    """A store that would let nobody in does not start."""
    with pytest.raises(SettingsFaultyError, match="no readable credentials file"):
        read_credentials(tmp_path / "nowhere.json")


def test_a_case_store_in_a_file_has_its_clock_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file has one process: left to another, what was held would come before staff never."""
    with pytest.raises(ValueError, match="inside"):
        BackendSettings(scheduler=Place.APART)
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", "postgresql+asyncpg://user@host/cases")
    monkeypatch.setenv("MADOGUCHI_ERASURE_URL", "postgresql+asyncpg://user@host/keys")
    assert BackendSettings(scheduler=Place.APART).scheduler is Place.APART


def test_erasure_keys_are_kept_apart_from_the_cases() -> None:
    """Beside a file in one of their own; on a server where the operator says, since only they know what is apart."""
    assert BackendSettings(database_url="sqlite:////srv/a/cases.db").erasure_url == "sqlite:////srv/a/erasure.db"
    assert BackendSettings(erasure_url="sqlite:///elsewhere/keys.db").erasure_url == "sqlite:///elsewhere/keys.db"
    server = "postgresql+asyncpg://user@host/cases"
    for cases, keys in ((server, ""), (server, server), (server, "sqlite:///keys.db"), ("sqlite:///cases.db", server)):
        with pytest.raises(ValueError, match="must"):
            BackendSettings(database_url=cases, erasure_url=keys)


def test_staff_see_reports_in_batches_unless_it_is_set_otherwise() -> None:
    """Whoever sets nothing gets what protects reporters."""
    assert BackendSettings().staff_batch is StaffBatch.HOUR
