"""Signs the case store's checkpoints, once each, and none that does not continue the last one.

What was signed is remembered before the signature leaves, under its number and the key: of several bots that look at
one checkpoint each signs the same, and a store that shows two under one number gets a signature for one. A checkpoint
that is refused keeps nobody from reporting: it is logged and shown among the alarms until one is right again.
"""

import asyncio
from datetime import timedelta

import msgspec
import structlog

from bot.anonymity.boxes import lock, unlock
from bot.anonymity.checkpoints import Checkpoint, CheckpointRefusedError, Offer, check, sign_checkpoint
from bot.anonymity.signing import signing_public
from bot.ports.checkpoints import CheckpointDesk
from bot.ports.desk import DeskRefusedError
from bot.ports.storing import SessionStore
from bot.ports.world import Clock

#: There is one a day; a weekend's outage is no alarm yet.
_OVERDUE = timedelta(days=3)
_log = structlog.get_logger()


class Signer(msgspec.Struct, frozen=True):
    """Whose logs are signed for, and with what."""

    organ: str
    #: Ed25519, 32 bytes.
    seed: bytes
    #: The bot's own key, which locks what is remembered.
    key: bytes

    def __repr__(self) -> str:
        return f"<Signer {self.organ}>"


class Checkpoints:
    """The last checkpoint that was signed; `is_well` says whether the log can be proved."""

    def __init__(self, desk: CheckpointDesk, store: SessionStore, signer: Signer, clock: Clock) -> None:
        self._desk = desk
        self._store = store
        self._signer = signer
        self._clock = clock
        self._public = signing_public(signer.seed)
        # A new key begins anew, for everyone to see: the way out when a backup had to be restored.
        self._prefix = f"checkpoint:{self._public.hex()[:16]}:"
        self.is_well = True

    @property
    def public(self) -> bytes:
        """The key by which signatures are verified."""
        return self._public

    async def round(self) -> None:
        """Look whether a checkpoint waits, and sign or refuse it."""
        last = await self._last()
        offer = await self._desk.offered_checkpoint()
        if offer is None:
            self._waited(last)
        elif last is not None and offer.checkpoint == last:
            # Signed before, and nobody knows whether the signature arrived.
            await self._publish(last)
        else:
            await self._judge(offer, last)

    async def _judge(self, offer: Offer, last: Checkpoint | None) -> None:
        today = self._clock.now().date()
        try:
            await asyncio.to_thread(check, offer, last, self._signer.organ, today)
        except CheckpointRefusedError as refused:
            self._amiss(refused.reason.value)
            await self._desk.checkpoint_refused(offer.checkpoint.serial)
            return
        if await self._remember(offer.checkpoint) == offer.checkpoint:
            await self._publish(offer.checkpoint)

    async def _publish(self, checkpoint: Checkpoint) -> None:
        signature = sign_checkpoint(self._signer.seed, checkpoint)
        try:
            await self._desk.checkpoint_signed(checkpoint.serial, self._public, signature)
        except DeskRefusedError:
            self._amiss("taken")
            return
        self.is_well = True
        _log.info("checkpoint_signed", serial=checkpoint.serial)

    async def _last(self) -> Checkpoint | None:
        names = await self._store.secrets(self._prefix)
        box = await self._store.secret(max(names)) if names else None
        return None if box is None else self._opened(max(names), box)

    async def _remember(self, checkpoint: Checkpoint) -> Checkpoint:
        """Note a checkpoint as the one with its number, unless another one is; return the one that is."""
        # So many digits that names sort like numbers.
        name = f"{self._prefix}{checkpoint.serial:020}"
        box = lock(self._signer.key, msgspec.msgpack.encode(checkpoint), name.encode())
        kept = self._opened(name, await self._store.secret_once(name, box))
        for older in await self._store.secrets(self._prefix):
            if older < name:
                await self._store.drop_secret(older)
        return kept

    def _opened(self, name: str, box: bytes) -> Checkpoint:
        return msgspec.msgpack.decode(unlock(self._signer.key, box, name.encode()), type=Checkpoint)

    def _waited(self, last: Checkpoint | None) -> None:
        if last is not None and self._clock.now().date() - last.day > _OVERDUE:
            self._amiss("overdue")

    def _amiss(self, reason: str) -> None:
        self.is_well = False
        _log.error("checkpoint_refused", reason=reason)
