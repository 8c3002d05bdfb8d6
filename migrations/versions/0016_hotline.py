"""Calls of the hotline, and who confirmed a choice for its holder

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from giftshop.schema.alteration import drop_columns

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)


def enum(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    with op.batch_alter_table('redemptions') as batch:
        batch.add_column(sa.Column('agent_id', BIGINT, nullable=True))
        batch.create_foreign_key(op.f('fk_redemptions_agent_id_users'), 'users', ['agent_id'], ['id'])
    op.create_table(
        'calls',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('agent_id', BIGINT, nullable=False),
        sa.Column('began_at', MOMENT, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=True),
        sa.Column('locale', sa.String(), nullable=False),
        sa.Column('card_id', BIGINT, nullable=True),
        sa.Column('found_by', enum('foundby', 'serial', 'phone', 'parcel', 'order', 'code'), nullable=True),
        sa.Column('heard_at', MOMENT, nullable=True),
        sa.Column('misheard', BIGINT, nullable=False),
        sa.Column('draft_key', sa.String(), nullable=True),
        sa.Column('proved_id', BIGINT, nullable=True),
        sa.Column(
            'outcome',
            enum('outcome', 'answered', 'redeemed', 'changed', 'blocked', 'reported', 'nothing'),
            nullable=True,
        ),
        sa.Column('note', sa.String(), nullable=False),
        sa.CheckConstraint('(ended_at IS NULL) = (outcome IS NULL)', name=op.f('ck_calls_ended_with_an_outcome')),
        sa.CheckConstraint('(card_id IS NULL) = (found_by IS NULL)', name=op.f('ck_calls_found_somehow')),
        sa.CheckConstraint(
            'card_id IS NOT NULL OR (heard_at IS NULL AND proved_id IS NULL)', name=op.f('ck_calls_heard_of_a_card')
        ),
        sa.ForeignKeyConstraint(['agent_id'], ['users.id'], name=op.f('fk_calls_agent_id_users')),
        sa.ForeignKeyConstraint(['card_id'], ['cards.id'], name=op.f('fk_calls_card_id_cards')),
        sa.ForeignKeyConstraint(['proved_id'], ['redemptions.id'], name=op.f('fk_calls_proved_id_redemptions')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_calls')),
    )
    op.create_index(op.f('ix_calls_card_id'), 'calls', ['card_id'])
    op.create_index('ix_calls_agent_id_id', 'calls', ['agent_id', 'id'])
    op.create_index(
        'uq_calls_open', 'calls', ['agent_id'], unique=True,
        sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'),
    )


def downgrade() -> None:
    op.drop_table('calls')
    with op.batch_alter_table('redemptions') as batch:
        batch.drop_constraint(op.f('fk_redemptions_agent_id_users'), type_='foreignkey')
    drop_columns('redemptions', 'agent_id')
