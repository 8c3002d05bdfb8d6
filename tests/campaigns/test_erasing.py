"""A campaign is over, and its people are forgotten: names, reasons, signatures go, and every figure stays."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from giftshop import campaigns
from giftshop.campaigns import Judgement, Step, errors, figures, queries, visiting
from giftshop.campaigns.models import NomineePerson, Review, VisitHandover
from giftshop.campaigns.report import Report
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing
from giftshop.kernel.market import GiftRules
from giftshop.web import GiftShop
from tests.campaigns.conftest import NOON, SUPPLY, Plan, nominate
from tests.campaigns.test_deciding import decided, order
from tests.people import People, Somebody, sign_in

__all__ = ["decided"]
OVER = datetime(2026, 9, 25, tzinfo=UTC)
"""The last visit is on 8/14, which is 24 September."""
NEW_YEAR = datetime(2026, 12, 31, 16, 1, tzinfo=UTC)


def erase(database: Database, plan: Plan, by: Somebody, *, at: datetime = OVER, firm_id: int | None = None) -> None:
    database.transact(campaigns.erase, plan.id, firm_id or plan.firm_id, zone="Asia/Shanghai", by=by.actor, at=at)


def report(database: Database, plan: Plan) -> Report:
    with database.reading() as reader:
        campaign = campaigns.campaign_of(reader, plan.id, plan.firm_id)
        return figures.report_of(reader, campaign, SUPPLY, zone="Asia/Shanghai", at=OVER)


@pytest.fixture
def over(database: Database, people: People, decided: Plan) -> Plan:
    """Ordered; the visitor signed."""
    order(database, decided, people)
    with database.reading() as reader:
        [visitor] = queries.accepted_entries(reader, decided.id, group_ids=[decided.groups["到访客户"]])
    signed: dict[str, Any] = {"received_by": "王小强", "signature": b"\x89PNG", "by": people.lantern.nominator.actor}
    database.transact(visiting.hand_over, decided.id, decided.firm_id, visitor.nominee.id, at=NOON, **signed)
    return decided


def test_nothing_of_anybody_is_left_but_a_phone_and_no_figure_has_changed(
    database: Database, people: People, over: Plan
) -> None:
    before = report(database, over)
    erase(database, over, people.lantern.planning)
    with database.reading() as reader:
        left = reader.scalars(select(NomineePerson).where(NomineePerson.campaign_id == over.id)).all()
        said = {(each.name, each.organisation, each.address, each.reason, each.kind, each.nominator) for each in left}
        signed = [(each.received_by, each.signature) for each in reader.scalars(select(VisitHandover))]
        shown = queries.entries_page(reader, over.id).rows
    assert (len(left), said) == (3, {("", "", "", "", "", "")})
    assert signed == [("", None)]
    assert {(entry.person, entry.name) for entry in shown} == {(None, "–")}
    assert report(database, over) == before
    assert before.total.handed_over == 1


def test_the_phone_counts_for_the_years_cap_and_goes_when_the_year_is_over(
    app: GiftShop, database: Database, people: People, over: Plan
) -> None:
    phone = "+8613800000000"

    def given() -> dict[str, int]:
        with database.reading() as reader:
            return queries.given_in_year(reader, over.firm_id, [phone], 2026)

    erase(database, over, people.lantern.planning)
    app.jobs.run_due(at=OVER)
    assert given() == {phone: 20_000}
    with clock.standing_at(NEW_YEAR):
        app.jobs.run_due()
    assert given() == {}
    with database.reading() as reader:
        assert reader.scalars(select(NomineePerson).where(NomineePerson.campaign_id == over.id)).all() == []


def test_when_the_year_is_over_already_the_phone_goes_at_once(database: Database, people: People, over: Plan) -> None:
    erase(database, over, people.lantern.planning, at=NEW_YEAR)
    with database.reading() as reader:
        assert reader.scalars(select(NomineePerson)).all() == []


def test_what_a_reviewer_wrote_goes_and_that_they_said_no_stays(database: Database, people: People, plan: Plan) -> None:
    nominee = nominate(database, plan, plan.nomination("老客户"), people.lantern.nominator.actor)
    no = [Judgement(nominee, is_yes=False, reason="王小明已离职")]
    by = people.lantern.service_manager.actor
    database.transact(campaigns.judge, plan.firm_id, Step.SERVICE, no, rules=GiftRules(), by=by, at=NOON)
    erase(database, plan, people.lantern.planning)
    with database.reading() as reader:
        assert [(each.is_yes, each.reason) for each in reader.scalars(select(Review))] == [(False, "–")]


def test_nobody_is_erased_before_the_last_visit_is_over_or_twice(
    database: Database, people: People, over: Plan
) -> None:
    with pytest.raises(errors.NotOverYet):
        erase(database, over, people.lantern.planning, at=datetime(2026, 9, 24, 15, 59, tzinfo=UTC))
    erase(database, over, people.lantern.administrator)
    with pytest.raises(errors.AlreadyErased):
        erase(database, over, people.lantern.planning)


def test_only_the_owner_and_the_administrator_of_its_firm_may_erase(
    database: Database, people: People, over: Plan
) -> None:
    with pytest.raises(errors.NotYoursToErase):
        erase(database, over, people.lantern.sales_manager)
    with pytest.raises(Missing):
        erase(database, over, people.harbour.planning, firm_id=people.harbour.id)


def test_the_button_is_there_when_the_campaign_is_over_and_says_so_afterwards(
    client: FlaskClient, people: People, over: Plan
) -> None:
    page = f"/campaigns/{over.id}"
    sign_in(client, people.lantern.sales_manager)
    assert "Erase its people" not in client.get(page).text
    sign_in(client, people.lantern.planning)
    assert "Erase its people" in client.get(page).text
    done = client.post(f"{page}/erase", follow_redirects=True).text
    assert "The people of this campaign are erased" in done
    assert "Its people were erased on" in done
    assert "erased already" in client.post(f"{page}/erase", follow_redirects=True).text
    assert "王" not in client.get(f"{page}/people").text
    assert client.get(f"{page}/visits").status_code == 200
    sign_in(client, people.harbour.planning)
    assert client.post(f"{page}/erase").status_code == 404
