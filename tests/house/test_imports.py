"""Every module can be the first one imported: no room leans on another having been loaded before it."""

import json
import subprocess
import sys

from tests.support.repository import ROOT, modules

#: Run by something else when imported: by the interpreter, and by Alembic within a context of its own.
NO_ENTRANCE = ("__main__", ".migrations.env")

# What others wrote is loaded once: a first fork says what it is. Each module of ours is then imported in a fork of its
# own, which knows all of theirs and none of ours.
IMPORT_EACH = """
import contextlib, importlib, json, os, sys, traceback
OURS = ("bot", "backend", "madoguchi")
def forked(act):
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        said = act().encode()
        while said:
            said = said[os.write(writes, said):]
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said
def all_of_theirs():
    for name in names:
        with contextlib.suppress(BaseException):
            importlib.import_module(name)
    return json.dumps([name for name in sys.modules if name.partition(".")[0] not in OURS])
def fault_of(name):
    try:
        importlib.import_module(name)
    except BaseException:
        return traceback.format_exc(limit=-3)[-4000:]
    return ""
names = json.load(sys.stdin)
for name in json.loads(forked(all_of_theirs)):
    with contextlib.suppress(BaseException):
        importlib.import_module(name)
failed = {name: said for name in names if (said := forked(lambda: fault_of(name)))}
print(json.dumps(failed))
"""


def test_every_module_imports_in_a_fresh_interpreter() -> None:
    """Whichever module is imported first, it imports, and no warning is raised on the way."""
    names = [name for name in modules() if not name.endswith(NO_ENTRANCE)]
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_EACH],
        cwd=ROOT,
        check=True,
        input=json.dumps(names),
        capture_output=True,
        text=True,
    )
    assert names
    assert json.loads(run.stdout) == {}
