"""The command: starts both sides, and is the only place that reads private staff and organ keys."""
