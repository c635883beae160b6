"""By which keys a case knows its reporter, followed from the sealed facts through every letter that named new ones.

Of two letters that name a new key the first in order of arrival counts, for the second may be by whoever else had seen
the token. What the old key signed stays good exactly as far as the chain from that letter back reaches: nothing can be
put among it later.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from bot.anonymity.errors import ForgedError
from bot.anonymity.hidden import Hidden
from bot.anonymity.letters import Renewal, read
from bot.anonymity.sealing import PUBLIC_BYTES
from bot.anonymity.signing import (
    BEGINNING,
    REPORTER,
    Audience,
    Envelope,
    Kind,
    letter_hash,
    peek,
    sign_bytes,
    signed_by,
    verify,
)

_LABEL = b"madoguchi/renewal/1\0"


class Voice(msgspec.Struct, frozen=True):
    """The reporter's public keys at one time."""

    sealing_public: bytes
    signing_public: bytes


class _Ended(NamedTuple):
    """A voice that was replaced: which letters are its own, and below which counter that cannot be told."""

    voice: Voice
    letters: frozenset[bytes]
    floors: Mapping[Audience, int]


class Voices(Hidden, frozen=True):
    """All keys that a reporter had, oldest first; the last one speaks now and is sealed to."""

    every: tuple[Voice, ...]
    ended: tuple[_Ended, ...] = ()

    def key_for(self, claimed: Envelope, signed: bytes) -> bytes:
        """Give the key that must have signed this letter, if it is the reporter's: one key for each letter."""
        name = letter_hash(signed)
        for voice, letters, floors in self.ended:
            # Below a letter that is missing no link can be followed; what stands there is shown beside its gap.
            if name in letters or claimed.counter < floors.get(claimed.audience, 0):
                return voice.signing_public
        return self.every[-1].signing_public


def prove(seed: bytes, organ: str, submission: str, voice: Voice) -> bytes:
    """Sign, with a new key, that it is to speak in this case: nobody can bring in a key that is not theirs."""
    return sign_bytes(seed, _LABEL, _payload(organ, submission, voice))


def voices_of(first: Voice, letters: Sequence[bytes], organ: str, submission: str) -> Voices:
    """Follow a reporter from key to key through signed letters in order of arrival, unverified ones among them."""
    every, ended = [first], list[_Ended]()
    links = dict(_links(letters))
    for signed in letters:
        renewal = _renewal(signed, every[-1], organ, submission)
        if renewal is not None:
            ended.append(_ended(every[-1], letter_hash(signed), renewal, links))
            every.append(Voice(renewal.sealing_public, renewal.signing_public))
    return Voices(tuple(every), tuple(ended))


def _payload(organ: str, submission: str, voice: Voice) -> bytes:
    return msgspec.msgpack.encode((organ, submission, voice.sealing_public, voice.signing_public))


def _renewal(signed: bytes, voice: Voice, organ: str, submission: str) -> Renewal | None:
    """Read a renewal that the voice in use signed, for a key whose holder wanted it; None for every other letter."""
    try:
        envelope = verify(signed, voice.signing_public)
        claimed = (envelope.organ, envelope.submission, envelope.kind, envelope.author, envelope.audience)
        if claimed != (organ, submission, Kind.RENEWAL, REPORTER, Audience.DESK):
            return None
        renewal = read(Renewal, envelope.body)
    except ForgedError:
        return None
    becomes = Voice(renewal.sealing_public, renewal.signing_public)
    is_whole = len(becomes.sealing_public) == PUBLIC_BYTES
    payload = _payload(organ, submission, becomes)
    return renewal if is_whole and signed_by(becomes.signing_public, _LABEL, payload, renewal.proof) else None


def _links(letters: Iterable[bytes]) -> Iterable[tuple[bytes, Envelope]]:
    for signed in letters:
        try:
            yield letter_hash(signed), peek(signed)
        except ForgedError:
            continue


def _ended(voice: Voice, last: bytes, renewal: Renewal, links: Mapping[bytes, Envelope]) -> _Ended:
    desk, desk_floor = _chain(last, links[last].counter, links)
    identity, identity_floor = _chain(renewal.identity_previous, renewal.identity_counter, links)
    floors = {Audience.DESK: desk_floor, Audience.IDENTITY: identity_floor}
    return _Ended(voice, frozenset((*desk, *identity)), floors)


def _chain(last: bytes, counter: int, links: Mapping[bytes, Envelope]) -> tuple[list[bytes], int]:
    """Follow a chain back from its last letter; give its letters, and the counter below which it is not known."""
    found, floor = list[bytes](), counter + 1
    while last != BEGINNING:
        envelope = links.get(last)
        if envelope is None:
            return found, floor
        found.append(last)
        floor, last = envelope.counter, envelope.previous
    return found, 0
