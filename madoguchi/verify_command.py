"""`madoguchi verify-log`: holds a case's log against published checkpoints, from the store or from exported files.

Needs no network where both are files. Names the first thing that is wrong and ends with status 1 then.
"""

import asyncio
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import typer

from backend.contract import CaseLog, Checkpoints
from bot.config import PIN_BYTES
from madoguchi.staff.keyfile import open_key
from madoguchi.telling import Teller
from madoguchi.verify import Proven, doubts_of, examine
from madoguchi.verify_fetching import fetch_checkpoints, fetch_log, read_export
from madoguchi.verify_telling import told, told_of_checkpoints, told_of_signer
from madoguchi.wire import STORE
from madoguchi.words import NotDoneError


class Asked(NamedTuple):
    """What is to be verified, and by what."""

    number: str = ""
    log: Path | None = None
    checkpoints: Path | None = None
    #: Public keys that are believed, in base64, or files with one a line.
    signers: Sequence[str] = ()
    key: Path = Path("staff.key")
    passphrase_file: Path | None = None
    store: str | None = None


def verify_log(asked: Asked, language: str = "") -> int:
    """Verify and say what was found; return the exit status."""
    teller = Teller(language)
    try:
        return asyncio.run(_verify(asked, teller))
    except NotDoneError as refused:
        for sentence in refused.told(teller.words):
            typer.echo(sentence, err=True)
        return 1


async def _verify(asked: Asked, teller: Teller) -> int:
    signers = [key for given in asked.signers for key in _keys(given)]
    if asked.number or asked.log:
        log, published = await _both(asked, teller)
        verdict = examine(log, published, signers, newest=asked.log is None and asked.checkpoints is None)
        is_fine, sentences = isinstance(verdict, Proven), list(told(verdict, log, teller.words))
    elif asked.checkpoints:
        published = read_export(Checkpoints, asked.checkpoints)
        doubt = next(doubts_of(published, signers), None)
        is_fine, sentences = doubt is None, [told_of_checkpoints(doubt, published, teller.words)]
    else:
        raise NotDoneError("verify.nothing")
    for sentence in sentences:
        teller.show(sentence, "good" if is_fine else "warning")
    if is_fine and not signers:
        for sentence in told_of_signer(published, teller.words):
            teller.show(sentence, "quiet")
    return 0 if is_fine else 1


async def _both(asked: Asked, teller: Teller) -> tuple[CaseLog, Checkpoints]:
    if asked.log:
        log = read_export(CaseLog, asked.log)
        return log, await _checkpoints(asked, asked.store or STORE, log.organ)
    key = open_key(asked.key, teller.passphrase(asked.passphrase_file, "key.question"))
    address = asked.store or key.store
    published = await _checkpoints(asked, address, key.organ)
    log = await fetch_log(address, key, asked.number)
    newest = max((proof.serial for proof in log.proofs), default=0)
    if not asked.checkpoints and published.signed[-1:] and newest > published.signed[-1].checkpoint.serial:
        # Another one was signed between the two questions.
        published = await fetch_checkpoints(address, key.organ)
    return log, published


async def _checkpoints(asked: Asked, address: str, organ: str) -> Checkpoints:
    return read_export(Checkpoints, asked.checkpoints) if asked.checkpoints else await fetch_checkpoints(address, organ)


def _keys(given: str) -> list[bytes]:
    """Public keys in base64, or from a file. Raises `NotDoneError` when there is none."""
    place = Path(given)
    try:
        texts = place.read_text(encoding="ascii").split() if place.is_file() else [given]
        keys = [b64decode(text, validate=True) for text in texts]
    except (OSError, ValueError, NotBase64) as unreadable:
        raise NotDoneError("verify.no_key", given=given) from unreadable
    if not keys or any(len(key) != PIN_BYTES for key in keys):
        raise NotDoneError("verify.no_key", given=given)
    return keys
