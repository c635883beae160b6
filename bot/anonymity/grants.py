"""Grants: one compartment's seed, signed, then sealed to one holder. Whoever has none has nothing to open.

At hand-over the reporter's token signs them; widening is re-sealing by a staff member who has the seed and signs it. An
unsigned seed would let whoever holds the database make a desk seal its letters to a key of theirs, so a grant counts
only once verified.
"""

import msgspec

from bot.anonymity.errors import ForgedError
from bot.anonymity.hidden import Hidden
from bot.anonymity.letters import read, write
from bot.anonymity.roster import RECOVERY
from bot.anonymity.sealing import Binding, Compartment, Direction, open_sealed, seal
from bot.anonymity.signing import BEGINNING, Audience, Envelope, Kind, peek, sign, verify


class SealedGrant(msgspec.Struct, frozen=True):
    """One grant as the store keeps it."""

    #: a staff id, or `RECOVERY`
    holder: str
    compartment: str
    ciphertext: bytes
    #: which of the compartment's key pairs, said in clear too
    epoch: int = 0


class Grant(Hidden, frozen=True):
    """What a grant gives."""

    holder: str
    compartment: Compartment
    seed: bytes
    #: 0 at hand-over; one more with every fresh key
    epoch: int = 0


class Granter(Hidden, frozen=True):
    """Who signs a grant, for which case."""

    organ: str
    submission: str
    author: str
    signing_seed: bytes


class OpenedGrant(Hidden, frozen=True):
    """A grant whose signature is still to be verified: the key may lie in the facts that it opens."""

    grant: Grant
    signed: bytes


def seal_grant(granter: Granter, grant: Grant, public: bytes) -> SealedGrant:
    """Sign a grant and seal it to its holder's public key."""
    envelope = Envelope(
        granter.organ, granter.submission, Kind.GRANT, granter.author, Audience.DESK, 0, BEGINNING, write(grant)
    )
    sealed = seal(
        public,
        sign(envelope, granter.signing_seed),
        _binding(granter.organ, granter.submission, grant.compartment, grant.holder),
    )
    return SealedGrant(grant.holder, grant.compartment, sealed, grant.epoch)


def open_grant(seed: bytes, sealed: SealedGrant, organ: str, submission: str) -> OpenedGrant:
    """Open a grant with its holder's sealing seed; raises `NotOpenedError`, or `ForgedError` when it is another's.

    The recovery key alone opens what was signed for somebody else: they left it behind (`leave_behind`).
    """
    signed = open_sealed(seed, sealed.ciphertext, _binding(organ, submission, sealed.compartment, sealed.holder))
    envelope = peek(signed)
    grant = read(Grant, envelope.body)
    claimed = (envelope.organ, envelope.submission, envelope.kind, grant.compartment)
    is_theirs = sealed.holder in (grant.holder, RECOVERY)
    if claimed != (organ, submission, Kind.GRANT, sealed.compartment) or not is_theirs:
        raise ForgedError("grant")
    return OpenedGrant(grant, signed)


def leave_behind(seed: bytes, sealed: SealedGrant, recovery_public: bytes, organ: str, submission: str) -> SealedGrant:
    """Seal a grant of one's own to the recovery key, signed as it is, without having opened the case.

    Whoever must not look into a case cannot prove its seed either, so they do not sign it: whoever first signed still
    answers for it. Raises as `open_grant` does.
    """
    opened = open_grant(seed, sealed, organ, submission)
    ciphertext = seal(recovery_public, opened.signed, _binding(organ, submission, sealed.compartment, RECOVERY))
    return SealedGrant(RECOVERY, sealed.compartment, ciphertext, opened.grant.epoch)


def author_of(opened: OpenedGrant) -> str:
    """Tell who claims to have signed it, so that the key can be looked up."""
    return peek(opened.signed).author


def proven(opened: OpenedGrant, public: bytes | None) -> bool:
    """Whether the key of the claimed author really signed it."""
    try:
        return public is not None and verify(opened.signed, public).kind is Kind.GRANT
    except ForgedError:
        return False


def _binding(organ: str, submission: str, compartment: str, holder: str) -> Binding:
    return Binding(organ, submission, compartment, Direction.GRANT, holder)
