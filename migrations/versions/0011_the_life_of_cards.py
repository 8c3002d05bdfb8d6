"""The whole life of cards: opened by range, stopped, replaced, expired, extended, settled

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from giftshop.schema.alteration import add_required, drop_columns, replace_check

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
UNREDEEMED = ('keep', 'return', 'credit', 'donate')

CARD_STATES = ('sealed', 'active', 'claimed', 'blocked', 'void')
ACCOUNTS = ('sold', 'pending', 'outstanding', 'redeemed', 'returned', 'received')
KINDS = ('issue', 'activate', 'spend', 'reverse', 'void', 'difference')


def one_of(column: str, values: tuple[str, ...]) -> str:
    return f'{column} IN ({", ".join(repr(value) for value in values)})'


def choice(name: str) -> sa.Enum:
    return sa.Enum(*UNREDEEMED, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    replace_check('cards', 'ck_cards_cardstate', one_of('state', (*CARD_STATES[:-1], 'lapsed', 'void')))
    replace_check('postings', 'ck_postings_account', one_of('account', (*ACCOUNTS[:-1], 'expired', 'credited', 'donated', 'kept', 'received')))
    replace_check(
        'postings',
        'ck_postings_entrykind',
        one_of('kind', (*KINDS, 'top_up', 'expire', 'revive', 'reissue', 'move', 'settle')),
    )

    add_required('programmes', sa.Column('grace_days', BIGINT, nullable=False), given='0')
    add_required('programmes', sa.Column('unredeemed', choice('unredeemed'), nullable=False), given="'keep'")
    with op.batch_alter_table('programmes') as batch:
        batch.add_column(sa.Column('fallback_item_id', BIGINT, nullable=True))
        batch.add_column(sa.Column('next_lapse_at', sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column('reminded_days', BIGINT, nullable=True))
        batch.create_foreign_key(
            op.f('fk_programmes_fallback_item_id_items'), 'items', ['fallback_item_id'], ['id']
        )
        batch.create_index('ix_programmes_next_lapse_at', ['next_lapse_at'])
    op.execute(
        'UPDATE programmes SET next_lapse_at = (SELECT min(cards.expires_at) FROM cards '
        'JOIN batches ON batches.id = cards.batch_id WHERE batches.programme_id = programmes.id) '
        'WHERE valid_until IS NOT NULL'
    )

    add_required('orders', sa.Column('unredeemed', choice('unredeemed'), nullable=False), given="'keep'")
    with op.batch_alter_table('orders') as batch:
        batch.add_column(sa.Column('fallback_item_id', BIGINT, nullable=True))
        batch.create_foreign_key(op.f('fk_orders_fallback_item_id_items'), 'items', ['fallback_item_id'], ['id'])

    add_required(
        'batches',
        sa.Column('is_replacement', sa.Boolean(), nullable=False),
        sa.Column('is_stopped', sa.Boolean(), nullable=False),
        given='false',
    )
    replace_check('batches', 'ck_batches_issued_within_quantity', 'quantity >= 0 AND issued BETWEEN 0 AND quantity')
    with op.batch_alter_table('batches') as batch:
        batch.add_column(sa.Column('received_at', sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column('received_by', BIGINT, nullable=True))
        batch.create_foreign_key(op.f('fk_batches_received_by_users'), 'users', ['received_by'], ['id'])
    op.execute('UPDATE batches SET received_at = activated_at')

    with op.batch_alter_table('cards') as batch:
        batch.add_column(sa.Column('activated_at', sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column('replaced_by_id', BIGINT, nullable=True))
        batch.create_foreign_key(op.f('fk_cards_replaced_by_id_cards'), 'cards', ['replaced_by_id'], ['id'])
        batch.drop_index('ix_cards_batch_id_state_serial')
        batch.create_index('ix_cards_batch_id_serial_state', ['batch_id', 'serial', 'state'])
    op.execute(
        "UPDATE cards SET activated_at = (SELECT activated_at FROM batches WHERE batches.id = cards.batch_id) "
        "WHERE state <> 'sealed'"
    )
    with op.batch_alter_table('cards') as batch:
        batch.create_check_constraint(op.f('ck_cards_active_since'), "state <> 'active' OR activated_at IS NOT NULL")
        batch.create_check_constraint(op.f('ck_cards_replaced_is_void'), "replaced_by_id IS NULL OR state = 'void'")

    op.create_table(
        'stops',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column(
            'scope',
            sa.Enum(
                'batch', 'programme', 'firm', 'platform',
                name='stopscope', native_enum=False, create_constraint=True, length=32,
            ),
            nullable=False,
        ),
        sa.Column('scope_id', BIGINT, nullable=False),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('stopped_by', BIGINT, nullable=False),
        sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('lifted_by', BIGINT, nullable=True),
        sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('lift_reason', sa.String(), nullable=False),
        sa.CheckConstraint("(scope = 'platform') = (scope_id = 0)", name=op.f('ck_stops_platform_has_no_id')),
        sa.CheckConstraint('(lifted_at IS NULL) = (lifted_by IS NULL)', name=op.f('ck_stops_lifted_by_somebody')),
        sa.ForeignKeyConstraint(['lifted_by'], ['users.id'], name=op.f('fk_stops_lifted_by_users')),
        sa.ForeignKeyConstraint(['stopped_by'], ['users.id'], name=op.f('fk_stops_stopped_by_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_stops')),
    )
    op.create_index(
        'ix_stops_on',
        'stops',
        ['scope', 'scope_id'],
        unique=True,
        sqlite_where=sa.text('lifted_at IS NULL'),
        postgresql_where=sa.text('lifted_at IS NULL'),
    )
    op.create_table(
        'settlements',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('programme_id', BIGINT, nullable=False),
        sa.Column('choice', choice('unredeemed'), nullable=False),
        sa.Column('cards', BIGINT, nullable=False),
        sa.Column('amount_minor', BIGINT, nullable=False),
        sa.Column('currency', sa.String(), nullable=False),
        sa.Column('settled_by', BIGINT, nullable=False),
        sa.Column('settled_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('cards > 0 AND amount_minor > 0', name=op.f('ck_settlements_settles_something')),
        sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_settlements_programme_id_programmes')),
        sa.ForeignKeyConstraint(['settled_by'], ['users.id'], name=op.f('fk_settlements_settled_by_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_settlements')),
    )
    op.create_index('ix_settlements_programme_id', 'settlements', ['programme_id'])
    op.create_table(
        'extensions',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('firm_id', BIGINT, nullable=False),
        sa.Column('programme_id', BIGINT, nullable=False),
        sa.Column('buyer_id', BIGINT, nullable=False),
        sa.Column(
            'state',
            sa.Enum(
                'awaiting_payment', 'done', 'left_over', 'cancelled',
                name='extensionstate', native_enum=False, create_constraint=True, length=32,
            ),
            nullable=False,
        ),
        sa.Column('until', sa.Date(), nullable=False),
        sa.Column('fee_minor', BIGINT, nullable=False),
        sa.Column('currency', sa.String(), nullable=False),
        sa.Column('quantity', BIGINT, nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('given_back_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('given_back_by', BIGINT, nullable=True),
        sa.Column('given_back_note', sa.String(), nullable=False),
        sa.CheckConstraint('fee_minor >= 0 AND quantity > 0', name=op.f('ck_extensions_costs_something_or_nothing')),
        sa.CheckConstraint(
            '(given_back_at IS NULL) = (given_back_by IS NULL)', name=op.f('ck_extensions_given_back_by_somebody')
        ),
        sa.ForeignKeyConstraint(['buyer_id'], ['users.id'], name=op.f('fk_extensions_buyer_id_users')),
        sa.ForeignKeyConstraint(['firm_id'], ['firms.id'], name=op.f('fk_extensions_firm_id_firms')),
        sa.ForeignKeyConstraint(['given_back_by'], ['users.id'], name=op.f('fk_extensions_given_back_by_users')),
        sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_extensions_programme_id_programmes')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_extensions')),
    )
    op.create_index('ix_extensions_firm_id_id', 'extensions', ['firm_id', 'id'])
    op.create_index('ix_extensions_programme_id', 'extensions', ['programme_id'])


def downgrade() -> None:
    op.drop_table('extensions')
    op.drop_table('settlements')
    op.drop_table('stops')
    with op.batch_alter_table('cards') as batch:
        batch.drop_constraint(op.f('fk_cards_replaced_by_id_cards'), type_='foreignkey')
        batch.drop_index('ix_cards_batch_id_serial_state')
        batch.create_index('ix_cards_batch_id_state_serial', ['batch_id', 'state', 'serial'])
    drop_columns('cards', 'activated_at', 'replaced_by_id', checks=('ck_cards_active_since', 'ck_cards_replaced_is_void'))
    op.execute("UPDATE cards SET state = 'void' WHERE state = 'lapsed'")
    replace_check('cards', 'ck_cards_cardstate', one_of('state', CARD_STATES))
    with op.batch_alter_table('batches') as batch:
        batch.drop_constraint(op.f('fk_batches_received_by_users'), type_='foreignkey')
    drop_columns('batches', 'received_at', 'received_by', 'is_replacement', 'is_stopped')
    op.execute('DELETE FROM batches WHERE quantity = 0')
    replace_check('batches', 'ck_batches_issued_within_quantity', 'quantity > 0 AND issued BETWEEN 0 AND quantity')
    with op.batch_alter_table('orders') as batch:
        batch.drop_constraint(op.f('fk_orders_fallback_item_id_items'), type_='foreignkey')
    drop_columns('orders', 'unredeemed', 'fallback_item_id', checks=('ck_orders_unredeemed',))
    with op.batch_alter_table('programmes') as batch:
        batch.drop_constraint(op.f('fk_programmes_fallback_item_id_items'), type_='foreignkey')
        batch.drop_index('ix_programmes_next_lapse_at')
    drop_columns(
        'programmes',
        'grace_days', 'unredeemed', 'fallback_item_id', 'next_lapse_at', 'reminded_days',
        checks=('ck_programmes_unredeemed',),
    )
    op.execute("DELETE FROM postings WHERE kind IN ('top_up', 'expire', 'revive', 'reissue', 'move', 'settle')")
    replace_check('postings', 'ck_postings_account', one_of('account', ACCOUNTS))
    replace_check('postings', 'ck_postings_entrykind', one_of('kind', KINDS))
