"""Proofs of cards: versions, their files, and who decided what

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        'proof_files',
        sa.Column('sha256', sa.String(), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint('sha256', name=op.f('pk_proof_files')),
    )
    op.create_table(
        'card_proofs',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('subject_kind', sa.String(), nullable=False),
        sa.Column('subject_id', BIGINT, nullable=False),
        sa.Column('version', BIGINT, nullable=False),
        sa.Column('firm_id', BIGINT, nullable=False),
        sa.Column('about', sa.String(), nullable=False),
        sa.Column('state', choice('proofstate', 'waiting', 'approved', 'returned', 'from_before'), nullable=False),
        sa.Column('turn', BIGINT, nullable=False),
        sa.Column('content_hash', sa.String(), nullable=True),
        sa.Column('art_hash', sa.String(), nullable=True),
        sa.Column('pdf_sha256', sa.String(), nullable=True),
        sa.Column('code_read', sa.String(), nullable=False),
        sa.Column('made_by', BIGINT, nullable=True),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'from_before') = (content_hash IS NULL)", name=op.f('ck_card_proofs_from_before_has_no_content')
        ),
        sa.CheckConstraint(
            '(content_hash IS NULL) = (pdf_sha256 IS NULL)', name=op.f('ck_card_proofs_content_has_a_file')
        ),
        sa.CheckConstraint('(content_hash IS NULL) = (art_hash IS NULL)', name=op.f('ck_card_proofs_content_has_its_art')),
        sa.ForeignKeyConstraint(['firm_id'], ['firms.id'], name=op.f('fk_card_proofs_firm_id_firms')),
        sa.ForeignKeyConstraint(['made_by'], ['users.id'], name=op.f('fk_card_proofs_made_by_users')),
        sa.ForeignKeyConstraint(
            ['pdf_sha256'], ['proof_files.sha256'], name=op.f('fk_card_proofs_pdf_sha256_proof_files')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_card_proofs')),
        sa.UniqueConstraint(
            'subject_kind', 'subject_id', 'version', name=op.f('uq_card_proofs_subject_kind_subject_id_version')
        ),
    )
    op.create_index(op.f('ix_card_proofs_firm_id'), 'card_proofs', ['firm_id'])
    op.create_index(op.f('ix_card_proofs_pdf_sha256'), 'card_proofs', ['pdf_sha256'])
    op.create_index('ix_card_proofs_state', 'card_proofs', ['state', 'id'])
    op.create_table(
        'proof_remarks',
        sa.Column('id', BIGINT, nullable=False),
        sa.Column('proof_id', BIGINT, nullable=False),
        sa.Column('act', choice('proofact', 'approved', 'asked', 'answered'), nullable=False),
        sa.Column('words', sa.String(), nullable=False),
        sa.Column('by_id', BIGINT, nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_proof_remarks_by_id_users')),
        sa.ForeignKeyConstraint(['proof_id'], ['card_proofs.id'], name=op.f('fk_proof_remarks_proof_id_card_proofs')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_proof_remarks')),
    )
    op.create_index(op.f('ix_proof_remarks_proof_id'), 'proof_remarks', ['proof_id'])
    note_what_was_ordered_before()


def note_what_was_ordered_before() -> None:
    """Let what was ordered or issued by now be printed: its buyer ticked a box, and nobody knows what they saw.

    Orders first; then programmes that no order bought. Whatever is ordered from now on gets a row by being approved.
    """
    columns = (
        'INSERT INTO card_proofs '
        '(subject_kind, subject_id, version, firm_id, about, state, turn, code_read, made_at) '
    )
    op.execute(
        f"{columns} SELECT 'order', o.id, 1, o.firm_id, "
        "coalesce((SELECT p.name FROM programmes p WHERE p.order_kind = 'order' AND p.order_id = o.id), 'order ' || o.id), "
        "'from_before', 0, '', "
        "coalesce(o.placed_at, o.created_at) FROM orders o "
        "WHERE o.state NOT IN ('draft', 'cancelled') AND NOT o.is_digital"
    )
    op.execute(
        f"{columns} SELECT p.order_kind, p.order_id, 1, p.firm_id, p.name, 'from_before', 0, '', p.started_at "
        'FROM programmes p WHERE NOT EXISTS (SELECT 1 FROM card_proofs c '
        'WHERE c.subject_kind = p.order_kind AND c.subject_id = p.order_id)'
    )


def downgrade() -> None:
    op.drop_table('proof_remarks')
    op.drop_table('card_proofs')
    op.drop_table('proof_files')
