"""Telegram: a private chat with a bot, buttons under its messages. Groups are left at once; no name is ever read."""
