"""What was found out about a log, as sentences. Pure; staff ids and acts come from the store and are made harmless."""

from base64 import b64encode
from collections.abc import Iterator

from backend.contract import CaseLog, Checkpoints
from madoguchi.foreign import one_line
from madoguchi.verify import Doubtful, Proven, Verdict
from madoguchi.verify_entries import Break
from madoguchi.words import Words


def told(verdict: Verdict, log: CaseLog, words: Words) -> Iterator[str]:
    """Say what is wrong with a log, or how far it is proven."""
    number = one_line(log.case_number)
    if isinstance(verdict, Doubtful):
        yield words(f"verify.{verdict.doubt}", number=number, serial=verdict.serial)
    elif isinstance(verdict, Break):
        yield _broken(verdict, number, words)
        yield from _shown(verdict, log, words)
    else:
        yield from _proven(verdict, number, words)


def told_of_checkpoints(doubt: Doubtful | None, published: Checkpoints, words: Words) -> str:
    """Say what is wrong with checkpoints alone, or how many there are."""
    if doubt is not None:
        return words(f"verify.{doubt.doubt}", number="", serial=doubt.serial)
    if not published.signed:
        return words("verify.none_signed")
    newest = published.signed[-1].checkpoint
    return words("verify.checkpoints", count=len(published.signed), serial=newest.serial, day=newest.day)


def told_of_signer(published: Checkpoints, words: Words) -> Iterator[str]:
    """Say whose signatures were believed, for people to compare."""
    for signer in dict.fromkeys(each.signer for each in published.signed):
        yield words("verify.signer", key=b64encode(signer).decode())


def _broken(found: Break, number: str, words: Words) -> str:
    # A gap or a rewritten stretch has an end; of all else only the beginning is known.
    many = f"verify.{found.damage}_many"
    key = many if found.last > found.first and words.known(many) else f"verify.{found.damage}"
    return words(key, number=number, first=found.first + 1, last=found.last + 1)


def _shown(found: Break, log: CaseLog, words: Words) -> Iterator[str]:
    """What stands in the place now."""
    here = next((entry for place, entry in enumerate(log.entries) if place == found.first), None)
    if here is not None:
        yield words("verify.reads", on=here.on, actor=one_line(here.actor), act=one_line(here.act))


def _proven(proven: Proven, number: str, words: Words) -> Iterator[str]:
    if proven.by is None:
        yield words("verify.not_yet", number=number, count=proven.newer)
        return
    held = proven.by.checkpoint
    key = "verify.destroyed" if proven.destroyed else "verify.proven"
    yield words(key, number=number, count=proven.entries, serial=held.serial, day=held.day)
    if proven.newer:
        yield words("verify.newer", count=proven.newer)
