"""Brings a database to the tables that this version of the program needs; refuses to go back."""

from functools import cache
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_STEPS: Final = Path(__file__).parent / "migrations"


def bring_up(connection: Connection) -> None:
    """Run the steps that this database has not seen. The caller sees to it that nobody else does so meanwhile."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def is_current(connection: Connection) -> bool:
    """Tell whether the tables are those that this version of the program needs."""
    return MigrationContext.configure(connection).get_current_revision() == _newest()


@cache
def _newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    # A lone percent sign in the folder's name would be read as the start of a placeholder.
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
