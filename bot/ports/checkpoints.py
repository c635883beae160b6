"""The case store as it asks for signatures under its checkpoints. Every call may raise `DeskError`."""

from typing import Protocol

from bot.anonymity.checkpoints import Offer


class CheckpointDesk(Protocol):
    """Where checkpoints come from and where their signatures go; it cannot sign one itself."""

    async def offered_checkpoint(self) -> Offer | None:
        """Return the checkpoint that waits to be signed, unverified; None when none does."""

    async def checkpoint_signed(self, serial: int, signer: bytes, signature: bytes) -> None:
        """Bring a signature; the same again is fine."""

    async def checkpoint_refused(self, serial: int) -> None:
        """Say that a checkpoint is not signed, so that it is made anew."""
