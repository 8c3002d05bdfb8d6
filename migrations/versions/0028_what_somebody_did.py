"""What somebody of ours or of a firm did last, found without reading what everybody did

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

BY_SIGNED_IN = sa.text("actor_kind IN ('member', 'staff')")


def upgrade() -> None:
    op.create_index(
        'ix_audit_events_person',
        'audit_events',
        ['actor_id', 'id'],
        sqlite_where=BY_SIGNED_IN,
        postgresql_where=BY_SIGNED_IN,
    )


def downgrade() -> None:
    op.drop_index('ix_audit_events_person', table_name='audit_events')
