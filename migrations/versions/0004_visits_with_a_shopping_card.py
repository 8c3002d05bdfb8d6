"""Visits with a shopping card: several redemptions of one card, with lines

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from giftshop.schema.alteration import add_required, drop_columns

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
CHECKS = {
    'ck_redemptions_an_item_or_a_value': '(item_id IS NULL) = (value_minor IS NOT NULL)',
    'ck_redemptions_takes_value': 'value_minor >= 0 AND difference_minor >= 0',
    'ck_redemptions_a_gift_book_has_one': 'item_id IS NULL OR nth = 1',
}


def upgrade() -> None:
    state = sa.Enum(
        'confirmed', 'awaiting_payment', 'cancelled',
        name='redemptionstate', native_enum=False, create_constraint=True, length=32,
    )
    add_required('redemptions', sa.Column('nth', BIGINT, nullable=False), given='1')
    add_required('redemptions', sa.Column('difference_minor', BIGINT, nullable=False), given='0')
    add_required('redemptions', sa.Column('state', state, nullable=False), given="'confirmed'")
    with op.batch_alter_table('redemptions') as batch:
        batch.add_column(sa.Column('value_minor', BIGINT, nullable=True))
        batch.alter_column('item_id', existing_type=BIGINT, nullable=True)
        batch.drop_constraint(op.f('uq_redemptions_card_id'), type_='unique')
        batch.create_unique_constraint(op.f('uq_redemptions_card_id_nth'), ['card_id', 'nth'])
    with op.batch_alter_table('redemptions') as batch:
        for name, condition in CHECKS.items():
            batch.create_check_constraint(op.f(name), condition)
    op.create_table(
        'redemption_lines',
        sa.Column('redemption_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('item_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('position', BIGINT, nullable=False),
        sa.Column('quantity', BIGINT, nullable=False),
        sa.Column('unit_minor', BIGINT, nullable=False),
        sa.CheckConstraint(
            'quantity > 0 AND unit_minor > 0', name=op.f('ck_redemption_lines_something_for_something')
        ),
        sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_redemption_lines_item_id_items')),
        sa.ForeignKeyConstraint(
            ['redemption_id'], ['redemptions.id'], name=op.f('fk_redemption_lines_redemption_id_redemptions')
        ),
        sa.PrimaryKeyConstraint('redemption_id', 'item_id', name=op.f('pk_redemption_lines')),
    )
    with op.batch_alter_table('redemption_drafts') as batch:
        batch.add_column(sa.Column('basket', JSON, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('redemption_drafts') as batch:
        batch.drop_column('basket')
    op.drop_table('redemption_lines')
    visits = '(SELECT id FROM redemptions WHERE item_id IS NULL)'
    op.execute(f'DELETE FROM thank_yous WHERE redemption_id IN {visits}')
    op.execute('DELETE FROM redemptions WHERE item_id IS NULL')
    with op.batch_alter_table('redemptions') as batch:
        batch.drop_constraint(op.f('uq_redemptions_card_id_nth'), type_='unique')
        batch.create_unique_constraint(op.f('uq_redemptions_card_id'), ['card_id'])
    drop_columns(
        'redemptions', 'nth', 'difference_minor', 'state', 'value_minor',
        checks=(*CHECKS, 'ck_redemptions_redemptionstate'),
    )
    with op.batch_alter_table('redemptions') as batch:
        batch.alter_column('item_id', existing_type=BIGINT, nullable=False)
