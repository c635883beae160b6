"""Everything that is installed has a reason in CONTRIBUTING, and is pinned by hash to what was looked at."""

import json
import re
import tomllib

import pytest

from tests.support.repository import ROOT

#: The lock files of Python, and the one of the browser tests.
LOCKS = ("requirements.lock", "requirements-dev.lock")
NPM = ROOT / "tests" / "support"


def declared() -> set[str]:
    """Every package that pyproject.toml and package.json ask for by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"]]
    for group in project["dependency-groups"].values():
        asked += [entry for entry in group if isinstance(entry, str)]
    named = {re.split(r"[\[<>=~!; ]", entry, maxsplit=1)[0] for entry in asked}
    package = json.loads((NPM / "package.json").read_text())
    return named | set(package["devDependencies"]) | set(package["optionalDependencies"])


def explained() -> set[str]:
    """The first cell of each row of the table in CONTRIBUTING's part on dependencies."""
    part = (ROOT / "CONTRIBUTING.md").read_text().split("\n## Dependencies", 1)[1].split("\n## ", 1)[0]
    first_cells = re.findall(r"^\| ([^|]+) \| [^|]{10,} \|$", part, re.MULTILINE)
    return {name for cell in first_cells for name in re.findall(r"`([^`]+)`", cell)}


def test_every_dependency_has_a_reason() -> None:
    """A package is asked for only together with a row that says what it is needed for."""
    assert declared() - explained() == set()


def test_no_reason_outlives_its_dependency() -> None:
    """A package that is no longer asked for is no longer explained."""
    assert explained() - declared() == set()


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_is_pinned_by_hash(name: str) -> None:
    """Each requirement is one exact version with at least one SHA-256."""
    entries = re.split(r"\n(?=[a-zA-Z0-9])", (ROOT / name).read_text().strip())
    pinned = re.compile(r"^\S+==\S+.*--hash=sha256:[0-9a-f]{64}", re.DOTALL)
    assert [entry.split()[0] for entry in entries if not pinned.search(entry)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_declared_package_is_locked(name: str) -> None:
    """What the product needs when it runs stands in both lock files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / name).read_text(), re.MULTILINE))
    assert {re.split(r"[\[<>=]", entry, maxsplit=1)[0] for entry in project["dependencies"]} - locked == set()


@pytest.mark.parametrize("path", [*LOCKS, "tests/support/package-lock.json"])
def test_a_lock_file_names_no_address(path: str) -> None:
    """Where packages come from is the choice of whoever installs; what they are is fixed here."""
    text = (ROOT / path).read_text()
    assert [line for line in text.splitlines() if "://" in line and '"url"' not in line] == []


def test_the_browser_tests_packages_are_pinned_by_hash() -> None:
    """Each npm package has an integrity hash and no address."""
    packages = json.loads((NPM / "package-lock.json").read_text())["packages"]
    entries = {name: entry for name, entry in packages.items() if name}
    assert entries
    assert [name for name, entry in entries.items() if "integrity" not in entry or "resolved" in entry] == []
