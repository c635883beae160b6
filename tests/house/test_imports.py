"""Every module can be the first one imported: no room leans on another having been loaded before it."""

import json
import subprocess
import sys

from tests.support.repository import ROOT, modules

#: Run by something else when imported: by the interpreter, and by Alembic within a context of its own.
NO_ENTRANCE = ("__main__", ".migrations.env")

# Other people's packages are loaded once, and each module of ours in a fork of that interpreter, which knows none.
IMPORT_EACH = """
import importlib, json, os, sys, traceback
for package in ("aiohttp", "sqlalchemy.ext.asyncio", "pydantic_settings", "typer", "rich.console", "prompt_toolkit"):
    importlib.import_module(package)
failed = {}
for module in json.load(sys.stdin):
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            importlib.import_module(module)
        except BaseException:
            os.write(writes, traceback.format_exc(limit=-3).encode()[-4000:])
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    if said:
        failed[module] = said
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
