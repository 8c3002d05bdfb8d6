"""Suppliers who send goods to the receiver themselves, and their parcels

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from giftshop.schema.alteration import drop_columns, replace_check

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
STEPS_BEFORE = (
    "step IN ('open', 'claim', 'release', 'pack', 'assign', 'hand_over', 'deliver', 'except', 'resolve', "
    "'take_back', 'resend', 'readdress', 'change_lines', 'cancel', 'undo')"
)
STEPS = STEPS_BEFORE.replace("'pack', ", "'pack', 'order', ")
CHECKS = {
    'ck_shipments_ordered_from_supplier': 'supplier_id IS NOT NULL OR ordered_at IS NULL',
    'ck_shipments_supplier_packs': (
        "supplier_id IS NULL OR (state NOT IN ('packing', 'packed') AND manifest_id IS NULL)"
    ),
}
OURS = 'supplier_id IS NULL'
THEIRS = 'supplier_id IS NOT NULL'
QUEUES = {
    'ix_shipments_queue': (['state', 'promised_on', 'id'], None, OURS),
    'ix_shipments_firm_queue': (['state', 'firm_id', 'promised_on', 'id'], None, OURS),
    'ix_shipments_carrier_queue': (
        ['state', 'carrier_id', 'promised_on', 'id'], 'carrier_id IS NOT NULL', f'carrier_id IS NOT NULL AND {OURS}'
    ),
}
"""Indexes of the bench's queue: their columns, and of which rows they were and are."""


def create_index(name, columns, where):
    condition = sa.text(where) if where else None
    op.create_index(name, 'shipments', columns, unique=False, sqlite_where=condition, postgresql_where=condition)


def upgrade() -> None:
    op.create_table(
        'suppliers',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('names', JSON, nullable=False),
        sa.Column('contact', sa.String(), nullable=False),
        sa.Column('email', sa.String(), nullable=False),
        sa.Column('is_active', sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_suppliers')),
        sa.UniqueConstraint('code', name=op.f('uq_suppliers_code')),
    )
    with op.batch_alter_table('items') as batch:
        batch.add_column(sa.Column('supplier_id', BIGINT, nullable=True))
        batch.create_foreign_key(op.f('fk_items_supplier_id_suppliers'), 'suppliers', ['supplier_id'], ['id'])
        batch.create_index(op.f('ix_items_supplier_id'), ['supplier_id'])
    for name in QUEUES:
        op.drop_index(name, 'shipments')
    with op.batch_alter_table('shipments') as batch:
        batch.add_column(sa.Column('supplier_id', BIGINT, nullable=True))
        batch.add_column(sa.Column('ordered_at', sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(op.f('fk_shipments_supplier_id_suppliers'), 'suppliers', ['supplier_id'], ['id'])
    with op.batch_alter_table('shipments') as batch:
        for name, condition in CHECKS.items():
            batch.create_check_constraint(op.f(name), condition)
    for name, (columns, _before, after) in QUEUES.items():
        create_index(name, columns, after)
    create_index('ix_shipments_supplier_queue', ['state', 'supplier_id', 'promised_on', 'id'], THEIRS)
    replace_check('shipment_events', 'ck_shipment_events_step', STEPS)


def downgrade() -> None:
    op.execute("DELETE FROM shipment_events WHERE step = 'order'")
    replace_check('shipment_events', 'ck_shipment_events_step', STEPS_BEFORE)
    op.drop_index('ix_shipments_supplier_queue', 'shipments')
    for name in QUEUES:
        op.drop_index(name, 'shipments')
    with op.batch_alter_table('shipments') as batch:
        batch.drop_constraint(op.f('fk_shipments_supplier_id_suppliers'), type_='foreignkey')
    drop_columns('shipments', 'ordered_at', 'supplier_id', checks=tuple(CHECKS))
    for name, (columns, before, _after) in QUEUES.items():
        create_index(name, columns, before)
    with op.batch_alter_table('items') as batch:
        batch.drop_index(op.f('ix_items_supplier_id'))
        batch.drop_constraint(op.f('fk_items_supplier_id_suppliers'), type_='foreignkey')
    drop_columns('items', 'supplier_id')
    op.drop_table('suppliers')
