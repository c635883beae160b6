"""What may go wrong with a store on a server, and who must act. Messages hold kinds, never what was to be stored."""


class StoreError(Exception):
    """Base: what was asked of the store is not known to have been done."""


class StoreUnavailableError(StoreError):
    """No answer, or a refusal that may pass. Whoever sent the update shall send it again; nothing was acknowledged."""


class LockLostError(StoreUnavailableError):
    """The turn of this talk went to another process meanwhile. Nothing of this write is stored; the same again."""


class StoreUnfitError(StoreError):
    """The operator must act: the server does not keep what it is told, or does not let this bot in."""
