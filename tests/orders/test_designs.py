"""The design, colour and lettering of an order's cards, and that what cannot be printed cannot be ordered."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from giftshop import branding, cards, catalogue, orders, paper, payments, production
from giftshop.branding import GREETINGS, Greeting, Look, Occasion
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.money import Money
from giftshop.orders import OrderState, documents
from giftshop.orders.errors import DesignNotOffered
from giftshop.paper import DESIGNS, DesignKind, Lettering, designs_for
from giftshop.production import wording
from giftshop.web import GiftShop
from tests.orders.conftest import TODAY, WANG, WORDS, draft, place
from tests.orders.test_pages import CARD, begin, buyer
from tests.people import People, sign_in

__all__ = ["buyer"]
SUN = replace(DESIGNS["moon"], key="sun", title="Sun")
"""Another design for gift books, whichever there are by now."""
AUTUMN = Occasion.MID_AUTUMN.value
CHOSEN = {"design": "sun", "accent": "#1F5245", "lettering": "sans"}


@pytest.fixture
def sun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DESIGNS, "sun", SUN)


def order_of(database: Database, people: People, number: str) -> orders.Order:
    with database.reading() as reader:
        return orders.order_of(reader, number, people.lantern.id)


def test_a_new_order_begins_with_the_firms_brand(
    buyer: FlaskClient, people: People, edition: catalogue.Edition, database: Database
) -> None:
    look = Look("#5b2a4c", Lettering.SANS, "小礼服务台 020-0000 0001")
    by, at = people.lantern.buyer.actor, clock.now()
    database.transact(branding.save_look, people.lantern.id, look, seen=0, by=by, at=at)
    order = order_of(database, people, begin(buyer, edition))
    assert (order.accent, order.lettering, order.contact_line) == (look.accent, look.lettering, look.contact_line)
    assert order.design == designs_for(DesignKind.GIFT_BOOK)[0].key
    page = buyer.get(f"/orders/{order.number}/brand").text
    assert f'value="{order.design}"' in page
    assert "小礼服务台" in page


@pytest.mark.usefixtures("sun")
def test_what_was_chosen_is_what_the_print_run_obeys(
    app: GiftShop, buyer: FlaskClient, people: People, edition: catalogue.Edition, database: Database
) -> None:
    order_id = database.transact(draft, people, edition.id, quantity=3)
    with database.reading() as reader:
        number = orders.order_by_id(reader, order_id).number
        total = orders.total_of(orders.lines_for(reader, orders.order_by_id(reader, order_id), orders.Tariff()), "CNY")
    assert buyer.post(f"/orders/{number}/brand", data=CARD | CHOSEN).status_code == 302
    order = order_of(database, people, number)
    assert (order.design, order.accent, order.lettering) == ("sun", "#1f5245", Lettering.SANS)
    database.transact(place, people, order_id, total.amount_minor)
    with database.reading() as reader:
        payment = payments.payment_of(reader, payments.Payable(orders.KIND, order_id))
        assert payment is not None
    paid, finance = (payment.amount_minor, TODAY, ""), people.staff.finance.actor
    database.transact(payments.mark_received, payment.id, *paid, today=TODAY, by=finance, at=clock.now())
    app.jobs.run_due()
    with database.reading() as reader:
        programme = cards.programme_bought_by(reader, orders.KIND, order_id)
        assert programme is not None
        (batch,) = cards.batches_of(reader, [programme.id])
        words = wording.words_of(reader, production.print_run_of(reader, batch.id))
    assert (words.design, words.accent, words.lettering) == ("sun", "#1f5245", Lettering.SANS)
    assert production.design_of(words.design) is SUN
    assert production.card_art(words).accent == "#1f5245"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"design": "greeting"}, "design"),
        ({"design": "none-such"}, "design"),
        ({"accent": "#12345"}, "accent"),
        ({"accent": "url(http://evil.example)"}, "accent"),
        ({"lettering": "comic"}, "lettering"),
        ({"greeting": "恭喜 \U0001f389"}, "greeting"),
        ({"headline": "恭喜\U0001f389"}, "headline"),
        ({"sender_name": "联动\U0001f389"}, "sender_name"),
    ],
)
def test_what_cannot_be_had_or_printed_is_refused_at_its_field(
    buyer: FlaskClient,
    people: People,
    edition: catalogue.Edition,
    database: Database,
    wrong: dict[str, str],
    field: str,
) -> None:
    number = begin(buyer, edition)
    answer = buyer.post(f"/orders/{number}/brand", data=CARD | wrong)
    assert answer.status_code == 422
    assert re.search(rf'class="error-summary".*href="#{field}(-0)?"', answer.text, re.DOTALL)
    order = order_of(database, people, number)
    assert (order.design, order.accent) == (designs_for(DesignKind.GIFT_BOOK)[0].key, paper.LACQUER)
    assert buyer.post(f"/orders/{number}/brand/autosave", data=CARD | wrong).status_code == 204


def test_a_design_of_another_kind_is_refused_by_the_command_too(
    people: People, edition: catalogue.Edition, database: Database
) -> None:
    order_id = database.transact(draft, people, edition.id)
    with pytest.raises(DesignNotOffered):
        database.transact(orders.brand, order_id, people.lantern.id, replace(WORDS, design="greeting"))
    with pytest.raises(branding.NoSuchLogo):
        database.transact(orders.set_logo, order_id, people.lantern.id, 2**40)


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_a_greeting_for_an_occasion_is_filled_in_and_nothing_else_is_lost(
    buyer: FlaskClient, people: People, edition: catalogue.Edition, database: Database, locale: str
) -> None:
    own = {"zh_Hans": Greeting("月圆人圆", "又是一年月圆时，愿您与家人团团圆圆。")}
    by, at = people.lantern.buyer.actor, clock.now()
    database.transact(branding.save_greetings, people.lantern.id, Occasion.MID_AUTUMN, own, by=by, at=at)
    number = begin(buyer, edition)
    half_done = {
        "fill": "greeting",
        "occasion": "mid_autumn",
        "card_locale": locale,
        "valid_until": "",
        "accent": "#12",
    }
    answer = buyer.post(f"/orders/{number}/brand", data=CARD | half_done | {"sender_name": "联动礼品组"})
    assert answer.status_code == 302
    assert "/brand" in answer.headers["Location"]
    order = order_of(database, people, number)
    wanted = own.get(locale, GREETINGS[Occasion.MID_AUTUMN][locale])
    assert (order.headline, order.greeting, order.sender_name) == (wanted.headline, wanted.message, "联动礼品组")
    assert order.accent == paper.LACQUER
    assert buyer.post(f"/orders/{number}/brand", data=CARD | half_done | {"occasion": "halloween"}).status_code == 302
    assert order_of(database, people, number).headline == CARD["headline"]


def place_on_its_page(buyer: FlaskClient, number: str) -> TestResponse:
    page = buyer.get(f"/orders/{number}/review").text
    seen = re.search(r'name="seen_total_minor" value="(\d+)"', page)
    proof = re.search(r'name="seen_proof"[^>]* value="([^"]*)"', page)
    assert seen
    placing = {"seen_total_minor": seen[1], "seen_proof": proof[1] if proof else "", "request_key": "place"}
    return buyer.post(f"/orders/{number}/review", data=placing)


@pytest.mark.parametrize("lang", ["en", "zh_Hans"])
@pytest.mark.parametrize("name", ["张\U0001f389", "长" * 200], ids=["no letterform", "too long"])
def test_a_name_that_no_card_can_bear_keeps_the_order_from_being_placed_and_its_row_is_named(
    buyer: FlaskClient,
    people: People,
    edition: catalogue.Edition,
    database: Database,
    name: str,
    lang: str,
) -> None:
    order_id = database.transact(draft, people, edition.id)
    firm, by = people.lantern.id, people.lantern.buyer.actor
    database.transact(orders.choose, order_id, firm, edition_id=edition.id, quantity=None)
    rows = [WANG, WANG | {"name": name}, WANG | {"name": "O’Brien Zoë Łukasz"}]
    database.transact(orders.keep_upload, order_id, firm, "list.csv", rows, at=clock.now())
    database.transact(orders.accept_upload, order_id, firm, by=by, at=clock.now())
    with database.reading() as reader:
        number = orders.order_by_id(reader, order_id).number
    buyer.get(f"/orders/{number}/review?lang={lang}")
    answer = place_on_its_page(buyer, number)
    assert answer.status_code == 422
    assert {"en": "Row 2", "zh_Hans": "第 2 行"}[lang] in answer.text
    assert order_of(database, people, number).state is OrderState.DRAFT
    database.transact(orders.keep_upload, order_id, firm, "list.csv", [WANG, rows[2]], at=clock.now())
    database.transact(orders.accept_upload, order_id, firm, by=by, at=clock.now())
    assert place_on_its_page(buyer, number).status_code == 302


def test_words_that_no_card_can_bear_keep_shopping_cards_from_being_placed(
    buyer: FlaskClient, people: People, edition: catalogue.Edition, database: Database
) -> None:
    firm, by, at = people.lantern.id, people.lantern.buyer.actor, clock.now()
    with database.reading() as reader:
        item = catalogue.items_of(reader, edition.id)[0].id
    value = orders.Value(Money(50_000, "CNY"), orders.Holder.BEARER, 5, [item], allows_difference=False)
    market = buyer.application.settings.market.stored_value  # type: ignore[attr-defined]
    number = database.transact(orders.start_cards, firm, value, market=market, card_locale="zh_Hans", by=by, at=at)
    order_id = order_of(database, people, number).id
    for greeting, refused in (("感谢\U0001f389", True), ("感谢您的支持", False)):
        words = replace(WORDS, greeting=greeting, valid_until=None)
        database.transact(orders.brand, order_id, firm, words)
        with database.reading() as reader:
            order = orders.order_by_id(reader, order_id)
            if refused:
                with pytest.raises(paper.GlyphMissing) as refusal:
                    documents.refuse_unprintable(reader, order)
                assert refusal.value.field == "greeting"
            else:
                documents.refuse_unprintable(reader, order)
                assert order.design in {design.key for design in designs_for(DesignKind.SHOPPING_CARD)}


def test_each_design_is_shown_with_the_orders_words_and_fetched_once(
    buyer: FlaskClient, client: FlaskClient, people: People, edition: catalogue.Edition
) -> None:
    number = begin(buyer, edition)
    key = designs_for(DesignKind.GIFT_BOOK)[0].key
    ours = buyer.get(f"/orders/{number}/designs/{key}.png")
    assert ours.data.startswith(b"\x89PNG")
    again = buyer.get(f"/orders/{number}/designs/{key}.png", headers={"If-None-Match": ours.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    buyer.post(f"/orders/{number}/brand/autosave", data=CARD | {"accent": "#1f5245"})
    theirs = buyer.get(f"/orders/{number}/designs/{key}.png", headers={"If-None-Match": ours.headers["ETag"]})
    assert theirs.status_code == 200
    assert theirs.data != ours.data
    buyer.post(f"/orders/{number}/brand/autosave", data=CARD | {"greeting": "\U0001f389"})
    assert buyer.get(f"/orders/{number}/designs/{key}.png").data.startswith(b"\x89PNG"), "with our words instead"
    for other in ("greeting", "none-such"):
        assert buyer.get(f"/orders/{number}/designs/{other}.png").status_code == 404
    for side in ("2", "0", "-1", "9223372036854775808"):
        assert buyer.get(f"/orders/{number}/proof.png?side={side}").status_code in {404, 409}
    sign_in(client, people.harbour.buyer)
    assert client.get(f"/orders/{number}/designs/{key}.png").status_code == 404


def test_a_design_that_is_gone_is_said_in_words(people: People, edition: catalogue.Edition, database: Database) -> None:
    order_id = database.transact(draft, people, edition.id)
    with database.reading() as reader:
        order = orders.order_by_id(reader, order_id)
        order.design = "withdrawn"
        with pytest.raises(production.DesignGone):
            documents.proof(reader, order)
        with pytest.raises(DesignNotOffered):
            documents.refuse_unprintable(reader, order)
