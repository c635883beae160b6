"""What a case is and may become, as pure functions and tables: no I/O, no clock, no chance, no cryptographic keys."""
