"""Making an organ: signing keys, the recovery key in three shares, and the credentials of bot and administrator.

The recovery seed is split and then forgotten; only its public half is kept, so that no single file opens what it
opens. Refuses to replace a key or a credential that exists: an organ is made once.
"""

import json
from pathlib import Path

import msgspec

from bot.anonymity import lockbox, recovery
from bot.anonymity.sealing import new_seed, public_key
from bot.anonymity.signing import new_signing_seed, signing_public
from madoguchi import private_files
from madoguchi.credentials import credential_hash, new_credential
from madoguchi.organ.card import OrganCard, as_json
from madoguchi.words import NotDoneError


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """Where an organ's files lie below the folder of keys."""

    organ: Path
    #: Read by the case store: hashes only.
    credentials: Path
    #: Read by the bot: one bearer credential.
    intake: Path

    @classmethod
    def beside(cls, organ: Path) -> "Places":
        """Return the usual places: beside the organ's own folder, where bot and case store look for them."""
        keys = organ.parent
        return cls(organ=organ, credentials=keys / "backend/credentials.json", intake=keys / "intake.token")

    @property
    def card(self) -> Path:
        """Where the public card lies."""
        return self.organ / "organ.json"

    @property
    def publisher(self) -> Path:
        """Where the credential for publishing lies."""
        return self.organ / "publisher.token"

    @property
    def recovery(self) -> Path:
        """Where the credential lies with which share holders fetch a case; it opens nothing."""
        return self.organ / "recovery.token"

    @property
    def last_publication(self) -> Path:
        """Where it is noted what was signed and published last."""
        return self.organ / "last-publication.json"

    def signing_key(self, number: int) -> Path:
        """Return where the signing key of the `number`th signer lies, from 1."""
        return self.organ / f"signing-{number}.key"


class Founded(msgspec.Struct, frozen=True, kw_only=True):
    """A new organ, with what is shown once and then nowhere."""

    card: OrganCard
    #: One a signing key, in order.
    passphrases: tuple[str, ...]
    shares: tuple[str, str, str]

    def __repr__(self) -> str:
        return f"<Founded {self.card.organ}>"


def found(places: Places, organ: str, name: dict[str, str], *, signers: int = 1, threshold: int = 1) -> Founded:
    """Make the keys and credentials of an organ and write them to `places`.

    Raises `NotDoneError` when an organ is there already, or its credentials are, or the threshold cannot be met.
    """
    if not 1 <= threshold <= signers:
        raise NotDoneError("organ.threshold", signers=signers, threshold=threshold)
    if places.card.exists():
        raise NotDoneError("organ.exists", file=places.card)
    _give_credentials(places, organ)
    seeds = tuple(new_signing_seed() for _ in range(signers))
    passphrases = tuple(lockbox.new_passphrase() for _ in seeds)
    recovery_seed, recovery_token = new_seed(), new_credential()
    card = OrganCard(
        organ=organ,
        name=name,
        pins=tuple(map(signing_public, seeds)),
        threshold=threshold,
        recovery_public=public_key(recovery_seed),
        recovery_credential=credential_hash(recovery_token),
    )
    for number, (seed, passphrase) in enumerate(zip(seeds, passphrases, strict=True), 1):
        private_files.write(places.signing_key(number), lockbox.close(seed, passphrase))
    private_files.write(places.recovery, recovery_token.encode())
    # The card comes last: an organ without one was not finished and may be made again.
    private_files.create(places.card, as_json(card))
    return Founded(card=card, passphrases=passphrases, shares=recovery.split(recovery_seed))


def _give_credentials(places: Places, organ: str) -> None:
    known = json.loads(places.credentials.read_text()) if places.credentials.exists() else {"organs": {}}
    # Our own publisher file beside a missing card means that the making was cut short, and may be done again.
    if organ in known["organs"] and not places.publisher.exists():
        raise NotDoneError("organ.has_credentials", organ=organ, file=places.credentials)
    publisher, intake = new_credential(), new_credential()
    known["organs"][organ] = {
        "publisher": credential_hash(publisher).hex(),
        "intake": credential_hash(intake).hex(),
    }
    private_files.write(places.publisher, publisher.encode())
    private_files.write(places.intake, intake.encode())
    private_files.write(places.credentials, json.dumps(known, indent=2).encode() + b"\n")
