"""The organ's administration: makes its keys, publishes who may read what, opens what only the recovery key does."""
