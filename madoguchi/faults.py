"""Why the service did not start, as sentences: settings, places that are taken, a database that is away."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from backend.config import SettingsFaultyError as BackendSettingsFaultyError
from backend.ports import StoreUnavailableError
from bot.config import SettingsFaultyError as BotSettingsFaultyError
from madoguchi.telling import Teller
from madoguchi.words import NotDoneError


@contextmanager
def plainly(teller: Teller) -> Iterator[None]:
    """Turn every known reason into sentences on stderr and exit status 1."""
    try:
        yield
    except NotDoneError as refused:
        sentences = refused.told(teller.words)
    except (BackendSettingsFaultyError, BotSettingsFaultyError) as faulty:
        sentences = [teller.words("run.settings"), *(f"  {fault}" for fault in faulty.faults)]
    except StoreUnavailableError:
        sentences = [teller.words("run.no_database")]
    else:
        return
    for sentence in sentences:
        typer.echo(sentence, err=True)
    raise typer.Exit(1)
