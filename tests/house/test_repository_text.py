"""The repository speaks of the product alone: nothing half done, no address of the place it was written in."""

import re

from tests.support.repository import ROOT, files

# Put together here, so that this file does not find itself.
UNFINISHED = re.compile(
    r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b|raise NotImplemented" + "Error"
)
WORKPLACE = re.compile("/(wo" + "rk|fa" + r"rm)/(main|steering|shared|in|\.library)\b|/tm" + "p/spec")
REGISTRY = re.compile(r"\b(py" + r"pi\.org|files\.python" + r"hosted|registry\.npm" + r"js|deb\.deb" + "ian)")

#: Verbatim texts and lists of hashes.
NOT_OURS = {"LICENSE", "requirements.lock", "requirements-dev.lock"}


def found(pattern: re.Pattern[str]) -> list[str]:
    """Every place in the repository's text files where `pattern` occurs."""
    places = []
    for path in files():
        raw = (ROOT / path).read_bytes()
        if path.name in NOT_OURS or b"\0" in raw:
            continue
        lines = raw.decode().splitlines()
        places += [f"{path}:{number}" for number, line in enumerate(lines, 1) if pattern.search(line)]
    return places


def test_nothing_is_marked_as_unfinished() -> None:
    """Work that is not done is not in the repository."""
    assert found(UNFINISHED) == []


def test_no_path_of_a_workplace_is_named() -> None:
    """A clone stands anywhere."""
    assert found(WORKPLACE) == []


def test_no_registry_is_named() -> None:
    """Packages are taken from wherever the reader's own tools look."""
    assert found(REGISTRY) == []
