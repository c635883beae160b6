"""What the bot says when a new token takes the place of an old one."""

from backend.contract.words import Record


class RenewedToken(Record, frozen=True):
    """A new locator for a case, with the card it opens and the letter that names the reporter's new keys to staff."""

    locator: bytes
    new_locator: bytes
    message_id: str
    ciphertext: bytes
    card: bytes
    card_version: int
    #: As in `Submission`.
    at_once: bool = False
