"""What is exposed on each channel, as rows: who can see what, what can be taken back, and which channel is safer.

Shown before the first question, so that a person can leave before having typed anything. The rows name texts of the
catalogue; nothing here is computed, and a channel without a row gets the most careful one.
"""

from msgspec import Struct


class Exposure(Struct, frozen=True):
    """The texts about one channel, as catalogue keys, in the order of telling."""

    #: What the platform, or whoever runs the machine, can see.
    platform: str
    #: What the person's employer can see.
    employer: str
    #: What the bot can take back there, and what it cannot.
    taking_back: str
    #: What a reference token shown there lets others do.
    token: str
    #: The safer channel on offer.
    safer: str

    def texts(self) -> tuple[str, ...]:
        """List the texts in the order of telling."""
        return (self.platform, self.employer, self.taking_back, self.token, self.safer)


def _row(channel: str) -> Exposure:
    return Exposure(*(f"exposure.{channel}.{about}" for about in Exposure.__struct_fields__))


#: By channel.
EXPOSURES = {channel: _row(channel) for channel in ("web", "terminal", "slack", "telegram")}

#: For a channel that nothing is known about.
UNKNOWN_CHANNEL = _row("unknown")


def exposure_on(channel: str) -> Exposure:
    """Give what is exposed on a channel; for an unknown one, what must be feared anywhere."""
    return EXPOSURES.get(channel, UNKNOWN_CHANNEL)
