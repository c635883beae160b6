"""The doors of the bot: what its rooms promise each other, as Protocols and the plain types that pass through them.

No behaviour, no concrete class. One file a door, named after what lies behind it.
"""
