"""Brand kits of firms; the design, colour and lettering of each order's and each programme's cards

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from giftshop.schema.alteration import add_required, drop_columns

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
MOMENT = sa.DateTime(timezone=True)
LACQUER = "'#8a1f1b'"
"""The colour that all cards had until now."""
OCCASIONS = (
    'spring_festival',
    'dragon_boat',
    'mid_autumn',
    'year_end',
    'birthday',
    'anniversary',
    'thanks',
    'congratulations',
)


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def lettering() -> sa.Enum:
    return choice('lettering', 'serif', 'sans')


def upgrade() -> None:
    with op.batch_alter_table('logos') as batch:
        batch.add_column(sa.Column('tones', JSON, nullable=True))
        batch.add_column(sa.Column('retired_at', MOMENT, nullable=True))
    op.create_table(
        'brand_kits',
        sa.Column('firm_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('version', BIGINT, nullable=False),
        sa.Column('accent', sa.String(), nullable=False),
        sa.Column('lettering', lettering(), nullable=False),
        sa.Column('contact_line', sa.String(), nullable=False),
        sa.Column('logo_id', BIGINT, nullable=True),
        sa.Column('changed_by', BIGINT, nullable=True),
        sa.Column('changed_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['firm_id'], ['firms.id'], name=op.f('fk_brand_kits_firm_id_firms')),
        sa.ForeignKeyConstraint(['logo_id'], ['logos.id'], name=op.f('fk_brand_kits_logo_id_logos')),
        sa.ForeignKeyConstraint(['changed_by'], ['users.id'], name=op.f('fk_brand_kits_changed_by_users')),
        sa.PrimaryKeyConstraint('firm_id', name=op.f('pk_brand_kits')),
    )
    op.create_table(
        'brand_greetings',
        sa.Column('firm_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('occasion', choice('occasion', *OCCASIONS), nullable=False),
        sa.Column('locale', sa.String(), nullable=False),
        sa.Column('headline', sa.String(), nullable=False),
        sa.Column('message', sa.String(), nullable=False),
        sa.Column('changed_by', BIGINT, nullable=True),
        sa.Column('changed_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['firm_id'], ['firms.id'], name=op.f('fk_brand_greetings_firm_id_firms')),
        sa.ForeignKeyConstraint(['changed_by'], ['users.id'], name=op.f('fk_brand_greetings_changed_by_users')),
        sa.PrimaryKeyConstraint('firm_id', 'occasion', 'locale', name=op.f('pk_brand_greetings')),
    )
    for table in ('orders', 'programmes'):
        add_required(table, sa.Column('design', sa.String(), nullable=False), given="'moon'")
        add_required(table, sa.Column('accent', sa.String(), nullable=False), given=LACQUER)
        add_required(table, sa.Column('lettering', lettering(), nullable=False), given="'serif'")
    op.execute("UPDATE orders SET design = 'greeting' WHERE kind = 'gift_set'")


def downgrade() -> None:
    for table in ('programmes', 'orders'):
        drop_columns(table, 'design', 'accent', 'lettering', checks=(f'ck_{table}_lettering',))
    op.drop_table('brand_greetings')
    op.drop_table('brand_kits')
    with op.batch_alter_table('logos') as batch:
        batch.drop_column('retired_at')
        batch.drop_column('tones')
