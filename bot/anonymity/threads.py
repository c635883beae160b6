"""Reading a whole correspondence: what verifies, in order, and what is missing.

A letter that does not verify for its author, or belongs to another organ or case, or is of a kind its author cannot
write, is refused and never shown. A repeat is dropped. A hole or a broken link in a chain is reported, not papered
over.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

import msgspec

from bot.anonymity.errors import ForgedError
from bot.anonymity.signing import BEGINNING, REPORTER, Audience, Envelope, Kind, letter_hash, peek, verify

#: (written by the reporter, kind, audience): whatever is not a row here is refused
_WRITES = frozenset(
    {
        (True, Kind.REPORT, Audience.DESK),
        (True, Kind.MESSAGE, Audience.DESK),
        (True, Kind.IDENTITY, Audience.IDENTITY),
        (True, Kind.RENEWAL, Audience.DESK),
        (False, Kind.MESSAGE, Audience.REPORTER),
        (False, Kind.NOTICE, Audience.REPORTER),
        (False, Kind.NOTE, Audience.DESK),
        (False, Kind.NOTE, Audience.MASKED),
    }
)


class Letter(msgspec.Struct, frozen=True):
    """One verified letter."""

    message_id: str
    envelope: Envelope
    #: the signed bytes, whose hash the author's next letter names
    signed: bytes

    def __repr__(self) -> str:
        return f"<Letter {self.envelope.kind}>"


class Gap(msgspec.Struct, frozen=True):
    """The letter with this counter does not follow the one before it: something was lost or held back there."""

    author: str
    audience: Audience
    counter: int


class Thread(msgspec.Struct, frozen=True):
    """A correspondence as far as it can be believed."""

    letters: tuple[Letter, ...]
    #: how many did not verify
    refused: int
    #: how many had been read already
    repeats: int
    gaps: tuple[Gap, ...]


#: Gives the key that must have signed a letter, from what it claims (UNVERIFIED) and its bytes; None for a stranger's.
KeyOf = Callable[[Envelope, bytes], bytes | None]


def follow(letters: Iterable[Letter], author: str, audience: Audience) -> tuple[int, bytes]:
    """Give counter and `previous` of the next letter by this author to this audience, from the verified ones so far."""
    chain = [one for one in letters if (one.envelope.author, one.envelope.audience) == (author, audience)]
    if not chain:
        return 0, BEGINNING
    last = max(chain, key=lambda one: one.envelope.counter)
    return last.envelope.counter + 1, letter_hash(last.signed)


def read_thread(
    letters: Iterable[tuple[str, bytes]],
    key_of: KeyOf,
    organ: str,
    submission: str,
    audiences: Collection[Audience] = tuple(Audience),
) -> Thread:
    """Read (message id, signed letter) pairs, in the order they arrived; those for other audiences are refused.

    Different authors stay in that order; one author's letters stand by counter. Two different letters with one counter,
    which only their author could have made (two devices at once), are both shown and the place is reported as a gap.
    """
    seen: set[bytes] = set()
    believed: list[Letter] = []
    refused = repeats = 0
    for message_id, signed in letters:
        envelope = _believed(signed, key_of, organ, submission)
        if envelope is None or envelope.audience not in audiences:
            refused += 1
        elif (name := letter_hash(signed)) in seen:
            repeats += 1
        else:
            seen.add(name)
            believed.append(Letter(message_id, envelope, signed))
    return Thread(_ordered(believed), refused, repeats, _gaps(believed))


def _believed(signed: bytes, key_of: KeyOf, organ: str, submission: str) -> Envelope | None:
    try:
        claimed = peek(signed)
        public = key_of(claimed, signed)
        envelope = verify(signed, public) if public else None
    except ForgedError:
        return None
    if envelope is None or (envelope.organ, envelope.submission) != (organ, submission):
        return None
    return envelope if (envelope.author == REPORTER, envelope.kind, envelope.audience) in _WRITES else None


def _chains(letters: Sequence[Letter]) -> dict[tuple[str, Audience], list[int]]:
    """Places of each chain's letters, by counter."""
    chains: dict[tuple[str, Audience], list[int]] = defaultdict(list)
    for place, letter in enumerate(letters):
        chains[letter.envelope.author, letter.envelope.audience].append(place)
    return {who: sorted(places, key=lambda at: letters[at].envelope.counter) for who, places in chains.items()}


def _ordered(letters: Sequence[Letter]) -> tuple[Letter, ...]:
    ordered = list(letters)
    for places in _chains(letters).values():
        for slot, source in zip(sorted(places), places, strict=True):
            ordered[slot] = letters[source]
    return tuple(ordered)


def _gaps(letters: Sequence[Letter]) -> tuple[Gap, ...]:
    gaps = []
    for (author, audience), places in _chains(letters).items():
        counter, previous = 0, BEGINNING
        for envelope, signed in ((letters[at].envelope, letters[at].signed) for at in places):
            if (envelope.counter, envelope.previous) != (counter, previous):
                gaps.append(Gap(author, audience, envelope.counter))
            counter, previous = envelope.counter + 1, letter_hash(signed)
    return tuple(gaps)
