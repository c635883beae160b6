"""The machine and what stands before it: what could keep words where nobody looks, and how people get here."""

import re
import resource
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from bot.config import BotSettings
from bot.screening.children import end, start_child
from madoguchi.doctor.findings import Finding, either, fault, ok, warning

SWAPS = Path("/proc/swaps")
PROXY = Path("/etc/nginx")
#: Swap that never reaches a disk in clear.
_HARMLESS_SWAP = ("/dev/zram", "/dev/dm-", "/dev/mapper/")


def memory(swaps: Path = SWAPS) -> list[Finding]:
    """Look at whether a piece of memory could end up on a disk."""
    soft, _ = resource.getrlimit(resource.RLIMIT_CORE)
    rows = swaps.read_text().splitlines()[1:] if swaps.exists() else []
    in_clear = [row.split()[0] for row in rows if not row.startswith(_HARMLESS_SWAP)]
    found = [warning("doctor.machine.core")] if soft != 0 else []
    found += [warning("doctor.machine.swap", place=", ".join(in_clear))] if in_clear else []
    return either(found, lambda: ok("doctor.machine.memory"))


async def screening(_: BotSettings) -> list[Finding]:
    """Start a child that looks at files, see how well it locks itself in, and end it."""
    try:
        child = await start_child()
    except (OSError, EOFError, ValueError):
        return [fault("doctor.screening.failed")]
    await end(child.process)
    walled = child.walls == "filtered"
    return [ok("doctor.screening.walled") if walled else warning("doctor.screening.limited")]


def address(settings: BotSettings) -> list[Finding]:
    """Look at the address that people are told, and at what they are told besides."""
    found = [_address(settings.public_url)]
    if not settings.official_page:
        found.append(warning("doctor.address.no_official_page"))
    if not settings.danger_contact:
        found.append(warning("doctor.address.no_danger_contact"))
    return found


def proxy(settings: BotSettings, folder: Path = PROXY) -> list[Finding]:
    """Look at the sites of an nginx on this machine which lead to the bot: none may write down who came."""
    place = re.compile(rf"proxy_pass\s+http://(127\.0\.0\.1|localhost|\[::1\]):{settings.port}\b")
    try:
        sites = [(file, file.read_text()) for file in sorted(folder.glob("sites-enabled/*"))]
        sites += [(file, file.read_text()) for file in sorted(folder.glob("conf.d/*.conf"))]
    except (OSError, UnicodeDecodeError):
        return []
    ours = [(file, text) for file, text in sites if place.search(text)]
    writing = [file for file, text in ours if not _is_silent(text)]
    if writing:
        return [fault("doctor.proxy.writes", file=writing[0])]
    return [ok("doctor.proxy.silent", file=ours[0][0])] if ours else []


def _address(url: str) -> Finding:
    parts = urlsplit(url)
    if not url:
        return warning("doctor.address.none")
    if parts.scheme == "https":
        return ok("doctor.address.safe", url=url)
    host = parts.hostname or ""
    if host.endswith(".onion"):
        return ok("doctor.address.onion", url=url)
    return warning("doctor.address.here", url=url) if _is_here(host) else fault("doctor.address.in_clear", url=url)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_silent(text: str) -> bool:
    # Each server block must say so itself: what stands above them is somebody else's to change.
    blocks = re.split(r"^\s*server\s*\{", text, flags=re.MULTILINE)[1:]
    return all(re.search(r"^\s*access_log\s+off;", block, re.MULTILINE) for block in blocks if "proxy_pass" in block)
