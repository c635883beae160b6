"""What Alembic runs: the steps, on the connection that `schema.py` hands in. Knows no address of a database."""

from alembic import context

from backend.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
