"""The case store: keeps sealed cases and the clock of what is owed; it has no key and reads nothing."""
