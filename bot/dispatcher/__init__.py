"""One talk at a time: lock, load, step, save, answer, carry out, feed back. Nothing is said that is not stored."""
