"""What long lists sort by has an index.

Revision ID: 0027
Revises: 0026
"""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = '0026'
branch_labels = None
depends_on = None

INDEXES = {
    "orders": ("total_minor", "placed_at"),
    "payments": ("amount_minor", "settled_at"),
    "bills": ("total_minor",),
    "programmes": ("name", "valid_until"),
    "print_runs": ("confirmed_at",),
}


def upgrade() -> None:
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}_id", table, [column, "id"])


def downgrade() -> None:
    for table, columns in INDEXES.items():
        for column in columns:
            op.drop_index(f"ix_{table}_{column}_id", table_name=table)
