"""The surfaces that people outside rely on: the targets of the Makefile and what CI runs."""

import re
import subprocess

from tests.support.repository import ROOT

SURFACES = {"run", "cluster", "test", "check", "bench", "dev", "lock", "help"}


def test_help_names_every_surface() -> None:
    """`make help` lists each target with a sentence, out of the comments beside them."""
    said = subprocess.run(["make", "-s", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    explained = dict(re.findall(r"^ *make ([a-z]+) +(.+)$", said, re.MULTILINE))
    assert set(explained) >= SURFACES


def test_ci_runs_what_a_developer_runs() -> None:
    """CI has no steps of its own: what it runs, anyone can run."""
    script = (ROOT / ".ci" / "run").read_text()
    assert re.findall(r"^make (\w+)", script, re.MULTILINE) == ["check", "test"]
