"""Proofs of the books, kept

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table(
        'proofs',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('proved_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('cards', BIGINT, nullable=False),
        sa.Column('found', BIGINT, nullable=False),
        sa.Column('differences', JSON, nullable=False),
        sa.CheckConstraint('cards >= 0 AND found >= 0', name=op.f('ck_proofs_counts')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_proofs')),
    )


def downgrade() -> None:
    op.drop_table('proofs')
