"""What the journal has been compared with; cards stopped because a backup was restored

Revision ID: 0013
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from giftshop.schema.alteration import replace_check

revision = '0013'
down_revision = '0010'
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
    replace_check('cards', 'ck_cards_blockreason', MORE_REASONS)


def downgrade() -> None:
    op.execute("UPDATE cards SET block_reason = 'misuse' WHERE block_reason = 'restored'")
    replace_check('cards', 'ck_cards_blockreason', REASONS)
    op.drop_table('journal_positions')
