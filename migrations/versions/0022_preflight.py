"""What a preflight found on the file of a print run

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    with op.batch_alter_table('print_runs') as batch:
        batch.add_column(sa.Column('preflight', JSON, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('print_runs') as batch:
        batch.drop_column('preflight')
