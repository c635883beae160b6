"""Slack: a report goes through a modal window that only its reporter sees, never through messages."""
