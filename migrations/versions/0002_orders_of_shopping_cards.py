"""Orders of shopping cards, and what a firm is

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from giftshop.schema.alteration import add_required, drop_columns, replace_check

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
LINES_BEFORE = "kind IN ('books', 'printing', 'branding', 'delivery')"
LINES = "kind IN ('books', 'value', 'printing', 'branding', 'delivery')"


def enum(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    add_required('firms', sa.Column('kind', enum('firmkind', 'company', 'trade_union', 'state_body'), nullable=False), given="'company'")

    add_required('order_lines', sa.Column('words', JSON, nullable=False), given="'{}'")
    add_required('order_lines', sa.Column('position', BIGINT, nullable=False), given='0')
    op.execute(
        'UPDATE order_lines SET position = (SELECT count(*) FROM order_lines AS others '
        'WHERE others.order_id = order_lines.order_id AND others.id <= order_lines.id)'
    )
    with op.batch_alter_table('order_lines') as batch:
        batch.drop_constraint(op.f('uq_order_lines_order_id_kind'), type_='unique')
        batch.create_unique_constraint(op.f('uq_order_lines_order_id_position'), ['order_id', 'position'])
    replace_check('order_lines', 'ck_order_lines_linekind', LINES)

    add_required('orders', sa.Column('kind', enum('orderkind', 'gift_book', 'shopping_card'), nullable=False), given="'gift_book'")
    add_required('orders', sa.Column('holder', enum('holder', 'bearer', 'named'), nullable=False), given="'bearer'")
    add_required('orders', sa.Column('allows_difference', sa.Boolean(), nullable=False), given='false')
    add_required('orders', sa.Column('agent_name', sa.String(), nullable=False), given="''")
    add_required('orders', sa.Column('agent_document', sa.String(), nullable=False), given="''")
    add_required('orders', sa.Column('transfer_only', sa.Boolean(), nullable=False), given='false')
    with op.batch_alter_table('orders') as batch:
        batch.add_column(sa.Column('face_minor', BIGINT, nullable=True))
        batch.alter_column('edition_id', existing_type=BIGINT, nullable=True)
    with op.batch_alter_table('orders') as batch:
        batch.create_check_constraint(op.f('ck_orders_a_book_has_an_edition'), "(kind = 'gift_book') = (edition_id IS NOT NULL)")
        batch.create_check_constraint(op.f('ck_orders_a_card_has_a_face_value'), "(kind = 'shopping_card') = (face_minor IS NOT NULL)")
        batch.create_check_constraint(op.f('ck_orders_face_value_positive'), 'face_minor > 0')
    op.create_table(
        'order_products',
        sa.Column('order_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('item_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('position', BIGINT, nullable=False),
        sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_order_products_item_id_items')),
        sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_products_order_id_orders')),
        sa.PrimaryKeyConstraint('order_id', 'item_id', name=op.f('pk_order_products')),
    )


def downgrade() -> None:
    op.drop_table('order_products')
    cards = "(SELECT id FROM orders WHERE kind = 'shopping_card')"
    for table in ('order_lines', 'order_recipients', 'list_uploads'):
        op.execute(f'DELETE FROM {table} WHERE order_id IN {cards}')
    op.execute("DELETE FROM orders WHERE kind = 'shopping_card'")
    drop_columns(
        'orders',
        'kind', 'holder', 'allows_difference', 'agent_name', 'agent_document', 'transfer_only', 'face_minor',
        checks=(
            'ck_orders_a_book_has_an_edition', 'ck_orders_a_card_has_a_face_value', 'ck_orders_face_value_positive',
            'ck_orders_orderkind', 'ck_orders_holder',
        ),
    )
    with op.batch_alter_table('orders') as batch:
        batch.alter_column('edition_id', existing_type=BIGINT, nullable=False)
    op.execute("DELETE FROM order_lines WHERE kind NOT IN ('books', 'printing', 'branding', 'delivery')")
    replace_check('order_lines', 'ck_order_lines_linekind', LINES_BEFORE)
    with op.batch_alter_table('order_lines') as batch:
        batch.drop_constraint(op.f('uq_order_lines_order_id_position'), type_='unique')
        batch.create_unique_constraint(op.f('uq_order_lines_order_id_kind'), ['order_id', 'kind'])
    drop_columns('order_lines', 'words', 'position')
    drop_columns('firms', 'kind', checks=('ck_firms_firmkind',))
