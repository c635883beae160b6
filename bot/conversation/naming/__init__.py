"""Whom a typed name means: people's names in every spelling, matched against what somebody wrote.

Pure. Nothing that was typed is kept here; in doubt it says so, and leaves the decision to the person who wrote.
"""
