"""The pages of a campaign, as its people use them."""

from __future__ import annotations

import base64
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from giftshop import campaigns
from giftshop.campaigns import NomineeState, links, queries
from giftshop.campaigns.planning import revoke_link
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.web import GiftShop
from tests.campaigns.conftest import NOON, Gift, Plan, accept, draw_up, nominate
from tests.campaigns.test_deciding import answer_all, choose_gifts, close
from tests.people import People, sign_in

ADDRESS = "广东省广州市天河区体育西路123号"


@pytest.fixture
def now_open(database: Database, people: People) -> Plan:
    """Liandong's plan, whose list is open on the day the test runs."""
    return database.transact(draw_up, people, closes_on=(clock.now() + timedelta(days=9)).date())


def entry(plan: Plan, **changed: str) -> dict[str, str]:
    """The campaign's form, filled in."""
    typed = {
        "group": str(plan.groups["老客户"]),
        "name": "王小明",
        "address": ADDRESS,
        "phone": "13800138000",
        "organisation": "示例厂",
        "counterparty": "business",
        "influence": "decides",
        "reason": "多年合作",
        "declared": "y",
    }
    return typed | changed


def entries(database: Database, plan: Plan) -> list[queries.Entry]:
    with database.reading() as reader:
        return list(queries.entries_page(reader, plan.id).rows)


def link_of(app: GiftShop, database: Database, plan: Plan, people: People) -> str:
    database.transact(campaigns.share_link, plan.id, plan.firm_id, by=people.lantern.planning.actor, at=NOON)
    return "/n/" + links.NominationLink(plan.id, 1).signed(app.settings.link_key)


def text_of(response: TestResponse) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))


def test_planning_draws_up_a_campaign_with_a_grade_and_a_group(
    client: FlaskClient, database: Database, people: People
) -> None:
    sign_in(client, people.lantern.planning)
    typed = {
        "name": "中秋送礼",
        "year": "2026",
        "listed_by": "8/8",
        "starts": "8-9",
        "last": "8月13日",
        "last_hour": "18",
        "closes_on": "2026-09-15",
        "occasion": "中秋快乐",
        "greeting": "感谢您对我们的支持",
        "card_price": "3.00",
        "is_surprise": "y",
    }
    made = client.post("/campaigns/new", data=typed)
    assert made.status_code == 302
    place = made.location
    assert client.post(f"{place}/grades/new", data={"name": "标准", "budgeted": "230", "gift": ""}).status_code == 302
    with database.reading() as reader:
        [campaign] = queries.campaigns_page(reader, people.lantern.id).rows
        [grade] = queries.grades_of(reader, campaign.id)
    group = {
        "name": "到访客户",
        "expected_firms": "20",
        "expected_people": "60",
        "grade": str(grade.id),
        "handover": "on_site",
        "visits_from": "8/5",
        "visits_until": "8/14",
    }
    assert client.post(f"{place}/groups/new", data=group).status_code == 302
    shown = text_of(client.get(place))
    assert "September 18, 2026" in shown
    assert "到访客户" in shown
    for page in ("/plan", f"/grades/{grade.id}", "/groups/new", "/people", "/budget", "/visits", "/result", "/list"):
        assert client.get(place + page).status_code == 200, page


def test_days_that_are_out_of_order_are_refused_and_nothing_typed_is_lost(client: FlaskClient, people: People) -> None:
    sign_in(client, people.lantern.planning)
    typed = {"name": "中秋", "year": "2026", "listed_by": "8/10", "starts": "8/9", "last": "8/13", "last_hour": "18"}
    more = {"closes_on": "2026-09-15", "occasion": "中秋", "greeting": "谢谢", "card_price": "3"}
    refused = client.post("/campaigns/new", data=typed | more)
    assert refused.status_code == 422
    assert 'value="8/10"' in refused.text


