"""Several shopping cards on one choice, top-ups by a firm

Revision ID: 0018
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0018'
down_revision = '0011'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')

def upgrade() -> None:
    with op.batch_alter_table('redemption_drafts') as batch:
        batch.add_column(sa.Column('cards', JSON, nullable=True))
    op.create_table(
        'redemption_payments',
        sa.Column('redemption_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('card_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('position', BIGINT, nullable=False),
        sa.Column('amount_minor', BIGINT, nullable=False),
        sa.CheckConstraint('amount_minor >= 0', name=op.f('ck_redemption_payments_gives_value')),
        sa.ForeignKeyConstraint(
            ['redemption_id'], ['redemptions.id'], name=op.f('fk_redemption_payments_redemption_id_redemptions')
        ),
        sa.ForeignKeyConstraint(['card_id'], ['cards.id'], name=op.f('fk_redemption_payments_card_id_cards')),
        sa.PrimaryKeyConstraint('redemption_id', 'card_id', name=op.f('pk_redemption_payments')),
        sa.UniqueConstraint('redemption_id', 'position', name=op.f('uq_redemption_payments_redemption_id')),
    )
    op.create_index('ix_redemption_payments_card_id', 'redemption_payments', ['card_id'])


def downgrade() -> None:
    op.drop_table('redemption_payments')
    with op.batch_alter_table('redemption_drafts') as batch:
        batch.drop_column('cards')
