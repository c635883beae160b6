"""What reporters may say later on: who they are, whom counsel hears with, and how much of their inbox they have read.

Of what was there before nothing is known to be read, so that the first look shows it as new.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("cases", sa.Column("counsel", sa.JSON, nullable=False, server_default="[]"))
    for name in ("letters_read", "notices_read"):
        op.add_column("cases", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.add_column("held_letters", sa.Column("compartment", sa.String(32), nullable=False, server_default="facts"))
