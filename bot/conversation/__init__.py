"""The talk, without I/O: events in, a new session and effects out.

It reads no clock, throws no dice and opens no file after start.
"""
