"""Invoices, credit notes and receipts, numbered without a gap

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def kinds() -> sa.Enum:
    return choice('billkind', 'invoice', 'credit_note', 'receipt', 'refund_receipt')


def upgrade() -> None:
    op.create_table(
        'bill_counters',
        sa.Column('kind', kinds(), nullable=False),
        sa.Column('year', BIGINT, autoincrement=False, nullable=False),
        sa.Column('last', BIGINT, nullable=False),
        sa.CheckConstraint('last >= 0', name=op.f('ck_bill_counters_counts_from_one')),
        sa.PrimaryKeyConstraint('kind', 'year', name=op.f('pk_bill_counters')),
    )
    op.create_table(
        'bills',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('kind', kinds(), nullable=False),
        sa.Column('year', BIGINT, nullable=False),
        sa.Column('sequence', BIGINT, nullable=False),
        sa.Column('source', sa.String(), nullable=False),
        sa.Column('firm_id', BIGINT, nullable=False),
        sa.Column('payable_kind', sa.String(), nullable=False),
        sa.Column('payable_id', BIGINT, nullable=False),
        sa.Column('about', sa.String(), nullable=False),
        sa.Column('reference', sa.String(), nullable=False),
        sa.Column('corrects_id', BIGINT, nullable=True),
        sa.Column('issuer', JSON, nullable=False),
        sa.Column('firm_name', sa.String(), nullable=False),
        sa.Column('title', sa.String(), nullable=False),
        sa.Column('tax_number', sa.String(), nullable=False),
        sa.Column('currency', sa.String(), nullable=False),
        sa.Column('total_minor', BIGINT, nullable=False),
        sa.Column('method', choice('paymentmethod', 'transfer', 'card'), nullable=False),
        sa.Column('paid_on', sa.Date(), nullable=False),
        sa.Column('issued_on', sa.Date(), nullable=False),
        sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('sequence > 0', name=op.f('ck_bills_counts_from_one')),
        sa.CheckConstraint('total_minor > 0', name=op.f('ck_bills_positive')),
        sa.CheckConstraint(
            "kind <> 'credit_note' OR corrects_id IS NOT NULL", name=op.f('ck_bills_a_credit_note_corrects')
        ),
        sa.ForeignKeyConstraint(['firm_id'], ['firms.id'], name=op.f('fk_bills_firm_id_firms')),
        sa.ForeignKeyConstraint(['corrects_id'], ['bills.id'], name=op.f('fk_bills_corrects_id_bills')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_bills')),
        sa.UniqueConstraint('kind', 'year', 'sequence', name=op.f('uq_bills_kind_year_sequence')),
        sa.UniqueConstraint('kind', 'source', name=op.f('uq_bills_kind_source')),
    )
    op.create_index('ix_bills_firm_id_id', 'bills', ['firm_id', 'id'])
    op.create_index('ix_bills_payable', 'bills', ['payable_kind', 'payable_id'])
    op.create_index('ix_bills_corrects_id', 'bills', ['corrects_id'])
    op.create_table(
        'bill_lines',
        sa.Column('bill_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('position', BIGINT, autoincrement=False, nullable=False),
        sa.Column('words', JSON, nullable=False),
        sa.Column('detail', JSON, nullable=False),
        sa.Column('invoice', choice('invoicekind', 'ordinary', 'untaxed'), nullable=False),
        sa.Column('unit_minor', BIGINT, nullable=False),
        sa.Column('currency', sa.String(), nullable=False),
        sa.Column('quantity', BIGINT, nullable=False),
        sa.CheckConstraint('quantity > 0', name=op.f('ck_bill_lines_quantity_positive')),
        sa.ForeignKeyConstraint(['bill_id'], ['bills.id'], name=op.f('fk_bill_lines_bill_id_bills')),
        sa.PrimaryKeyConstraint('bill_id', 'position', name=op.f('pk_bill_lines')),
    )


def downgrade() -> None:
    op.drop_table('bill_lines')
    op.drop_table('bills')
    op.drop_table('bill_counters')
