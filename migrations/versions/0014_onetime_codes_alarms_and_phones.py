"""One-time codes; alarms; wrong codes watched; phones bound to cards

Revision ID: 0014
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from giftshop.schema.alteration import drop_columns

revision = '0014'
down_revision = '0011'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        'onetime_codes',
        sa.Column('subject_kind', sa.String(), nullable=False),
        sa.Column('subject_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('digest', sa.LargeBinary(), nullable=False),
        sa.Column('sent_at', MOMENT, nullable=False),
        sa.Column('expires_at', MOMENT, nullable=False),
        sa.Column('tries', BIGINT, nullable=False),
        sa.Column('used_at', MOMENT, nullable=True),
        sa.CheckConstraint('tries >= 0', name=op.f('ck_onetime_codes_tries_counted')),
        sa.PrimaryKeyConstraint('subject_kind', 'subject_id', name=op.f('pk_onetime_codes')),
    )
    op.create_index(op.f('ix_onetime_codes_expires_at'), 'onetime_codes', ['expires_at'])
    op.create_table(
        'onetime_queues',
        sa.Column('counted_for', sa.String(), nullable=False),
        sa.Column('last_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('counted_for', name=op.f('pk_onetime_queues')),
    )
    op.create_index(op.f('ix_onetime_queues_last_at'), 'onetime_queues', ['last_at'])
    op.create_table(
        'onetime_sendings',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('counted_for', sa.String(), nullable=False),
        sa.Column('sent_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_onetime_sendings')),
    )
    op.create_index('ix_onetime_sendings_counted_for', 'onetime_sendings', ['counted_for', 'sent_at'])
    op.create_index(op.f('ix_onetime_sendings_sent_at'), 'onetime_sendings', ['sent_at'])
    op.create_table(
        'alarms',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('subject_kind', sa.String(), nullable=False),
        sa.Column('subject_id', BIGINT, nullable=False),
        sa.Column('count', BIGINT, nullable=False),
        sa.Column('facts', JSON, nullable=False),
        sa.Column('first_seen', MOMENT, nullable=False),
        sa.Column('last_seen', MOMENT, nullable=False),
        sa.Column('closed_at', MOMENT, nullable=True),
        sa.Column('closed_by', BIGINT, nullable=True),
        sa.Column('reason', sa.String(), nullable=False),
        sa.CheckConstraint('count > 0', name=op.f('ck_alarms_seen')),
        sa.CheckConstraint(
            '(closed_at IS NULL) = (closed_by IS NULL)', name=op.f('ck_alarms_closed_by_somebody')
        ),
        sa.ForeignKeyConstraint(['closed_by'], ['users.id'], name=op.f('fk_alarms_closed_by_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_alarms')),
    )
    op.create_index(
        'uq_alarms_open',
        'alarms',
        ['kind', 'subject_kind', 'subject_id'],
        unique=True,
        sqlite_where=sa.text('closed_at IS NULL'),
        postgresql_where=sa.text('closed_at IS NULL'),
    )
    op.create_index('ix_alarms_subject', 'alarms', ['kind', 'subject_kind', 'subject_id', 'closed_at'])

    op.add_column('wrong_codes', sa.Column('card_id', BIGINT, nullable=True))
    op.add_column('wrong_codes', sa.Column('watched_at', MOMENT, nullable=True))
    op.add_column('wrong_codes', sa.Column('forgiven_at', MOMENT, nullable=True))
    leaked = sa.text('card_id IS NOT NULL AND watched_at IS NULL')
    op.create_index('ix_wrong_codes_leaked', 'wrong_codes', ['id'], sqlite_where=leaked, postgresql_where=leaked)
    op.create_table(
        'reprieves',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('address', sa.String(), nullable=True),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('wrong_codes', BIGINT, nullable=False),
        sa.Column('given_by', BIGINT, nullable=False),
        sa.Column('given_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['given_by'], ['users.id'], name=op.f('fk_reprieves_given_by_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_reprieves')),
    )
    op.create_index(op.f('ix_reprieves_given_at'), 'reprieves', ['given_at'])
    op.create_table(
        'card_openings',
        sa.Column('address', sa.String(), nullable=False),
        sa.Column('card_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('opened_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('address', 'card_id', name=op.f('pk_card_openings')),
    )
    op.create_index(op.f('ix_card_openings_opened_at'), 'card_openings', ['opened_at'])
    op.create_table(
        'card_phones',
        sa.Column('card_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('sealed', sa.LargeBinary(), nullable=False),
        sa.Column('master_id', sa.String(), nullable=False),
        sa.Column('bound_at', MOMENT, nullable=False),
        sa.Column('last_used_at', MOMENT, nullable=False),
        sa.Column('proved_for', sa.String(), nullable=True),
        sa.Column('proved_at', MOMENT, nullable=True),
        sa.CheckConstraint(
            '(proved_for IS NULL) = (proved_at IS NULL)', name=op.f('ck_card_phones_proved_for_somebody')
        ),
        sa.ForeignKeyConstraint(['card_id'], ['cards.id'], name=op.f('fk_card_phones_card_id_cards')),
        sa.PrimaryKeyConstraint('card_id', name=op.f('pk_card_phones')),
    )
    op.create_index(op.f('ix_card_phones_last_used_at'), 'card_phones', ['last_used_at'])
    op.create_index(op.f('ix_redemptions_redeemed_at'), 'redemptions', ['redeemed_at'])


def downgrade() -> None:
    op.drop_index(op.f('ix_redemptions_redeemed_at'), table_name='redemptions')
    op.drop_table('card_phones')
    op.drop_table('card_openings')
    op.drop_table('reprieves')
    op.drop_index('ix_wrong_codes_leaked', table_name='wrong_codes')
    drop_columns('wrong_codes', 'card_id', 'watched_at', 'forgiven_at')
    op.drop_table('alarms')
    op.drop_table('onetime_sendings')
    op.drop_table('onetime_queues')
    op.drop_table('onetime_codes')