@pytest.mark.parametrize("day", ["13/1", "8/31", "eight", "8"])
def test_what_is_no_lunar_day_is_refused_at_its_field(client: FlaskClient, people: People, day: str) -> None:
    sign_in(client, people.lantern.planning)
    refused = client.post("/campaigns/new", data={"starts": day})
    assert refused.status_code == 422
    assert "Write a lunar month and day" in refused.text


def test_a_nominator_fills_in_the_form_and_sees_their_own_people_only(
    client: FlaskClient, database: Database, people: People, now_open: Plan
) -> None:
    nominate_today(database, now_open, people)
    sign_in(client, people.lantern.nominator)
    assert client.post(f"/campaigns/{now_open.id}/nominate", data=entry(now_open)).status_code == 302
    shown = client.get(f"/campaigns/{now_open.id}/people").text
    assert "王小明" in shown
    assert "别人" not in shown


def nominate_today(database: Database, plan: Plan, people: People) -> None:
    """Somebody whom planning nominates."""
    nominate(database, plan, plan.nomination("老客户", 5, name="别人"), people.lantern.planning.actor)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"counterparty": "official"}, "counterparty"),
        ({"influence": "neither"}, "influence"),
        ({"declared": ""}, "declared"),
        ({"phone": "1"}, "phone"),
        ({"address": "街"}, "address"),
        ({"group": "987"}, "group"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, people: People, now_open: Plan, changed: dict[str, str], field: str
) -> None:
    sign_in(client, people.lantern.nominator)
    refused = client.post(f"/campaigns/{now_open.id}/nominate", data=entry(now_open, **changed))
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert "王小明" in refused.text


def test_somebody_with_the_link_nominates_without_a_login(
    client: FlaskClient, app: GiftShop, database: Database, people: People, now_open: Plan
) -> None:
    link = link_of(app, database, now_open, people)
    assert client.get(link).status_code == 200
    sent = client.post(link, data=entry(now_open, nominator="小刘"))
    assert sent.status_code == 303
    assert "王小明" in client.get(link).text
    assert "王小明" not in client.get(link).text
    [kept] = entries(database, now_open)
    assert kept.person is not None
    assert (kept.person.nominator, kept.nominee.nominated_by) == ("小刘", None)


def test_the_link_answers_the_same_for_somebody_who_is_on_the_list(
    client: FlaskClient, app: GiftShop, database: Database, people: People, now_open: Plan
) -> None:
    link = link_of(app, database, now_open, people)
    answers = []
    for _ in range(2):
        sent = client.post(link, data=entry(now_open, nominator="小刘"))
        shown = re.sub(r'(name|value|nonce)="[^"]*"', "", client.get(sent.location).text)
        answers.append((sent.status_code, shown))
    assert answers[0] == answers[1]
    assert len(entries(database, now_open)) == 1


def test_a_link_that_is_revoked_forged_or_over_leads_nowhere(
    client: FlaskClient, app: GiftShop, database: Database, people: People, plan: Plan, now_open: Plan
) -> None:
    link = link_of(app, database, now_open, people)
    database.transact(campaigns.share_link, plan.id, plan.firm_id, by=people.lantern.planning.actor, at=NOON)
    over = "/n/" + links.NominationLink(plan.id, 1).signed(app.settings.link_key)
    forged = "/n/" + links.NominationLink(now_open.id, 1).signed(b"another key")
    database.transact(revoke_link, now_open.id, now_open.firm_id, by=people.lantern.planning.actor, at=NOON)
    assert [client.get(each).status_code for each in (link, over, forged, "/n/x", "/n/%00é")] == [
        404,
        404,
        404,
        404,
        400,
    ]


def test_too_many_entries_from_one_network_are_stopped(
    client: FlaskClient, app: GiftShop, database: Database, people: People, now_open: Plan
) -> None:
    link = link_of(app, database, now_open, people)
    answers = {client.post(link, data={"name": ""}).status_code for _ in range(60)}
    assert answers == {422}
    assert client.post(link, data=entry(now_open, nominator="小刘")).status_code == 429
    assert entries(database, now_open) == []


