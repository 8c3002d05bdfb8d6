"""Deliveries that wait until the difference for something dearer is paid

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'waiting_deliveries',
        sa.Column('redemption_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
        sa.Column('receiver', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('not_before', sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ['redemption_id'], ['redemptions.id'], name=op.f('fk_waiting_deliveries_redemption_id_redemptions')
        ),
        sa.PrimaryKeyConstraint('redemption_id', name=op.f('pk_waiting_deliveries')),
    )


def downgrade() -> None:
    op.drop_table('waiting_deliveries')
