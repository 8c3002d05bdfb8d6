"""What items are found by, and the collections of the shop

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from giftshop.catalogue.terms import terms_of
from giftshop.schema.alteration import add_required, drop_columns

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
BY_BYTES = sa.String().with_variant(sa.String(collation='C'), 'postgresql')

KINDS = ('word', 'pair', 'within', 'tag', 'sku', 'pinyin', 'initials')


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        'collections',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('tag', sa.String(), nullable=False),
        sa.Column('kind', choice('collectionkind', 'occasion', 'recipient', 'sort'), nullable=False),
        sa.Column('names', JSON, nullable=False),
        sa.Column('texts', JSON, nullable=False),
        sa.Column('also', sa.String(), nullable=False),
        sa.Column('picture', sa.String(), nullable=True),
        sa.Column('position', BIGINT, nullable=False),
        sa.CheckConstraint('position > 0', name=op.f('ck_collections_position_is_positive')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_collections')),
        sa.UniqueConstraint('tag', name=op.f('uq_collections_tag')),
    )
    terms = op.create_table(
        'search_terms',
        sa.Column('term', BY_BYTES, nullable=False),
        sa.Column('kind', choice('termkind', *KINDS), nullable=False),
        sa.Column('item_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('size', BIGINT, nullable=False),
        sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_search_terms_item_id_items')),
        sa.PrimaryKeyConstraint('term', 'kind', 'item_id', name=op.f('pk_search_terms')),
    )
    op.create_index(op.f('ix_search_terms_item_id'), 'search_terms', ['item_id'])
    op.create_index(op.f('ix_search_terms_kind_size'), 'search_terms', ['kind', 'size'])
    fill(terms)
    drop_columns('items', 'search_words')


def fill(terms: sa.Table) -> None:
    """Write what the items that there are, are found by. There is no collection yet."""
    items = sa.table('items', sa.column('id'), sa.column('sku'), sa.column('names', JSON), sa.column('tags', JSON))
    for item in op.get_bind().execute(sa.select(items)).all():
        found = terms_of(item.sku, item.names.values(), item.tags)
        rows = [{'item_id': item.id, 'kind': kind.value, 'term': term, 'size': len(term)} for kind, term in found]
        op.bulk_insert(terms, rows)


def downgrade() -> None:
    add_required('items', sa.Column('search_words', sa.String(), nullable=False), given="''")
    items = sa.table(
        'items',
        sa.column('id'),
        sa.column('sku'),
        sa.column('names', JSON),
        sa.column('tags', JSON),
        sa.column('search_words'),
    )
    for item in op.get_bind().execute(sa.select(items)).all():
        words = ' '.join([item.sku, *item.names.values(), *item.tags]).lower()
        op.execute(items.update().where(items.c.id == item.id).values(search_words=words))
    op.drop_table('search_terms')
    op.drop_table('collections')
