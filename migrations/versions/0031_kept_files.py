"""Uploaded files are kept while somebody says which column is what; headings that were named by hand are known again

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')


def upgrade() -> None:
    op.create_table(
        'kept_files',
        sa.Column('place', sa.String(), nullable=False),
        sa.Column('filename', sa.String(), nullable=False),
        sa.Column('raw', sa.LargeBinary(), nullable=False),
        sa.Column('first_rows', JSON, nullable=False),
        sa.Column('layout', JSON, nullable=False),
        sa.Column('said', JSON, nullable=False),
        sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('place', name=op.f('pk_kept_files')),
    )
    op.create_index(op.f('ix_kept_files_uploaded_at'), 'kept_files', ['uploaded_at'])
    op.create_table(
        'known_headings',
        sa.Column('owner', sa.String(), nullable=False),
        sa.Column('mark', sa.String(), nullable=False),
        sa.Column('places', JSON, nullable=False),
        sa.PrimaryKeyConstraint('owner', 'mark', name=op.f('pk_known_headings')),
    )


def downgrade() -> None:
    op.drop_table('known_headings')
    op.drop_table('kept_files')
