"""Several shopping cards on one choice, top-ups by a firm

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    with op.batch_alter_table('redemption_drafts') as batch:
        batch.add_column(sa.Column('cards', JSON, nullable=True))
    op.create_table(
        'redemption_payments',
        sa.Column('redemption_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('card_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('position', BIGINT, nullable=False),
        sa.Column('amount_minor', BIGINT, nullable=False),
        sa.CheckConstraint('amount_minor >= 0', name=op.f('ck_redemption_payments_gives_value')),
        sa.ForeignKeyConstraint(
            ['redemption_id'], ['redemptions.id'], name=op.f('fk_redemption_payments_redemption_id_redemptions')
        ),
        sa.ForeignKeyConstraint(['card_id'], ['cards.id'], name=op.f('fk_redemption_payments_card_id_cards')),
        sa.PrimaryKeyConstraint('redemption_id', 'card_id', name=op.f('pk_redemption_payments')),
        sa.UniqueConstraint('redemption_id', 'position', name=op.f('uq_redemption_payments_redemption_id_position')),
    )
    op.create_index('ix_redemption_payments_card_id', 'redemption_payments', ['card_id'])
    name_what_was_spent_for()

    op.create_table(
        'top_ups',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('firm_id', BIGINT, nullable=False),
        sa.Column('programme_id', BIGINT, nullable=False),
        sa.Column('buyer_id', BIGINT, nullable=False),
        sa.Column('state', choice('topupstate', 'awaiting_payment', 'paid', 'done', 'cancelled'), nullable=False),
        sa.Column('each_minor', BIGINT, nullable=False),
        sa.Column('currency', sa.String(), nullable=False),
        sa.Column('quantity', BIGINT, nullable=False),
        sa.Column('refused', BIGINT, nullable=False),
        sa.Column('agent_name', sa.String(), nullable=False),
        sa.Column('agent_document', sa.String(), nullable=False),
        sa.Column('placed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('paid_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('given_back_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('given_back_by', BIGINT, nullable=True),
        sa.Column('given_back_note', sa.String(), nullable=False),
        sa.CheckConstraint('each_minor > 0 AND quantity > 0', name=op.f('ck_top_ups_something_for_something')),
        sa.CheckConstraint('refused BETWEEN 0 AND quantity', name=op.f('ck_top_ups_refused_within_quantity')),
        sa.CheckConstraint(
            '(given_back_at IS NULL) = (given_back_by IS NULL)', name=op.f('ck_top_ups_given_back_by_somebody')
        ),
        sa.ForeignKeyConstraint(['firm_id'], ['firms.id'], name=op.f('fk_top_ups_firm_id_firms')),
        sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_top_ups_programme_id_programmes')),
        sa.ForeignKeyConstraint(['buyer_id'], ['users.id'], name=op.f('fk_top_ups_buyer_id_users')),
        sa.ForeignKeyConstraint(['given_back_by'], ['users.id'], name=op.f('fk_top_ups_given_back_by_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_top_ups')),
    )
    op.create_index('ix_top_ups_firm_id_id', 'top_ups', ['firm_id', 'id'])
    op.create_index('ix_top_ups_programme_id', 'top_ups', ['programme_id'])
    op.create_table(
        'top_up_cards',
        sa.Column('top_up_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('card_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('outcome', choice('cardoutcome', 'waiting', 'topped_up', 'refused'), nullable=False),
        sa.Column('most_minor', BIGINT, nullable=False),
        sa.ForeignKeyConstraint(['top_up_id'], ['top_ups.id'], name=op.f('fk_top_up_cards_top_up_id_top_ups')),
        sa.ForeignKeyConstraint(['card_id'], ['cards.id'], name=op.f('fk_top_up_cards_card_id_cards')),
        sa.PrimaryKeyConstraint('top_up_id', 'card_id', name=op.f('pk_top_up_cards')),
    )


def name_what_was_spent_for() -> None:
    """Let the postings say which visit each spend was for: until now they named the card only.

    Nothing is changed: for each visit that stands, what its card gave is posted from the card to the visit, in an entry
    that sums to nothing. What a change of the basket posted for the visit itself is taken into account.
    """
    named = (
        "(SELECT coalesce(sum(p.amount_minor), 0) FROM postings p WHERE p.card_id = r.card_id "
        "AND p.subject_kind = 'redemption' AND p.subject_id = r.id AND p.account IN ('redeemed', 'received'))"
    )
    for place, subject_kind, subject_id, sign in ((1, 'card', 'r.card_id', 1), (2, 'redemption', 'r.id', -1)):
        op.execute(
            'INSERT INTO postings (entry, position, kind, account, batch_id, card_id, amount_minor, currency, '
            "subject_kind, subject_id, at, by_kind) SELECT 'visit/' || r.id, "
            f"{place}, 'spend', 'redeemed', b.id, r.card_id, {sign} * (r.value_minor + moved.minor), b.currency, "
            f"'{subject_kind}', {subject_id}, r.redeemed_at, 'system' "
            f"FROM redemptions r JOIN cards c ON c.id = r.card_id JOIN batches b ON b.id = c.batch_id "
            f"JOIN (SELECT r.id AS id, {named} AS minor FROM redemptions r) AS moved ON moved.id = r.id "
            "WHERE r.value_minor IS NOT NULL AND r.state <> 'cancelled' AND r.value_minor + moved.minor <> 0"
        )


def downgrade() -> None:
    op.drop_table('top_up_cards')
    op.drop_table('top_ups')
    op.execute("DELETE FROM postings WHERE entry LIKE 'visit/%'")
    op.drop_table('redemption_payments')
    with op.batch_alter_table('redemption_drafts') as batch:
        batch.drop_column('cards')
