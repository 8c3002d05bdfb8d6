"""A second factor: app keys, passkeys, recovery codes; browsers that are half signed in

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from giftshop.schema.alteration import add_required, drop_columns, replace_check

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
MOMENT = sa.DateTime(timezone=True)
KINDS = "kind IN ('sign_in', 'password_reset', 'second_factor')"
KINDS_BEFORE = "kind IN ('sign_in', 'password_reset')"


def upgrade() -> None:
    op.create_table(
        'app_keys',
        sa.Column('user_id', BIGINT, nullable=False),
        sa.Column('master_id', sa.String(), nullable=False),
        sa.Column('sealed', sa.LargeBinary(), nullable=False),
        sa.Column('last_step', BIGINT, nullable=False),
        sa.Column('set_up_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_app_keys_user_id_users')),
        sa.PrimaryKeyConstraint('user_id', name=op.f('pk_app_keys')),
    )
    op.create_table(
        'recovery_keys',
        sa.Column('user_id', BIGINT, nullable=False),
        sa.Column('master_id', sa.String(), nullable=False),
        sa.Column('sealed', sa.LargeBinary(), nullable=False),
        sa.Column('drawn_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_recovery_keys_user_id_users')),
        sa.PrimaryKeyConstraint('user_id', name=op.f('pk_recovery_keys')),
    )
    op.create_table(
        'recovery_codes',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('user_id', BIGINT, nullable=False),
        sa.Column('code_hash', sa.LargeBinary(), nullable=False),
        sa.Column('used_at', MOMENT, nullable=True),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_recovery_codes_user_id_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_codes')),
        sa.UniqueConstraint('user_id', 'code_hash', name=op.f('uq_recovery_codes_user_id_code_hash')),
    )
    op.create_table(
        'passkeys',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('user_id', BIGINT, nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('credential_id', sa.LargeBinary(), nullable=False),
        sa.Column('public_key', sa.LargeBinary(), nullable=False),
        sa.Column('sign_count', BIGINT, nullable=False),
        sa.Column('transports', JSON, nullable=False),
        sa.Column('added_at', MOMENT, nullable=False),
        sa.Column('last_used_at', MOMENT, nullable=True),
        sa.CheckConstraint('sign_count >= 0', name=op.f('ck_passkeys_counts_up')),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_passkeys_user_id_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_passkeys')),
        sa.UniqueConstraint('credential_id', name=op.f('uq_passkeys_credential_id')),
    )
    op.create_index('ix_passkeys_user_id', 'passkeys', ['user_id'])
    add_required('sign_ins', sa.Column('is_half', sa.Boolean(), nullable=False), given='false')
    with op.batch_alter_table('sign_ins') as batch:
        batch.add_column(sa.Column('challenge', sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column('challenge_until', MOMENT, nullable=True))
        batch.create_check_constraint(
            op.f('ck_sign_ins_a_challenge_ends'), '(challenge IS NULL) = (challenge_until IS NULL)'
        )
    replace_check('access_attempts', 'ck_access_attempts_attemptkind', KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM access_attempts WHERE kind = 'second_factor'")
    replace_check('access_attempts', 'ck_access_attempts_attemptkind', KINDS_BEFORE)
    op.execute('DELETE FROM sign_ins WHERE is_half')
    drop_columns('sign_ins', 'challenge_until', 'challenge', 'is_half', checks=('ck_sign_ins_a_challenge_ends',))
    for table in ('passkeys', 'recovery_codes', 'recovery_keys', 'app_keys'):
        op.drop_table(table)
