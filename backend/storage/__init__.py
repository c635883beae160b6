"""Where cases are kept: SQLAlchemy and nothing above it, on SQLite or PostgreSQL by the same statements."""
