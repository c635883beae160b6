"""Tokens, seals, signatures, roster: what keeps a reporter unnamed and a report unread by anyone it was not meant for.

The only room that uses `cryptography`, `mnemonic` and `shamir_mnemonic`, and the only one besides the bootstraps that
may draw randomness. It imports nothing else of ours, reads no clock and no file, and writes no log.
"""
