"""Where the bot keeps sealed talks, parcels and return addresses.

A store sees names and sizes, never what is inside.
"""
