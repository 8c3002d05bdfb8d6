"""Suppliers who send goods to the receiver themselves, and their parcels

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
STEPS_BEFORE = "step IN ('open', 'claim', 'release', 'pack', 'assign', 'hand_over', 'deliver', 'except', 'resolve', 'take_back', 'resend', 'readdress', 'change_lines', 'cancel', 'undo')"
STEPS = STEPS_BEFORE.replace("'pack', ", "'pack', 'order', ")
CHECKS = {
    'ck_shipments_ordered_from_supplier': 'supplier_id IS NOT NULL OR ordered_at IS NULL',
    'ck_shipments_supplier_packs': "supplier_id IS NULL OR (state NOT IN ('packing', 'packed') AND manifest_id IS NULL)",
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


def is_sqlite():
    return op.get_bind().dialect.name == 'sqlite'


def reword(table, before, after):
    """Change the words a SQLite table is declared with, where the rows stay as they are: sqlite.org/lang_altertable.

    Writing it anew instead would mean to drop what other tables refer to.
    """
    bind = op.get_bind()
    declared = bind.execute(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name"), {'name': table}
    ).scalar_one()
    if declared.count(before) != 1:
        raise RuntimeError(f'{table} is not declared as expected: no "{before}"')
    version = bind.exec_driver_sql('PRAGMA schema_version').scalar_one()
    bind.exec_driver_sql('PRAGMA writable_schema = ON')
    bind.execute(
        sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :name"),
        {'sql': declared.replace(before, after), 'name': table},
    )
    bind.exec_driver_sql(f'PRAGMA schema_version = {version + 1}')
    bind.exec_driver_sql('PRAGMA writable_schema = OFF')


def in_words(table, checks):
    """Return the constraints of a SQLite table that speak of its supplier, as they stand before its primary key."""
    foreign = f'CONSTRAINT fk_{table}_supplier_id_suppliers FOREIGN KEY(supplier_id) REFERENCES suppliers (id), '
    return foreign + ''.join(f'CONSTRAINT {name} CHECK ({condition}), ' for name, condition in checks.items())


def bind_to_suppliers(table, checks):
    key = f'CONSTRAINT pk_{table} PRIMARY KEY'
    if is_sqlite():
        reword(table, key, in_words(table, checks) + key)
        return
    op.create_foreign_key(op.f(f'fk_{table}_supplier_id_suppliers'), table, 'suppliers', ['supplier_id'], ['id'])
    for name, condition in checks.items():
        op.create_check_constraint(op.f(name), table, condition)


def part_from_suppliers(table, checks):
    if is_sqlite():
        reword(table, in_words(table, checks), '')
        return
    op.drop_constraint(op.f(f'fk_{table}_supplier_id_suppliers'), table, type_='foreignkey')
    for name in checks:
        op.drop_constraint(op.f(name), table, type_='check')


def change_steps(before, after):
    if is_sqlite():
        reword('shipment_events', f'CONSTRAINT ck_shipment_events_step CHECK ({before})', f'CONSTRAINT ck_shipment_events_step CHECK ({after})')
        return
    op.drop_constraint(op.f('ck_shipment_events_step'), 'shipment_events', type_='check')
    op.create_check_constraint(op.f('ck_shipment_events_step'), 'shipment_events', after)


def create_index(name, columns, where):
    condition = sa.text(where) if where else None
    op.create_index(name, 'shipments', columns, unique=False, sqlite_where=condition, postgresql_where=condition)


def upgrade() -> None:
    op.create_table('suppliers',
    sa.Column('id', BIGINT, nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('names', JSON, nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suppliers')),
    sa.UniqueConstraint('code', name=op.f('uq_suppliers_code'))
    )
    op.add_column('items', sa.Column('supplier_id', BIGINT, nullable=True))
    bind_to_suppliers('items', {})
    op.create_index(op.f('ix_items_supplier_id'), 'items', ['supplier_id'], unique=False)
    op.add_column('shipments', sa.Column('supplier_id', BIGINT, nullable=True))
    op.add_column('shipments', sa.Column('ordered_at', sa.DateTime(timezone=True), nullable=True))
    bind_to_suppliers('shipments', CHECKS)
    for name, (columns, _before, after) in QUEUES.items():
        op.drop_index(name, 'shipments')
        create_index(name, columns, after)
    create_index('ix_shipments_supplier_queue', ['state', 'supplier_id', 'promised_on', 'id'], THEIRS)
    change_steps(STEPS_BEFORE, STEPS)


def downgrade() -> None:
    op.execute("DELETE FROM shipment_events WHERE step = 'order'")
    change_steps(STEPS, STEPS_BEFORE)
    op.drop_index('ix_shipments_supplier_queue', 'shipments')
    for name, (columns, before, _after) in QUEUES.items():
        op.drop_index(name, 'shipments')
        create_index(name, columns, before)
    part_from_suppliers('shipments', CHECKS)
    op.execute('ALTER TABLE shipments DROP COLUMN ordered_at')
    op.execute('ALTER TABLE shipments DROP COLUMN supplier_id')
    op.drop_index(op.f('ix_items_supplier_id'), 'items')
    part_from_suppliers('items', {})
    op.execute('ALTER TABLE items DROP COLUMN supplier_id')
    op.drop_table('suppliers')
