"""One-time codes

Revision ID: 0014
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0010'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
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


def downgrade() -> None:
    op.drop_table('onetime_sendings')
    op.drop_table('onetime_queues')
    op.drop_table('onetime_codes')
