"""Campaigns, and the three roles that review them

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from giftshop.schema.alteration import replace_check

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

ROLES_BEFORE = "role IN ('administrator', 'approver', 'buyer', 'finance', 'fulfilment', 'hotline', 'nominator', 'production', 'sales')"
ROLES = "role IN ('administrator', 'approver', 'buyer', 'finance', 'fulfilment', 'hotline', 'nominator', 'planning', 'production', 'sales', 'sales_manager', 'service_manager')"


def upgrade() -> None:
    replace_check('user_roles', 'ck_user_roles_known_role', ROLES)
    op.create_table('nomination_tries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nomination_tries'))
    )
    with op.batch_alter_table('nomination_tries', schema=None) as batch_op:
        batch_op.create_index('ix_nomination_tries_address_at', ['address', 'at'], unique=False)

    op.create_table('campaigns',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('firm_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('occasion', sa.String(), nullable=False),
    sa.Column('year', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('listed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('starts', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('last', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('last_hour', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('written_list_on', sa.Date(), nullable=True),
    sa.Column('written_starts_on', sa.Date(), nullable=True),
    sa.Column('written_last_on', sa.Date(), nullable=True),
    sa.Column('greeting', sa.String(), nullable=False),
    sa.Column('card_price_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('is_surprise', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Enum('open', 'decided', 'ordered', name='campaignstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('link_version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('has_link', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ordered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('card_price_minor >= 0', name=op.f('ck_campaigns_card_price_not_negative')),
    sa.CheckConstraint('last_hour BETWEEN 1 AND 24', name=op.f('ck_campaigns_hour_of_a_day')),
    sa.ForeignKeyConstraint(['firm_id'], ['firms.id'], name=op.f('fk_campaigns_firm_id_firms')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_campaigns_owner_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaigns'))
    )
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.create_index('ix_campaigns_firm_id_id', ['firm_id', 'id'], unique=False)

    op.create_table('campaign_grades',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('budgeted', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('price_minor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('gift', sa.String(), nullable=True),
    sa.Column('order_number', sa.String(), nullable=True),
    sa.CheckConstraint('budgeted >= 0', name=op.f('ck_campaign_grades_budgeted_not_negative')),
    sa.CheckConstraint('price_minor IS NULL OR price_minor >= 0', name=op.f('ck_campaign_grades_price_not_negative')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_campaign_grades_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_grades')),
    sa.UniqueConstraint('campaign_id', 'name', name=op.f('uq_campaign_grades_campaign_id_name'))
    )
    op.create_table('contradiction_answers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('word', sa.String(), nullable=False),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['users.id'], name=op.f('fk_contradiction_answers_by_users')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_contradiction_answers_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contradiction_answers')),
    sa.UniqueConstraint('campaign_id', 'key', name=op.f('uq_contradiction_answers_campaign_id_key'))
    )
    op.create_table('nomination_lists',
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('filename', sa.String(), nullable=False),
    sa.Column('rows', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_nomination_lists_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_nomination_lists_user_id_users')),
    sa.PrimaryKeyConstraint('campaign_id', 'user_id', name=op.f('pk_nomination_lists'))
    )
    op.create_table('campaign_groups',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('expected_firms', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('expected_people', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('handover', sa.Enum('dispatched', 'on_site', name='handover', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('visits_from', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('visits_until', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('grade_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('(visits_from IS NULL) = (visits_until IS NULL)', name=op.f('ck_campaign_groups_visits_from_and_until')),
    sa.CheckConstraint('expected_firms >= 0 AND expected_people >= 0', name=op.f('ck_campaign_groups_expected_not_negative')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_campaign_groups_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['grade_id'], ['campaign_grades.id'], name=op.f('fk_campaign_groups_grade_id_campaign_grades')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_groups')),
    sa.UniqueConstraint('campaign_id', 'name', name=op.f('uq_campaign_groups_campaign_id_name'))
    )
    op.create_table('nominees',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('firm_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('nominated', 'service_reviewed', 'sales_reviewed', 'accepted', 'turned_down', name='nomineestate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('grade_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('counterparty', sa.Enum('business', 'employee', 'state_enterprise', 'state_body', 'official', 'private', name='counterparty', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('influence', sa.Enum('decides', 'strong', 'neither', name='influence', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('nominated_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(state = 'accepted') = (grade_id IS NOT NULL)", name=op.f('ck_nominees_accepted_with_a_grade')),
    sa.CheckConstraint("influence <> 'neither'", name=op.f('ck_nominees_has_influence')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_nominees_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['firm_id'], ['firms.id'], name=op.f('fk_nominees_firm_id_firms')),
    sa.ForeignKeyConstraint(['grade_id'], ['campaign_grades.id'], name=op.f('fk_nominees_grade_id_campaign_grades')),
    sa.ForeignKeyConstraint(['group_id'], ['campaign_groups.id'], name=op.f('fk_nominees_group_id_campaign_groups')),
    sa.ForeignKeyConstraint(['nominated_by'], ['users.id'], name=op.f('fk_nominees_nominated_by_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nominees'))
    )
    with op.batch_alter_table('nominees', schema=None) as batch_op:
        batch_op.create_index('ix_nominees_campaign_id_state', ['campaign_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_nominees_firm_id_state', ['firm_id', 'state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_nominees_group_id'), ['group_id'], unique=False)

    op.create_table('nominee_people',
    sa.Column('nominee_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('organisation', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('nominator', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_nominee_people_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['nominee_id'], ['nominees.id'], name=op.f('fk_nominee_people_nominee_id_nominees')),
    sa.PrimaryKeyConstraint('nominee_id', name=op.f('pk_nominee_people')),
    sa.UniqueConstraint('campaign_id', 'phone', name=op.f('uq_nominee_people_campaign_id_phone'))
    )
    with op.batch_alter_table('nominee_people', schema=None) as batch_op:
        batch_op.create_index('ix_nominee_people_phone', ['phone'], unique=False)
        batch_op.create_index('uq_nominee_people_name_organisation', ['campaign_id', 'name', 'organisation'], unique=True, sqlite_where=sa.text("organisation <> ''"), postgresql_where=sa.text("organisation <> ''"))

    op.create_table('nominee_reviews',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('nominee_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('step', sa.Enum('service', 'sales', 'planning', name='step', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('is_yes', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("is_yes OR reason <> ''", name=op.f('ck_nominee_reviews_a_no_has_a_reason')),
    sa.ForeignKeyConstraint(['by'], ['users.id'], name=op.f('fk_nominee_reviews_by_users')),
    sa.ForeignKeyConstraint(['nominee_id'], ['nominees.id'], name=op.f('fk_nominee_reviews_nominee_id_nominees')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nominee_reviews')),
    sa.UniqueConstraint('nominee_id', 'step', name=op.f('uq_nominee_reviews_nominee_id_step'))
    )
    op.create_table('visit_handovers',
    sa.Column('nominee_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('received_by', sa.String(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=True),
    sa.Column('handed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['handed_by'], ['users.id'], name=op.f('fk_visit_handovers_handed_by_users')),
    sa.ForeignKeyConstraint(['nominee_id'], ['nominees.id'], name=op.f('fk_visit_handovers_nominee_id_nominees')),
    sa.PrimaryKeyConstraint('nominee_id', name=op.f('pk_visit_handovers'))
    )


def downgrade() -> None:
    op.drop_table('visit_handovers')
    op.drop_table('nominee_reviews')
    with op.batch_alter_table('nominee_people', schema=None) as batch_op:
        batch_op.drop_index('uq_nominee_people_name_organisation', sqlite_where=sa.text("organisation <> ''"), postgresql_where=sa.text("organisation <> ''"))
        batch_op.drop_index('ix_nominee_people_phone')

    op.drop_table('nominee_people')
    with op.batch_alter_table('nominees', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_nominees_group_id'))
        batch_op.drop_index('ix_nominees_firm_id_state')
        batch_op.drop_index('ix_nominees_campaign_id_state')

    op.drop_table('nominees')
    op.drop_table('campaign_groups')
    op.drop_table('nomination_lists')
    op.drop_table('contradiction_answers')
    op.drop_table('campaign_grades')
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.drop_index('ix_campaigns_firm_id_id')

    op.drop_table('campaigns')
    with op.batch_alter_table('nomination_tries', schema=None) as batch_op:
        batch_op.drop_index('ix_nomination_tries_address_at')

    op.drop_table('nomination_tries')
    op.execute("DELETE FROM user_roles WHERE role IN ('planning', 'sales_manager', 'service_manager')")
    replace_check('user_roles', 'ck_user_roles_known_role', ROLES_BEFORE)
