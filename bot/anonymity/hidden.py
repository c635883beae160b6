"""Records whose fields never reach a log or a traceback: shown, they give their name alone."""

import msgspec


class Hidden(msgspec.Struct, frozen=True):
    """A record that hides its fields from `repr` and `str`."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"
