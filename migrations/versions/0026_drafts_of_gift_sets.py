"""Drafts of gift sets: who changed them last and in which version, a budget for each person, and deleting that is undone

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

from giftshop.schema.alteration import add_required, drop_columns

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    add_required('gift_sets', sa.Column('version', BIGINT, nullable=False), given='1')
    with op.batch_alter_table('gift_sets') as batch:
        batch.add_column(sa.Column('budget_minor', BIGINT, nullable=True))
        batch.add_column(sa.Column('changed_by', BIGINT, nullable=True))
        batch.add_column(sa.Column('changed_at', MOMENT, nullable=True))
        batch.add_column(sa.Column('deleted_at', MOMENT, nullable=True))
        batch.create_foreign_key(op.f('fk_gift_sets_changed_by_users'), 'users', ['changed_by'], ['id'])
        batch.create_check_constraint(op.f('ck_gift_sets_budget_positive'), 'budget_minor IS NULL OR budget_minor > 0')
    op.execute(sa.text('UPDATE gift_sets SET changed_by = drawn_up_by, changed_at = drawn_up_at'))


def downgrade() -> None:
    with op.batch_alter_table('gift_sets') as batch:
        batch.drop_constraint(op.f('fk_gift_sets_changed_by_users'), type_='foreignkey')
    drop_columns(
        'gift_sets',
        'version',
        'budget_minor',
        'changed_by',
        'changed_at',
        'deleted_at',
        checks=('ck_gift_sets_budget_positive',),
    )
