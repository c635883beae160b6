"""`madoguchi demo`: plays the year into folders of its own, says what it holds, and serves it to be looked at."""

import contextlib
import os
import shutil
import sys
from datetime import timedelta
from pathlib import Path

import uvloop

from backend.config import read_settings
from madoguchi import private_files
from madoguchi.day import today
from madoguchi.faults import plainly
from madoguchi.organ.demo import make_demo
from madoguchi.telling import Teller
from madoguchi.year.playing import Played, play, staged

#: A year and what it takes for the first half-years to be over and published.
_DAYS = 400


def demo(folder: Path, cases: int, language: str, *, serve: bool) -> None:
    """Play so many cases into `folder`, anew each time; then serve them until a signal comes, if asked to."""
    teller = Teller(language)
    with plainly(teller):
        environment = emptied(folder)
        os.environ.update(environment)
        with (folder / "var/play.log").open("w") as log, contextlib.redirect_stderr(log):
            done = uvloop.run(played(folder, cases))
        teller.say("year.played", "good", cases=done.cases, acts=sum(done.acts.values()))
        for command, count in done.acts.most_common():
            teller.show(f"  {count:>6}  {command}")
    if serve:
        teller.say("year.look", "title")
        arguments = ["-m", "madoguchi", "run", "--demo", *(["--lang", language] if language else [])]
        os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - this very program, with its own words


async def played(folder: Path, cases: int) -> Played:
    """Play so many cases into a folder that was emptied for it; the environment says where its settings are."""
    # The path of a Unix socket is short by nature; the folder is ours.
    socket = folder / "var/play.sock"
    made, card = make_demo(folder / "keys", f"unix:{folder / 'var/backend.sock'}")
    settings = read_settings().model_copy(update={"backend_socket": socket})
    last = today()
    first = last - timedelta(days=_DAYS)
    try:
        async with staged(settings, made, card, first) as stage:
            return await play(stage, cases, first, last)
    finally:
        socket.unlink(missing_ok=True)


def emptied(folder: Path) -> dict[str, str]:
    """Take away what an earlier play left, and say where everything lies now."""
    for name in ("var", "keys"):
        shutil.rmtree(folder / name, ignore_errors=True)
    private_files.private_folder(folder / "var")
    private_files.private_folder(folder / "keys")
    return {
        "MADOGUCHI_DATA": str(folder / "var"),
        "MADOGUCHI_KEYS": str(folder / "keys"),
        "MADOGUCHI_DATABASE_URL": f"sqlite:///{folder / 'var/cases.db'}",
        "MADOGUCHI_ERASURE_URL": f"sqlite:///{folder / 'var/erasure.db'}",
        "MADOGUCHI_CREDENTIALS_FILE": str(folder / "keys/backend/credentials.json"),
    }