def test_reviewers_tick_and_write_reasons_and_planning_gives_grades(
    client: FlaskClient, database: Database, people: People, plan: Plan
) -> None:
    ids = [nominate(database, plan, plan.nomination("老客户", n), people.lantern.nominator.actor) for n in range(3)]
    sign_in(client, people.lantern.service_manager)
    assert ">3</strong> nominations wait for your review" in client.get("/").text
    sent = client.post(
        "/campaigns/reviews/service",
        data={"accept": [str(ids[0]), str(ids[1])], f"reason-{ids[2]}": "已离职"},
        follow_redirects=True,
    )
    assert "2 nominations accepted." in sent.text
    assert "1 nomination turned down." in sent.text
    sign_in(client, people.lantern.sales_manager)
    client.post("/campaigns/reviews/sales", data={"accept": [str(ids[0]), str(ids[1])]})
    sign_in(client, people.lantern.planning)
    shown = client.get("/campaigns/reviews/planning").text
    assert people.lantern.service_manager.name in shown
    client.post(
        "/campaigns/reviews/planning",
        data={"accept": [str(ids[0]), str(ids[1])], f"grade-{ids[0]}": str(plan.grades["重点"])},
    )
    states = {each.nominee.id: each.nominee.state for each in entries(database, plan)}
    assert [states[each] for each in ids] == [
        NomineeState.ACCEPTED,
        NomineeState.SALES_REVIEWED,
        NomineeState.TURNED_DOWN,
    ]


def test_an_empty_review_is_refused_and_anothers_queue_is_not_there(
    client: FlaskClient, people: People, plan: Plan
) -> None:
    sign_in(client, people.lantern.service_manager)
    assert client.post("/campaigns/reviews/service", data={}).status_code == 422
    assert client.get("/campaigns/reviews/planning").status_code == 404
    assert client.get("/campaigns/reviews").location == "/campaigns/reviews/service"


def test_the_contradictions_are_said_in_both_languages_with_their_figures(
    client: FlaskClient, people: People, plan: Plan
) -> None:
    sign_in(client, people.lantern.planning)
    english = text_of(client.get(f"/campaigns/{plan.id}/contradictions?lang=en"))
    assert "390 people (80 + 50 + 200 + 60); the budget is for 380 (150 + 230)" in english
    assert "September 21, September 22, September 26. In 2026" in english
    chinese = text_of(client.get(f"/campaigns/{plan.id}/contradictions?lang=zh_Hans"))
    assert "名单合计 390 人（80 + 50 + 200 + 60），预算却是 380 人（150 + 230）" in chinese
    assert "农历八月十四（2026年9月24日）" in chinese


def test_an_answer_without_a_tick_or_a_word_is_refused(client: FlaskClient, people: People, plan: Plan) -> None:
    sign_in(client, people.lantern.planning)
    page = f"/campaigns/{plan.id}/contradictions"
    key = re.search(r'name="key" value="([^"]+)"', client.get(page).text)
    assert key is not None
    assert client.post(page, data={"key": key[1], "word": "没问题"}).status_code == 422
    assert client.post(page, data={"key": key[1], "read": "y", "word": ""}).status_code == 422
    assert client.post(page, data={"key": key[1], "read": "y", "word": "多备十份"}).status_code == 302
    assert "多备十份" in client.get(page).text


@pytest.fixture
def visited(database: Database, people: People, plan: Plan, gift: Gift) -> int:
    """A visitor of a decided campaign. Returns the nominee's id."""
    nominee = nominate(database, plan, plan.nomination("到访客户"), people.lantern.nominator.actor)
    accept(database, plan, people, nominee)
    choose_gifts(database, plan, people)
    answer_all(database, plan, people)
    close(database, plan, people)
    return nominee


