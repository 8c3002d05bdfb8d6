"""Within a day, the queue goes by when the carrier collects

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

from giftshop.schema.alteration import drop_columns

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

OURS = 'supplier_id IS NULL'
QUEUES = {
    'ix_shipments_queue': (['state'], OURS),
    'ix_shipments_firm_queue': (['state', 'firm_id'], OURS),
    'ix_shipments_carrier_queue': (['state', 'carrier_id'], f'carrier_id IS NOT NULL AND {OURS}'),
    'ix_shipments_supplier_queue': (['state', 'supplier_id'], 'supplier_id IS NOT NULL'),
}
"""Each index of the queue: what it is narrowed by, and of which rows it is."""
NONE_KNOWN = '23:59:59.999999'
"""What `NO_CUT_OFF` is in the database."""


def drop_queues() -> None:
    for name in QUEUES:
        op.drop_index(name, 'shipments')


def create_queues(*order: str) -> None:
    for name, (narrowed_by, where) in QUEUES.items():
        condition = sa.text(where)
        op.create_index(
            name, 'shipments', [*narrowed_by, *order], sqlite_where=condition, postgresql_where=condition
        )


def upgrade() -> None:
    drop_queues()
    with op.batch_alter_table('shipments') as batch:
        batch.add_column(sa.Column('cut_off', sa.Time(), nullable=False, server_default=NONE_KNOWN))
    with op.batch_alter_table('shipments') as batch:
        batch.alter_column('cut_off', server_default=None)
    op.execute(
        "UPDATE shipments SET cut_off = (SELECT carriers.cut_off FROM carriers WHERE carriers.id = carrier_id) "
        "WHERE carrier_id IN (SELECT id FROM carriers WHERE carriers.cut_off IS NOT NULL)"
    )
    create_queues('promised_on', 'cut_off', 'id')


def downgrade() -> None:
    drop_queues()
    drop_columns('shipments', 'cut_off')
    create_queues('promised_on', 'id')
