"""What the demo says when it has started: how to report, and how to work as staff; commands ready to paste."""

import shlex
import sys
from pathlib import Path

from madoguchi.organ.demo import Demo
from madoguchi.telling import Teller


def show_ways_in(teller: Teller, demo: Demo, socket: Path) -> None:
    """Print the ways in."""
    program = _program()
    talk = (
        f"{program} talk" if socket == Path("var/talk.sock") else f"{program} talk --socket {shlex.quote(str(socket))}"
    )
    staff = f"{program} staff --key {demo.key('sato')} --passphrase-file {demo.passphrase('sato')}"
    lines = teller.words("demo.lines").replace("\n", "\\n")
    teller.show("")
    teller.say("demo.report", "title")
    teller.show(f"  {talk}")
    teller.show(f"  printf {shlex.quote(lines)} | {talk}")
    teller.say("demo.staff", "title")
    for command in (
        "rules --acknowledge",
        "inbox",
        "open NUMBER --no-conflict",
        f"answer NUMBER {shlex.quote(teller.words('demo.answer'))}",
        "accept NUMBER",
    ):
        teller.show(f"  {staff} {command}")
    teller.say("demo.come_back", "title")
    teller.show(f"  printf 'XXXXX-XXXXX-XXXXX-XXXXX-XXXXX\\n' | {talk}")
    teller.show("")
    teller.say("demo.notice", "warning", folder=demo.folder)


def _program() -> str:
    """Return the command as it was called here, so that it can be pasted."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return f"{Path(sys.executable).name} -m madoguchi"
    try:
        return shlex.quote(str(called.relative_to(Path.cwd())))
    except ValueError:
        return shlex.quote(str(called))
