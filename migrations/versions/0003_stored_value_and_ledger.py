"""Stored value on cards, and the ledger: what exists already is posted as it stands

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from giftshop.schema.alteration import add_required, drop_columns, replace_check

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
ACCOUNTS = ('sold', 'pending', 'outstanding', 'redeemed', 'returned', 'received')
KINDS = ('issue', 'activate', 'spend', 'reverse', 'void', 'difference')
ACTORS = ('member', 'staff', 'recipient', 'system', 'visitor')

POST = """
INSERT INTO postings (entry, position, kind, account, batch_id, card_id, amount_minor, currency,
                      subject_kind, subject_id, at, by_kind, by_id)
SELECT {entry}, {position}, '{kind}', '{account}', batches.id, {card}, {sign} * batches.face_minor{times},
       batches.currency, '{subject}', {subject_id}, {at}, 'system', NULL
FROM {source}
"""


def enum(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        'postings',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('entry', sa.String(), nullable=False),
        sa.Column('position', BIGINT, nullable=False),
        sa.Column('kind', enum('entrykind', *KINDS), nullable=False),
        sa.Column('account', enum('account', *ACCOUNTS), nullable=False),
        sa.Column('batch_id', BIGINT, nullable=False),
        sa.Column('card_id', BIGINT, nullable=True),
        sa.Column('amount_minor', BIGINT, nullable=False),
        sa.Column('currency', sa.String(), nullable=False),
        sa.Column('subject_kind', sa.String(), nullable=False),
        sa.Column('subject_id', BIGINT, nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_kind', enum('actorkind', *ACTORS), nullable=False),
        sa.Column('by_id', BIGINT, nullable=True),
        sa.CheckConstraint('amount_minor <> 0', name=op.f('ck_postings_moves_something')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_postings')),
        sa.UniqueConstraint('entry', 'position', name=op.f('uq_postings_entry_position')),
    )
    op.create_index('ix_postings_batch_id_account', 'postings', ['batch_id', 'account'])
    op.create_index(
        'ix_postings_card_id', 'postings', ['card_id', 'id'],
        sqlite_where=sa.text('card_id IS NOT NULL'), postgresql_where=sa.text('card_id IS NOT NULL'),
    )

    with op.batch_alter_table('programmes') as batch:
        batch.alter_column('valid_until', existing_type=sa.Date(), nullable=True)
    add_required('programmes', sa.Column('allows_difference', sa.Boolean(), nullable=False), given='false')
    replace_check('programmes', 'ck_programmes_programmekind', "kind IN ('voucher', 'stored_value')")
    op.create_table(
        'programme_products',
        sa.Column('programme_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('item_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('position', BIGINT, nullable=False),
        sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_programme_products_item_id_items')),
        sa.ForeignKeyConstraint(
            ['programme_id'], ['programmes.id'], name=op.f('fk_programme_products_programme_id_programmes')
        ),
        sa.PrimaryKeyConstraint('programme_id', 'item_id', name=op.f('pk_programme_products')),
    )

    add_required('batches', sa.Column('face_minor', BIGINT, nullable=False), given='1')
    add_required('batches', sa.Column('currency', sa.String(), nullable=False), given="''")
    op.execute(
        'UPDATE batches SET face_minor = (SELECT tier_minor FROM editions WHERE editions.id = batches.edition_id), '
        'currency = (SELECT currency FROM editions WHERE editions.id = batches.edition_id)'
    )
    with op.batch_alter_table('batches') as batch:
        batch.alter_column('edition_id', existing_type=BIGINT, nullable=True)
        batch.create_check_constraint(op.f('ck_batches_worth_something'), 'face_minor > 0')

    add_required('cards', sa.Column('balance_minor', BIGINT, nullable=False), given='0')
    op.execute(
        'UPDATE cards SET balance_minor = (SELECT face_minor FROM batches WHERE batches.id = cards.batch_id) '
        "WHERE state <> 'claimed'"
    )
    with op.batch_alter_table('cards') as batch:
        batch.create_check_constraint(op.f('ck_cards_never_overspent'), 'balance_minor >= 0')
        batch.create_check_constraint(op.f('ck_cards_claimed_is_spent'), "state <> 'claimed' OR balance_minor = 0")
    post_what_exists()


def post_what_exists() -> None:
    """Every batch was issued, every active one opened, every claimed card spent: one entry each."""
    whole = {'card': 'NULL', 'times': ' * batches.quantity', 'subject': 'batch', 'subject_id': 'batches.id'}
    issued = {'entry': "'issue/' || batches.id", 'kind': 'issue', 'at': 'batches.drawn_up_at'}
    of_issued = {**whole, **issued, 'source': "batches WHERE batches.state <> 'drawn_up'"}
    opened = {
        'entry': "'activate/' || batches.id",
        'kind': 'activate',
        'at': 'coalesce(batches.activated_at, batches.drawn_up_at)',
        'source': "batches WHERE batches.state IN ('active', 'closed')",
    }
    spent = {
        'entry': "'opening/' || cards.id", 'kind': 'spend', 'card': 'cards.id', 'times': '',
        'subject': 'card', 'subject_id': 'cards.id', 'at': 'cards.claimed_at',
        'source': "cards JOIN batches ON batches.id = cards.batch_id WHERE cards.state = 'claimed'",
    }
    for entry, out_of, into in (
        (of_issued, 'sold', 'pending'), ({**whole, **opened}, 'pending', 'outstanding'), (spent, 'outstanding', 'redeemed'),
    ):
        op.execute(POST.format(**entry, position=1, account=out_of, sign='1'))
        op.execute(POST.format(**entry, position=2, account=into, sign='-1'))


def downgrade() -> None:
    op.drop_table('postings')
    drop_columns('cards', 'balance_minor', checks=('ck_cards_never_overspent', 'ck_cards_claimed_is_spent'))
    forget_shopping_cards()
    drop_columns('batches', 'face_minor', 'currency', checks=('ck_batches_worth_something',))
    with op.batch_alter_table('batches') as batch:
        batch.alter_column('edition_id', existing_type=BIGINT, nullable=False)
    op.drop_table('programme_products')
    replace_check('programmes', 'ck_programmes_programmekind', "kind IN ('voucher')")
    drop_columns('programmes', 'allows_difference')
    with op.batch_alter_table('programmes') as batch:
        batch.alter_column('valid_until', existing_type=sa.Date(), nullable=False)


def forget_shopping_cards() -> None:
    """The schema before knows none: what hangs on them goes with them."""
    programmes = "(SELECT id FROM programmes WHERE kind = 'stored_value' OR valid_until IS NULL)"
    batches = f'(SELECT id FROM batches WHERE edition_id IS NULL OR programme_id IN {programmes})'
    cards = f'(SELECT id FROM cards WHERE batch_id IN {batches})'
    redemptions = f'(SELECT id FROM redemptions WHERE card_id IN {cards} OR programme_id IN {programmes})'
    op.execute(f'DELETE FROM thank_yous WHERE redemption_id IN {redemptions} OR programme_id IN {programmes}')
    op.execute(f'DELETE FROM redemptions WHERE id IN {redemptions}')
    for table in ('problems', 'redemption_drafts', 'declines'):
        op.execute(f'DELETE FROM {table} WHERE card_id IN {cards}')
    op.execute(f'DELETE FROM declines WHERE programme_id IN {programmes}')
    for table in ('addressees', 'sealed_blocks'):
        op.execute(f'DELETE FROM {table} WHERE batch_id IN {batches}')
    runs = f'(SELECT id FROM print_runs WHERE batch_id IN {batches} OR programme_id IN {programmes})'
    op.execute(f'DELETE FROM print_runs WHERE id IN {runs}')
    op.execute(f'DELETE FROM openings WHERE batch_id IN {batches}')
    op.execute(f'DELETE FROM cards WHERE id IN {cards}')
    op.execute(f'DELETE FROM batches WHERE id IN {batches}')
    op.execute(f'DELETE FROM programme_products WHERE programme_id IN {programmes}')
    op.execute(f'DELETE FROM programmes WHERE id IN {programmes}')
