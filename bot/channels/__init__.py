"""The places people talk from, one a file: each brings what people do to the `Inlet` and shows the screen it gives."""