def test_a_visitor_signs_with_a_finger_and_the_signature_is_kept_small(
    client: FlaskClient, people: People, plan: Plan, visited: int
) -> None:
    drawn = io.BytesIO()
    Image.new("RGBA", (960, 360), (0, 0, 0, 120)).save(drawn, "PNG")
    sent = "data:image/png;base64," + base64.b64encode(drawn.getvalue()).decode()
    page = f"/campaigns/{plan.id}/visits/{visited}"
    sign_in(client, people.lantern.nominator)
    assert client.post(page, data={"received_by": "王小明", "signature": sent}).status_code == 302
    sign_in(client, people.lantern.planning)
    kept = client.get(f"{page}/signature.png")
    assert (kept.mimetype, Image.open(io.BytesIO(kept.data)).size) == ("image/png", (480, 180))


@pytest.mark.parametrize(
    "sent", ["data:image/png;base64,QUJD", "data:image/png;base64,!", "javascript:1", "x" * 400_000]
)
def test_what_is_no_signature_is_refused_and_a_name_alone_is_enough(
    client: FlaskClient, people: People, plan: Plan, visited: int, sent: str
) -> None:
    page = f"/campaigns/{plan.id}/visits/{visited}"
    sign_in(client, people.lantern.nominator)
    assert client.post(page, data={"received_by": "王小明", "signature": sent}).status_code == 422
    assert client.post(page, data={"received_by": "王小明"}).status_code == 302
    assert "王小明" in client.get(f"/campaigns/{plan.id}/visits").text


def test_planning_orders_from_the_budget_page_once(
    client: FlaskClient, database: Database, people: People, plan: Plan, visited: int
) -> None:
    sign_in(client, people.lantern.planning)
    assert "Draw up the orders" in client.get(f"/campaigns/{plan.id}/budget").text
    sent: dict[str, Any] = {"request_key": "once-and-only"}
    for _ in range(2):
        assert client.post(f"/campaigns/{plan.id}/order", data=sent).location == f"/campaigns/{plan.id}/result"
    with database.reading() as reader:
        by_grade = campaigns.orders_by_grade(reader, plan.id)
    [drawn] = by_grade[plan.grades["标准"]]
    assert (list(by_grade), drawn.is_on_site) == ([plan.grades["标准"]], True)
    shown = text_of(client.get(f"/campaigns/{plan.id}/result"))
    assert f"{drawn.number} to the firm, for its visitors" in shown


def test_another_firm_finds_nothing_of_a_campaign(
    client: FlaskClient, people: People, plan: Plan, visited: int
) -> None:
    for somebody in (people.harbour.planning, people.harbour.nominator, people.harbour.administrator):
        sign_in(client, somebody)
        for page in ("", "/people", "/contradictions", "/budget", "/result", "/visits", f"/visits/{visited}", "/list"):
            assert client.get(f"/campaigns/{plan.id}{page}").status_code in {403, 404}, (somebody.name, page)
        assert "中秋送礼" not in client.get("/campaigns").text


def test_columns_of_a_list_are_named_by_hand_and_what_was_said_beside_the_file_still_holds(
    client: FlaskClient, people: People, now_open: Plan
) -> None:
    sign_in(client, people.lantern.nominator)
    place = f"/campaigns/{now_open.id}/list"
    content = f"哪一组,谁,怎么联系,住处\n老客户,王小明,13800138000,{ADDRESS}\n".encode("gbk")
    sent = {
        "file": (io.BytesIO(content), "名单.csv"),
        "counterparty": "business",
        "influence": "decides",
        "reason": "合作",
    }
    asked = client.post(place, data=sent, follow_redirects=True).text
    assert "Please say which column is what" in asked
    named = {"heading": "1", "column_0": "group", "column_1": "name", "column_2": "phone", "column_3": "address"}
    assert client.post(f"{place}/columns", data=named | {"column_1": ""}).status_code == 422
    assert "1 people to nominate" in text_of(client.post(f"{place}/columns", data=named, follow_redirects=True))
