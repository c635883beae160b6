"""The HTTP API of the case store: knows who asks and what was sent; knows no storage."""
