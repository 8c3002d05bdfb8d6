"""Gift sets: what they are made with, their orders, parcels and decoration jobs

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from giftshop.schema.alteration import add_required, drop_columns, replace_check

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
MOMENT = sa.DateTime(timezone=True)
KINDS_BEFORE = "kind IN ('gift_book', 'shopping_card')"
KINDS = "kind IN ('gift_book', 'shopping_card', 'gift_set')"
STATES_BEFORE = "state IN ('draft', 'awaiting_approval', 'awaiting_payment', 'paid', 'issued', 'cancelled')"
STATES = "state IN ('draft', 'awaiting_approval', 'awaiting_payment', 'paid', 'issued', 'made', 'sent', 'cancelled')"
PAID_BEFORE = "state NOT IN ('paid', 'issued') OR paid_at IS NOT NULL"
PAID = "state NOT IN ('paid', 'issued', 'made', 'sent') OR paid_at IS NOT NULL"
LINES_BEFORE = "kind IN ('books', 'value', 'printing', 'branding', 'delivery')"
LINES = (
    "kind IN ('books', 'value', 'printing', 'branding', 'delivery', "
    "'items', 'packaging', 'setup', 'decoration', 'card', 'parcels')"
)


def enum(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        'bundle_rules',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('tag', sa.String(), nullable=False),
        sa.Column('other_tag', sa.String(), nullable=False),
        sa.Column('reasons', JSON, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_bundle_rules')),
        sa.UniqueConstraint('tag', 'other_tag', name=op.f('uq_bundle_rules_tag_other_tag')),
    )
    op.create_table(
        'decorations',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('kind', enum('decorationkind', 'silk_screen', 'sticker', 'bag_print', 'engraving'), nullable=False),
        sa.Column('names', JSON, nullable=False),
        sa.Column('setup_minor', BIGINT, nullable=False),
        sa.Column('unit_minor', BIGINT, nullable=False),
        sa.Column('currency', sa.String(), nullable=False),
        sa.Column('least', BIGINT, nullable=False),
        sa.Column('lead_days', BIGINT, nullable=False),
        sa.Column('width_mm', BIGINT, nullable=False),
        sa.Column('height_mm', BIGINT, nullable=False),
        sa.Column('is_active', sa.Boolean(), nullable=False),
        sa.CheckConstraint('lead_days >= 0', name=op.f('ck_decorations_lead_is_not_negative')),
        sa.CheckConstraint('least > 0', name=op.f('ck_decorations_least_is_positive')),
        sa.CheckConstraint('setup_minor >= 0 AND unit_minor >= 0', name=op.f('ck_decorations_prices_are_not_negative')),
        sa.CheckConstraint('width_mm > 0 AND height_mm > 0', name=op.f('ck_decorations_area_is_positive')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_decorations')),
    )
    op.create_table(
        'packagings',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('kind', enum('packagingkind', 'box', 'bag', 'wrapping'), nullable=False),
        sa.Column('names', JSON, nullable=False),
        sa.Column('picture', sa.String(), nullable=True),
        sa.Column('price_minor', BIGINT, nullable=False),
        sa.Column('currency', sa.String(), nullable=False),
        sa.Column('weight_g', BIGINT, nullable=False),
        sa.Column('holds_g', BIGINT, nullable=False),
        sa.Column('is_active', sa.Boolean(), nullable=False),
        sa.CheckConstraint('holds_g > 0', name=op.f('ck_packagings_holds_something')),
        sa.CheckConstraint('price_minor >= 0', name=op.f('ck_packagings_price_is_not_negative')),
        sa.CheckConstraint('weight_g >= 0', name=op.f('ck_packagings_weight_is_not_negative')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_packagings')),
        sa.UniqueConstraint('code', name=op.f('uq_packagings_code')),
    )
    op.create_table(
        'item_decorations',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('item_id', BIGINT, nullable=True),
        sa.Column('packaging_id', BIGINT, nullable=True),
        sa.Column('decoration_id', BIGINT, nullable=False),
        sa.Column('places', JSON, nullable=False),
        sa.Column('width_mm', BIGINT, nullable=False),
        sa.Column('height_mm', BIGINT, nullable=False),
        sa.Column('is_active', sa.Boolean(), nullable=False),
        sa.CheckConstraint('(item_id IS NULL) <> (packaging_id IS NULL)', name=op.f('ck_item_decorations_on_one_thing')),
        sa.CheckConstraint('width_mm > 0 AND height_mm > 0', name=op.f('ck_item_decorations_area_is_positive')),
        sa.ForeignKeyConstraint(['decoration_id'], ['decorations.id'], name=op.f('fk_item_decorations_decoration_id_decorations')),
        sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_item_decorations_item_id_items')),
        sa.ForeignKeyConstraint(['packaging_id'], ['packagings.id'], name=op.f('fk_item_decorations_packaging_id_packagings')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_item_decorations')),
    )
    op.create_index(op.f('ix_item_decorations_decoration_id'), 'item_decorations', ['decoration_id'])
    op.create_index(op.f('ix_item_decorations_item_id'), 'item_decorations', ['item_id'])
    op.create_index(op.f('ix_item_decorations_packaging_id'), 'item_decorations', ['packaging_id'])
    op.create_table(
        'decoration_jobs',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('source_kind', sa.String(), nullable=False),
        sa.Column('source_id', BIGINT, nullable=False),
        sa.Column('position', BIGINT, nullable=False),
        sa.Column('firm_id', BIGINT, nullable=False),
        sa.Column('about', sa.String(), nullable=False),
        sa.Column('kind', enum('jobkind', 'silk_screen', 'sticker', 'bag_print', 'engraving', 'greeting_cards'), nullable=False),
        sa.Column('words', JSON, nullable=False),
        sa.Column('on_words', JSON, nullable=False),
        sa.Column('places', JSON, nullable=False),
        sa.Column('quantity', BIGINT, nullable=False),
        sa.Column('width_mm', BIGINT, nullable=False),
        sa.Column('height_mm', BIGINT, nullable=False),
        sa.Column('logo_id', BIGINT, nullable=True),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('begin_by', sa.Date(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('state', enum('decorationstate', 'waiting', 'begun', 'done'), nullable=False),
        sa.Column('asked_at', MOMENT, nullable=False),
        sa.Column('begun_by', BIGINT, nullable=True),
        sa.Column('begun_at', MOMENT, nullable=True),
        sa.Column('done_by', BIGINT, nullable=True),
        sa.Column('done_at', MOMENT, nullable=True),
        sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name=op.f('ck_decoration_jobs_done_when')),
        sa.CheckConstraint("(state = 'waiting') = (begun_at IS NULL)", name=op.f('ck_decoration_jobs_begun_when')),
        sa.CheckConstraint('quantity > 0', name=op.f('ck_decoration_jobs_quantity_positive')),
        sa.ForeignKeyConstraint(['begun_by'], ['users.id'], name=op.f('fk_decoration_jobs_begun_by_users')),
        sa.ForeignKeyConstraint(['done_by'], ['users.id'], name=op.f('fk_decoration_jobs_done_by_users')),
        sa.ForeignKeyConstraint(['firm_id'], ['firms.id'], name=op.f('fk_decoration_jobs_firm_id_firms')),
        sa.ForeignKeyConstraint(['logo_id'], ['logos.id'], name=op.f('fk_decoration_jobs_logo_id_logos')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_decoration_jobs')),
        sa.UniqueConstraint('source_kind', 'source_id', 'position', name=op.f('uq_decoration_jobs_source_kind_source_id_position')),
    )
    op.create_index('ix_decoration_jobs_state', 'decoration_jobs', ['state', 'due_on', 'id'])
    op.create_table(
        'gift_sets',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('firm_id', BIGINT, nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('currency', sa.String(), nullable=False),
        sa.Column('packaging_id', BIGINT, nullable=True),
        sa.Column('has_card', sa.Boolean(), nullable=False),
        sa.Column('headline', sa.String(), nullable=False),
        sa.Column('greeting', sa.String(), nullable=False),
        sa.Column('planned', BIGINT, nullable=False),
        sa.Column('drawn_up_by', BIGINT, nullable=True),
        sa.Column('drawn_up_at', MOMENT, nullable=False),
        sa.Column('frozen_at', MOMENT, nullable=True),
        sa.Column('copied_from', BIGINT, nullable=True),
        sa.CheckConstraint('planned BETWEEN 1 AND 100000', name=op.f('ck_gift_sets_planned_in_range')),
        sa.ForeignKeyConstraint(['copied_from'], ['gift_sets.id'], name=op.f('fk_gift_sets_copied_from_gift_sets')),
        sa.ForeignKeyConstraint(['drawn_up_by'], ['users.id'], name=op.f('fk_gift_sets_drawn_up_by_users')),
        sa.ForeignKeyConstraint(['firm_id'], ['firms.id'], name=op.f('fk_gift_sets_firm_id_firms')),
        sa.ForeignKeyConstraint(['packaging_id'], ['packagings.id'], name=op.f('fk_gift_sets_packaging_id_packagings')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_gift_sets')),
    )
    op.create_index('ix_gift_sets_firm_id_id', 'gift_sets', ['firm_id', 'id'])
    op.create_table(
        'gift_set_decorations',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('gift_set_id', BIGINT, nullable=False),
        sa.Column('place_id', BIGINT, nullable=False),
        sa.Column('logo_id', BIGINT, nullable=True),
        sa.Column('text', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['gift_set_id'], ['gift_sets.id'], name=op.f('fk_gift_set_decorations_gift_set_id_gift_sets')),
        sa.ForeignKeyConstraint(['logo_id'], ['logos.id'], name=op.f('fk_gift_set_decorations_logo_id_logos')),
        sa.ForeignKeyConstraint(['place_id'], ['item_decorations.id'], name=op.f('fk_gift_set_decorations_place_id_item_decorations')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_gift_set_decorations')),
        sa.UniqueConstraint('gift_set_id', 'place_id', name=op.f('uq_gift_set_decorations_gift_set_id_place_id')),
    )
    op.create_table(
        'gift_set_items',
        sa.Column('gift_set_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('item_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('position', BIGINT, nullable=False),
        sa.Column('quantity', BIGINT, nullable=False),
        sa.CheckConstraint('quantity BETWEEN 1 AND 99', name=op.f('ck_gift_set_items_quantity_in_range')),
        sa.ForeignKeyConstraint(['gift_set_id'], ['gift_sets.id'], name=op.f('fk_gift_set_items_gift_set_id_gift_sets')),
        sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_gift_set_items_item_id_items')),
        sa.PrimaryKeyConstraint('gift_set_id', 'item_id', name=op.f('pk_gift_set_items')),
    )
    op.create_table(
        'order_branches',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('order_id', BIGINT, nullable=False),
        sa.Column('quantity', BIGINT, nullable=False),
        sa.Column('receiver', JSON, nullable=False),
        sa.CheckConstraint('quantity > 0', name=op.f('ck_order_branches_quantity_positive')),
        sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_branches_order_id_orders')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_order_branches')),
    )
    op.create_index(op.f('ix_order_branches_order_id'), 'order_branches', ['order_id'])
    op.create_table(
        'order_parcels',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('order_id', BIGINT, nullable=False),
        sa.Column('position', BIGINT, nullable=False),
        sa.Column('recipient_id', BIGINT, nullable=True),
        sa.Column('branch_id', BIGINT, nullable=True),
        sa.Column('quantity', BIGINT, nullable=False),
        sa.Column('shipment_id', BIGINT, nullable=True),
        sa.Column('requested_at', MOMENT, nullable=True),
        sa.Column('dispatched_at', MOMENT, nullable=True),
        sa.Column('delivered_at', MOMENT, nullable=True),
        sa.Column('returned_at', MOMENT, nullable=True),
        sa.CheckConstraint('(shipment_id IS NULL) = (requested_at IS NULL)', name=op.f('ck_order_parcels_requested_when')),
        sa.CheckConstraint('quantity > 0', name=op.f('ck_order_parcels_quantity_positive')),
        sa.ForeignKeyConstraint(['branch_id'], ['order_branches.id'], name=op.f('fk_order_parcels_branch_id_order_branches')),
        sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_parcels_order_id_orders')),
        sa.ForeignKeyConstraint(['recipient_id'], ['order_recipients.id'], name=op.f('fk_order_parcels_recipient_id_order_recipients')),
        sa.ForeignKeyConstraint(['shipment_id'], ['shipments.id'], name=op.f('fk_order_parcels_shipment_id_shipments')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_order_parcels')),
        sa.UniqueConstraint('order_id', 'position', name=op.f('uq_order_parcels_order_id_position')),
        sa.UniqueConstraint('shipment_id', name=op.f('uq_order_parcels_shipment_id')),
    )
    op.create_index(op.f('ix_order_parcels_branch_id'), 'order_parcels', ['branch_id'])
    op.create_index(op.f('ix_order_parcels_recipient_id'), 'order_parcels', ['recipient_id'])
    op.create_index('ix_order_parcels_to_request', 'order_parcels', ['order_id', 'position'], sqlite_where=sa.text('shipment_id IS NULL'), postgresql_where=sa.text('shipment_id IS NULL'))

    add_required('order_recipients', sa.Column('ref', sa.String(), nullable=False), given="''")
    replace_check('order_lines', 'ck_order_lines_linekind', LINES)
    add_required('orders', sa.Column('delivery', enum('delivery', 'direct', 'firm', 'branches'), nullable=False), given="'firm'")
    with op.batch_alter_table('orders') as batch:
        batch.add_column(sa.Column('gift_set_id', BIGINT, nullable=True))
        batch.add_column(sa.Column('not_before', sa.Date(), nullable=True))
        for name in ('arrives_by', 'reserved_at', 'short_since', 'made_at', 'sent_at'):
            batch.add_column(sa.Column(name, MOMENT, nullable=True))
        batch.create_foreign_key(op.f('fk_orders_gift_set_id_gift_sets'), 'gift_sets', ['gift_set_id'], ['id'])
    replace_check('orders', 'ck_orders_orderkind', KINDS)
    replace_check('orders', 'ck_orders_orderstate', STATES)
    replace_check('orders', 'ck_orders_paid_when', PAID)
    with op.batch_alter_table('orders') as batch:
        batch.create_check_constraint(op.f('ck_orders_a_set_is_one_of_the_firms'), "(kind = 'gift_set') = (gift_set_id IS NOT NULL)")
    op.create_index(
        'ix_orders_short_since', 'orders', ['short_since'],
        sqlite_where=sa.text('short_since IS NOT NULL'), postgresql_where=sa.text('short_since IS NOT NULL'),
    )


def downgrade() -> None:
    op.drop_index('ix_orders_short_since', table_name='orders')
    op.drop_table('order_parcels')
    op.drop_table('order_branches')
    sets = "(SELECT id FROM orders WHERE kind = 'gift_set')"
    for table in ('order_lines', 'order_recipients', 'list_uploads'):
        op.execute(f'DELETE FROM {table} WHERE order_id IN {sets}')
    op.execute("DELETE FROM orders WHERE kind = 'gift_set' OR state IN ('made', 'sent')")
    op.execute("DELETE FROM order_lines WHERE kind NOT IN ('books', 'value', 'printing', 'branding', 'delivery')")
    with op.batch_alter_table('orders') as batch:
        batch.drop_constraint(op.f('fk_orders_gift_set_id_gift_sets'), type_='foreignkey')
    drop_columns(
        'orders',
        'gift_set_id', 'delivery', 'not_before', 'arrives_by', 'reserved_at', 'short_since', 'made_at', 'sent_at',
        checks=('ck_orders_a_set_is_one_of_the_firms', 'ck_orders_delivery'),
    )
    replace_check('orders', 'ck_orders_orderkind', KINDS_BEFORE)
    replace_check('orders', 'ck_orders_orderstate', STATES_BEFORE)
    replace_check('orders', 'ck_orders_paid_when', PAID_BEFORE)
    replace_check('order_lines', 'ck_order_lines_linekind', LINES_BEFORE)
    drop_columns('order_recipients', 'ref')
    op.drop_table('gift_set_items')
    op.drop_table('gift_set_decorations')
    op.drop_table('gift_sets')
    op.drop_table('decoration_jobs')
    op.drop_table('item_decorations')
    op.drop_table('packagings')
    op.drop_table('decorations')
    op.drop_table('bundle_rules')
