"""What the journal was compared with; walks along the audit chain; cards stopped because a backup was restored

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from giftshop.schema.alteration import replace_check

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
REASONS = "block_reason IN ('lost', 'damaged', 'misuse', 'firm_asked', 'disputed')"
MORE_REASONS = "block_reason IN ('lost', 'damaged', 'misuse', 'firm_asked', 'disputed', 'restored')"


def upgrade() -> None:
    op.create_table(
        'journal_positions',
        sa.Column('source', sa.String(), nullable=False),
        sa.Column('settled_id', BIGINT, nullable=False),
        sa.Column('seen_id', BIGINT, nullable=False),
        sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('source', name=op.f('pk_journal_positions')),
    )
    op.create_table(
        'audit_checks',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('checked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('sealed', BIGINT, nullable=False),
        sa.Column('unsealed', BIGINT, nullable=False),
        sa.Column('late', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column(
            'fault',
            sa.Enum(
                'changed', 'missing', 'cut off', 'rewritten',
                name='fault', native_enum=False, create_constraint=True, length=32,
            ),
            nullable=True,
        ),
        sa.Column('number', BIGINT, nullable=True),
        sa.Column('event_id', BIGINT, nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_checks')),
    )
    replace_check('cards', 'ck_cards_blockreason', MORE_REASONS)


def downgrade() -> None:
    op.execute("UPDATE cards SET block_reason = 'misuse' WHERE block_reason = 'restored'")
    replace_check('cards', 'ck_cards_blockreason', REASONS)
    op.drop_table('audit_checks')
    op.drop_table('journal_positions')
