"""A firm says what it means to spend on an order

Revision ID: 0032
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

from giftshop.schema.alteration import drop_columns

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    with op.batch_alter_table('orders') as batch:
        batch.add_column(sa.Column('budget_minor', BIGINT, nullable=True))
        batch.create_check_constraint(op.f('ck_orders_budget_not_below_zero'), 'budget_minor >= 0')


def downgrade() -> None:
    drop_columns('orders', 'budget_minor', checks=('ck_orders_budget_not_below_zero',))
