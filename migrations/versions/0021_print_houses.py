"""Print houses, how a run is printed and how far it is, who fetched its file

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table(
        'print_houses',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('delivery', JSON, nullable=False),
        sa.Column('certificate', sa.LargeBinary(), nullable=True),
        sa.Column('fingerprint', sa.String(), nullable=True),
        sa.Column('certificate_until', sa.DateTime(timezone=True), nullable=True),
        sa.Column('is_usual', sa.Boolean(), nullable=False),
        sa.Column('is_active', sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            '(certificate IS NULL) = (certificate_until IS NULL) AND (certificate IS NULL) = (fingerprint IS NULL)',
            name=op.f('ck_print_houses_certificate_whole'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_print_houses')),
        sa.UniqueConstraint('name', name=op.f('uq_print_houses_name')),
    )
    with op.batch_alter_table('print_runs') as batch:
        batch.add_column(sa.Column('reason', sa.String(), nullable=False, server_default=''))
        batch.add_column(sa.Column('agreed_by', BIGINT, nullable=True))
        batch.add_column(sa.Column('house_id', BIGINT, nullable=True))
        batch.add_column(sa.Column('delivery', JSON, nullable=True))
        batch.add_column(sa.Column('fingerprint', sa.String(), nullable=True))
        batch.add_column(sa.Column('started_at', sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column('written', BIGINT, nullable=False, server_default='0'))
        batch.add_column(sa.Column('refusal_facts', JSON, nullable=True))
        batch.add_column(sa.Column('discarded_at', sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(op.f('fk_print_runs_agreed_by_users'), 'users', ['agreed_by'], ['id'])
        batch.create_foreign_key(op.f('fk_print_runs_house_id_print_houses'), 'print_houses', ['house_id'], ['id'])
    with op.batch_alter_table('print_runs') as batch:
        batch.alter_column('reason', server_default=None)
        batch.alter_column('written', server_default=None)
    op.create_table(
        'print_fetches',
        sa.Column('run_id', BIGINT, autoincrement=False, nullable=False),
        sa.Column('number', BIGINT, autoincrement=False, nullable=False),
        sa.Column('fetched_by', BIGINT, nullable=False),
        sa.Column('agreed_by', BIGINT, nullable=True),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('fetched_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['run_id'], ['print_runs.id'], name=op.f('fk_print_fetches_run_id_print_runs')),
        sa.ForeignKeyConstraint(['fetched_by'], ['users.id'], name=op.f('fk_print_fetches_fetched_by_users')),
        sa.ForeignKeyConstraint(['agreed_by'], ['users.id'], name=op.f('fk_print_fetches_agreed_by_users')),
        sa.PrimaryKeyConstraint('run_id', 'number', name=op.f('pk_print_fetches')),
    )


def downgrade() -> None:
    op.drop_table('print_fetches')
    with op.batch_alter_table('print_runs') as batch:
        batch.drop_constraint(op.f('fk_print_runs_house_id_print_houses'), type_='foreignkey')
        batch.drop_constraint(op.f('fk_print_runs_agreed_by_users'), type_='foreignkey')
        for column in (
            'discarded_at',
            'refusal_facts',
            'written',
            'started_at',
            'fingerprint',
            'delivery',
            'house_id',
            'agreed_by',
            'reason',
        ):
            batch.drop_column(column)
    op.drop_table('print_houses')
