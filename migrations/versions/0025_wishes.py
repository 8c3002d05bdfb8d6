"""Favourites, a firm's lists of gifts, links to them, and what their readers say

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{to}.id'], name=op.f(f'fk_{table}_{column}_{to}'))


def upgrade() -> None:
    op.create_table(
        'favourites',
        sa.Column('user_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('item_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('added_at', MOMENT, nullable=False),
        refers('favourites', 'item_id', 'items'),
        refers('favourites', 'user_id', 'users'),
        sa.PrimaryKeyConstraint('user_id', 'item_id', name=op.f('pk_favourites')),
    )
    op.create_table(
        'wish_lists',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('firm_id', BIGINT, nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('people', BIGINT, nullable=False),
        sa.Column('drawn_up_by', BIGINT, nullable=True),
        sa.Column('drawn_up_at', MOMENT, nullable=False),
        sa.Column('dropped_at', MOMENT, nullable=True),
        sa.CheckConstraint('people BETWEEN 1 AND 100000', name=op.f('ck_wish_lists_people_in_range')),
        refers('wish_lists', 'drawn_up_by', 'users'),
        refers('wish_lists', 'firm_id', 'firms'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_wish_lists')),
    )
    op.create_index('ix_wish_lists_firm_id_id', 'wish_lists', ['firm_id', 'id'])
    op.create_index(op.f('ix_wish_lists_dropped_at'), 'wish_lists', ['dropped_at'])
    op.create_table(
        'wish_list_items',
        sa.Column('list_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('item_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('position', BIGINT, nullable=False),
        sa.Column('quantity', BIGINT, nullable=False),
        sa.Column('note', sa.String(), nullable=False),
        sa.Column('added_by', BIGINT, nullable=True),
        sa.Column('added_at', MOMENT, nullable=False),
        sa.CheckConstraint('quantity BETWEEN 1 AND 99', name=op.f('ck_wish_list_items_quantity_in_range')),
        refers('wish_list_items', 'added_by', 'users'),
        refers('wish_list_items', 'item_id', 'items'),
        refers('wish_list_items', 'list_id', 'wish_lists'),
        sa.PrimaryKeyConstraint('list_id', 'item_id', name=op.f('pk_wish_list_items')),
    )
    op.create_table(
        'wish_links',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('list_id', BIGINT, nullable=False),
        sa.Column('with_prices', sa.Boolean(), nullable=False),
        sa.Column('locale', sa.String(), nullable=False),
        sa.Column('made_by', BIGINT, nullable=True),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.Column('expires_at', MOMENT, nullable=False),
        sa.Column('revoked_at', MOMENT, nullable=True),
        refers('wish_links', 'list_id', 'wish_lists'),
        refers('wish_links', 'made_by', 'users'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_wish_links')),
    )
    op.create_index(op.f('ix_wish_links_list_id'), 'wish_links', ['list_id'])
    op.create_table(
        'wish_readers',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('link_id', BIGINT, nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('words', sa.String(), nullable=False),
        sa.Column('answered_at', MOMENT, nullable=False),
        refers('wish_readers', 'link_id', 'wish_links'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_wish_readers')),
    )
    op.create_index(op.f('ix_wish_readers_link_id'), 'wish_readers', ['link_id'])
    verdict = sa.Enum('yes', 'rather_not', name='verdict', native_enum=False, create_constraint=True, length=32)
    op.create_table(
        'wish_answers',
        sa.Column('reader_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('item_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('verdict', verdict, nullable=True),
        sa.Column('words', sa.String(), nullable=False),
        refers('wish_answers', 'item_id', 'items'),
        refers('wish_answers', 'reader_id', 'wish_readers'),
        sa.PrimaryKeyConstraint('reader_id', 'item_id', name=op.f('pk_wish_answers')),
    )
    op.create_table(
        'wish_tries',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('address', sa.String(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_wish_tries')),
    )
    op.create_index('ix_wish_tries_address_at', 'wish_tries', ['address', 'at'])


def downgrade() -> None:
    for table in (
        'wish_tries', 'wish_answers', 'wish_readers', 'wish_links', 'wish_list_items', 'wish_lists', 'favourites'
    ):
        op.drop_table(table)
