"""The room where hostile bytes are parsed: a child process that can do nothing but read, think and answer.

`scrubber.py` is the bot's side. All the rest runs in the child, holds no key, and imports nothing else of the bot.
"""
