"""The machine and what stands before it: swap, core dumps, the address that people type, and a proxy that writes."""

import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.config import BotSettings
from madoguchi.doctor import machine
from madoguchi.doctor.findings import Finding, Level

Installed = Callable[..., BotSettings]

NO_SWAP = "Filename\tType\tSize\tUsed\tPriority\n"
SITE = """
server {
    listen 80;
    location / { return 308 https://$host$request_uri; }
}
server {
    listen 443 ssl;
    access_log off;
    location / { proxy_pass http://127.0.0.1:8080; }
}
"""


@pytest.fixture(autouse=True)
def _no_core_dumps() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


def swaps(folder: Path, *rows: str) -> Path:
    """A list of swaps as the kernel gives it."""
    file = folder / "swaps"
    file.write_text(NO_SWAP + "".join(f"{row}\tpartition\t1\t0\t-2\n" for row in rows))
    return file


def found(findings: list[Finding]) -> list[tuple[Level, str]]:
    """Levels and keys."""
    return [(finding.level, finding.key) for finding in findings]


def test_memory_that_stays_in_memory_is_fine(tmp_path: Path) -> None:
    """No swap, or one that is encrypted or compressed in memory."""
    fine = [(Level.OK, "doctor.machine.memory")]
    assert found(machine.memory(swaps(tmp_path))) == fine
    assert found(machine.memory(swaps(tmp_path, "/dev/dm-1", "/dev/zram0"))) == fine


def test_swap_in_clear_is_named(tmp_path: Path) -> None:
    """With its place, since that is what must be changed."""
    (finding,) = machine.memory(swaps(tmp_path, "/swap.img"))
    assert (finding.level, finding.params) == (Level.WARNING, {"place": "/swap.img"})


def test_a_crash_that_would_write_memory_is_named(tmp_path: Path) -> None:
    """A core file holds whatever was being read."""
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    if hard == 0:
        pytest.skip("here nobody may allow core dumps")
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    assert (Level.WARNING, "doctor.machine.core") in found(machine.memory(swaps(tmp_path)))


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("", (Level.WARNING, "doctor.address.none")),
        ("https://madoguchi.example/", (Level.OK, "doctor.address.safe")),
        ("http://madoguchi.example/", (Level.FAULT, "doctor.address.in_clear")),
        ("http://abcdefghijklmnop.onion/", (Level.OK, "doctor.address.onion")),
        ("http://127.0.0.1:8080/", (Level.WARNING, "doctor.address.here")),
        ("http://localhost:8080/", (Level.WARNING, "doctor.address.here")),
    ],
)
def test_the_address_that_people_type_must_be_protected(
    installed: Installed, url: str, first: tuple[Level, str]
) -> None:
    """TLS or an onion service; anything else can be read on the way."""
    told = {"official_page": "https://example/", "danger_contact": {"en": "call"}}
    assert found(machine.address(installed(public_url=url, **told))) == [first]


def test_what_people_should_be_told_is_missed(installed: Installed) -> None:
    """Where to check the address, and whom to call."""
    assert [key for _, key in found(machine.address(installed(public_url="https://madoguchi.example/")))] == [
        "doctor.address.safe",
        "doctor.address.no_official_page",
        "doctor.address.no_danger_contact",
    ]


def test_a_proxy_that_writes_down_who_came_is_a_fault(installed: Installed, tmp_path: Path) -> None:
    """Each server block that leads to the bot must say so itself; what leads elsewhere is not looked at."""
    (tmp_path / "sites-enabled").mkdir()
    site = tmp_path / "sites-enabled/madoguchi"
    site.write_text(SITE)
    assert found(machine.proxy(installed(), tmp_path)) == [(Level.OK, "doctor.proxy.silent")]
    site.write_text(SITE.replace("    access_log off;\n", ""))
    assert found(machine.proxy(installed(), tmp_path)) == [(Level.FAULT, "doctor.proxy.writes")]
    site.write_text(SITE.replace("    access_log off;", "    # access_log off;"))
    assert found(machine.proxy(installed(), tmp_path)) == [(Level.FAULT, "doctor.proxy.writes")]
    site.write_text(SITE.replace("8080", "8090"))
    assert found(machine.proxy(installed(), tmp_path)) == []


def test_a_machine_without_a_proxy_is_no_fault(installed: Installed, tmp_path: Path) -> None:
    """It may stand elsewhere."""
    assert found(machine.proxy(installed(), tmp_path / "none")) == []
