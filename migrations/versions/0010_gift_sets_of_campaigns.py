"""Campaigns give gift sets: several orders for a grade; their people can be erased

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from giftshop.schema.alteration import drop_columns

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'campaign_orders',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('grade_id', BIGINT, nullable=False),
        sa.Column('number', sa.String(), nullable=False),
        sa.Column('is_on_site', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ['grade_id'], ['campaign_grades.id'], name=op.f('fk_campaign_orders_grade_id_campaign_grades')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_orders')),
        sa.UniqueConstraint('grade_id', 'number', name=op.f('uq_campaign_orders_grade_id_number')),
    )
    op.execute(
        "INSERT INTO campaign_orders (grade_id, number, is_on_site) "
        "SELECT id, order_number, false FROM campaign_grades WHERE order_number IS NOT NULL"
    )
    drop_columns('campaign_grades', 'order_number')
    op.add_column('campaigns', sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    drop_columns('campaigns', 'erased_at')
    op.add_column('campaign_grades', sa.Column('order_number', sa.String(), nullable=True))
    op.execute(
        "UPDATE campaign_grades SET order_number = "
        "(SELECT min(number) FROM campaign_orders WHERE campaign_orders.grade_id = campaign_grades.id)"
    )
    op.drop_table('campaign_orders')
