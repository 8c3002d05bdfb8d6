"""E-cards: batches that are never printed, when and where they are sent, and messages about something

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

from giftshop.schema.alteration import add_required, drop_columns, replace_check

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)
LINES_BEFORE = (
    "kind IN ('books', 'value', 'printing', 'branding', 'delivery', 'items', 'packaging', 'setup', 'decoration', "
    "'card', 'parcels')"
)
LINES = (
    "kind IN ('books', 'value', 'printing', 'branding', 'delivery', 'sending', 'items', 'packaging', 'setup', "
    "'decoration', 'card', 'parcels')"
)
STATES_BEFORE = "state IN ('queued', 'sent')"
STATES = "state IN ('queued', 'sent', 'refused', 'withdrawn')"
ORDER_CHECKS = {
    'sets_are_no_ecards': 'NOT is_digital OR gift_set_id IS NULL',
    'a_day_has_its_hour': '(send_on IS NULL) = (send_hour IS NULL)',
    'an_hour_of_the_day': 'send_hour BETWEEN 0 AND 23',
}


def enum(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    add_required('batches', sa.Column('is_digital', sa.Boolean(), nullable=False), given='false')

    add_required('orders', sa.Column('is_digital', sa.Boolean(), nullable=False), given='false')
    add_required('orders', sa.Column('send_zone', sa.String(), nullable=False), given="''")
    op.add_column('orders', sa.Column('send_on', sa.Date(), nullable=True))
    op.add_column('orders', sa.Column('send_hour', BIGINT, nullable=True))
    with op.batch_alter_table('orders') as batch:
        for name, condition in ORDER_CHECKS.items():
            batch.create_check_constraint(op.f(f'ck_orders_{name}'), condition)
    add_required('order_recipients', sa.Column('email', sa.String(), nullable=False), given="''")
    replace_check('order_lines', 'ck_order_lines_linekind', LINES)

    op.add_column('messages', sa.Column('about_kind', sa.String(), nullable=True))
    op.add_column('messages', sa.Column('about_id', BIGINT, nullable=True))
    with op.batch_alter_table('messages') as batch:
        batch.create_check_constraint(
            op.f('ck_messages_about_something'), '(about_kind IS NULL) = (about_id IS NULL)'
        )
    op.create_index('ix_messages_about_kind_about_id', 'messages', ['about_kind', 'about_id'])
    replace_check('messages', 'ck_messages_messagestate', STATES)

    op.create_table(
        'ecard_mailings',
        sa.Column('batch_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('programme_id', BIGINT, nullable=False),
        sa.Column('firm_id', BIGINT, nullable=False),
        sa.Column('send_at', MOMENT, nullable=False),
        sa.Column('time_zone', sa.String(), nullable=False),
        sa.Column('drawn_up_at', MOMENT, nullable=True),
        sa.Column('begun_at', MOMENT, nullable=True),
        sa.ForeignKeyConstraint(['batch_id'], ['batches.id'], name=op.f('fk_ecard_mailings_batch_id_batches')),
        sa.ForeignKeyConstraint(
            ['programme_id'], ['programmes.id'], name=op.f('fk_ecard_mailings_programme_id_programmes')
        ),
        sa.ForeignKeyConstraint(['firm_id'], ['firms.id'], name=op.f('fk_ecard_mailings_firm_id_firms')),
        sa.PrimaryKeyConstraint('batch_id', name=op.f('pk_ecard_mailings')),
    )
    op.create_index(op.f('ix_ecard_mailings_firm_id'), 'ecard_mailings', ['firm_id'])
    op.create_index(op.f('ix_ecard_mailings_programme_id'), 'ecard_mailings', ['programme_id'])
    op.create_table(
        'ecard_deliveries',
        sa.Column('card_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('batch_id', BIGINT, nullable=False),
        sa.Column('channel', enum('channel', 'mail', 'text'), nullable=False),
        sa.Column('address', sa.String(), nullable=True),
        sa.Column('version', BIGINT, nullable=False),
        sa.Column('since_message', BIGINT, nullable=False),
        sa.Column(
            'state',
            enum('deliverystate', 'scheduled', 'sending', 'sent', 'bounced', 'stopped'),
            nullable=False,
        ),
        sa.Column('sent_at', MOMENT, nullable=True),
        sa.Column('opened_at', MOMENT, nullable=True),
        sa.Column('reminded_at', MOMENT, nullable=True),
        sa.Column('reminders', BIGINT, nullable=False),
        sa.Column('bounce_status', sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'bounced') = (bounce_status IS NOT NULL)", name=op.f('ck_ecard_deliveries_bounced_for_a_reason')
        ),
        sa.CheckConstraint(
            '(reminders = 0) = (reminded_at IS NULL)', name=op.f('ck_ecard_deliveries_reminded_when')
        ),
        sa.CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name=op.f('ck_ecard_deliveries_sent_when')),
        sa.CheckConstraint('version BETWEEN 1 AND 60000', name=op.f('ck_ecard_deliveries_version_counts')),
        sa.ForeignKeyConstraint(
            ['batch_id'], ['ecard_mailings.batch_id'], name=op.f('fk_ecard_deliveries_batch_id_ecard_mailings')
        ),
        sa.ForeignKeyConstraint(['card_id'], ['cards.id'], name=op.f('fk_ecard_deliveries_card_id_cards')),
        sa.PrimaryKeyConstraint('card_id', name=op.f('pk_ecard_deliveries')),
    )
    op.create_index('ix_ecard_deliveries_batch_id_state', 'ecard_deliveries', ['batch_id', 'state', 'card_id'])


def downgrade() -> None:
    op.drop_table('ecard_deliveries')
    op.drop_table('ecard_mailings')
    op.execute("UPDATE messages SET state = 'sent' WHERE state IN ('refused', 'withdrawn')")
    replace_check('messages', 'ck_messages_messagestate', STATES_BEFORE)
    op.drop_index('ix_messages_about_kind_about_id', 'messages')
    drop_columns('messages', 'about_kind', 'about_id', checks=('ck_messages_about_something',))
    op.execute("UPDATE order_lines SET kind = 'delivery' WHERE kind = 'sending'")
    replace_check('order_lines', 'ck_order_lines_linekind', LINES_BEFORE)
    drop_columns('order_recipients', 'email')
    drop_columns(
        'orders',
        'is_digital',
        'send_on',
        'send_hour',
        'send_zone',
        checks=tuple(f'ck_orders_{name}' for name in ORDER_CHECKS),
    )
    drop_columns('batches', 'is_digital')
