"""Why something could not be read, opened or believed, split by who must act.

Messages carry kinds only: never content, tokens, keys, names or addresses.
"""

from enum import StrEnum


class AnonymityError(Exception):
    """Base of every refusal of this room."""


class TokenFault(StrEnum):
    """What is wrong with a typed reference token."""

    #: not 25 symbols once spaces and dashes are gone, or not twelve words
    LENGTH = "length"
    #: a character that no token holds
    SYMBOL = "symbol"
    #: a word that is in no list
    WORD = "word"
    #: good symbols or words that do not belong together: a slip or a swap
    CHECK = "check"


class TokenUnreadableError(AnonymityError):
    """The person types the token again; nothing was looked up, so this is no failed guess."""

    def __init__(self, reason: TokenFault, place: int = 0) -> None:
        super().__init__(f"unreadable token: {reason}")
        self.reason = reason
        #: Which of twelve words is in no list, from 1, where it is just one; else 0.
        self.place = place


class NotOpenedError(AnonymityError):
    """Wrong key, wrong binding or a changed byte: told apart by nobody, so that nobody learns which."""

    def __init__(self) -> None:
        super().__init__("not opened")


class ForgedError(AnonymityError):
    """The letter is not shown: signature, author, shape or self-certification does not fit what it claims to be."""

    def __init__(self, kind: str = "signature") -> None:
        super().__init__(f"not what it claims to be: {kind}")
        self.kind = kind


class RosterFault(StrEnum):
    """What is wrong with a roster."""

    #: fewer pinned keys signed it than the threshold asks
    SIGNATURE = "signature"
    #: older than one already seen
    SERIAL = "serial"
    #: past its last day
    EXPIRED = "expired"
    #: not a roster, or one that contradicts itself
    SHAPE = "shape"
    #: a good roster of another organ
    ORGAN = "organ"


class RosterRefusedError(AnonymityError):
    """The organ's key holders must publish a roster that holds; the old one stays in use for reading."""

    def __init__(self, reason: RosterFault) -> None:
        super().__init__(f"roster refused: {reason}")
        self.reason = reason


class LockboxError(AnonymityError):
    """Whoever holds the passphrase or the shares must try again, or the file is damaged."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"lockbox stays closed: {kind}")
        self.kind = kind
