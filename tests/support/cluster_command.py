"""`make cluster`: starts the split deployment on this machine, says how to use it, and stops it on Ctrl-C."""

import signal
import sys
import time

import typer

from tests.support.cluster import Cluster, DiedError, listened, running, staff_words
from tests.support.cluster_compose import MissingSettingError, read_env
from tests.support.cluster_parts import MissingProgramError, free_port
from tests.support.repository import ROOT

_FOLDER = ROOT / "var/cluster"
#: The doors that people use keep their numbers where they are free.
_DOORS = {("proxy", 8443): 8443, ("proxy", 8444): 8444}


def main() -> int:
    """Run a cluster until Ctrl-C, and say where it is reached. Returns 1 when it cannot start, or a part ends."""
    doors = {place: free_port() if listened(port) else port for place, port in _DOORS.items()}
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with running(_FOLDER, read_env(ROOT / ".env"), doors) as cluster:
            _show(cluster)
            ended = _first_to_end(cluster)
    except KeyboardInterrupt:
        return 0
    except (DiedError, MissingProgramError, MissingSettingError) as refused:
        typer.echo(refused, err=True)
        return 1
    typer.echo(f"{ended} ended by itself; its last words are in {_FOLDER}/{ended}.log", err=True)
    return 1


def _first_to_end(cluster: Cluster) -> str:
    while True:
        for name, part in cluster.parts.items():
            if not part.is_up:
                return name
        time.sleep(0.5)


def _show(cluster: Cluster) -> None:
    typer.echo(f"Reports:     {cluster.url}   (with a stop-gap certificate: the browser will ask)")
    typer.echo(f"Case store:  {cluster.staff_url}/api/v1/")
    for name, part in cluster.parts.items():
        typer.echo(f"  {name:<10} {part.log}")
    if cluster.demo is not None:
        typer.echo("As the desk:")
        typer.echo(f"  SSL_CERT_FILE={cluster.certificate} {' '.join(staff_words(cluster, 'sato'))} inbox")
    typer.echo("Ctrl-C stops everything.")


if __name__ == "__main__":
    sys.exit(main())
