"""A message knows the language it is written in

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was written before keeps an empty language: it is read off the script of its text."""
    with op.batch_alter_table('messages') as batch:
        batch.add_column(sa.Column('locale', sa.String(), nullable=False, server_default=''))
    with op.batch_alter_table('messages') as batch:
        batch.alter_column('locale', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('messages') as batch:
        batch.drop_column('locale')
