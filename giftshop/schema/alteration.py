"""What migrations are written with, for what Alembic has no single word for. What is here never changes its meaning."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def add_required(table: str, *columns: sa.Column[object], given: str) -> None:
    """Add columns that may not be empty to a table with rows, which get the SQL text `given`, once."""
    with op.batch_alter_table(table) as batch:
        for column in columns:
            column.server_default = sa.DefaultClause(sa.text(given))
            batch.add_column(column)
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.alter_column(column.name, existing_type=column.type, existing_nullable=False, server_default=None)


def replace_check(table: str, name: str, condition: str) -> None:
    """Let the check constraint `name` (whole, as the database knows it) of a table say something else."""
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(name), type_="check")
        batch.create_check_constraint(op.f(name), condition)


def drop_columns(table: str, *names: str, checks: tuple[str, ...] = ()) -> None:
    """Drop columns of a table, after the check constraints that speak of them."""
    with op.batch_alter_table(table) as batch:
        for check in checks:
            batch.drop_constraint(op.f(check), type_="check")
    with op.batch_alter_table(table) as batch:
        for name in names:
            batch.drop_column(name)
