"""Somebody looks around in the demonstration: something is at every place where something can be."""

from __future__ import annotations

import re
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from giftshop import cards, catalogue, liability, orders, production
from giftshop.addresses import Address, Receiver
from giftshop.application import create_app
from giftshop.cards import HeldCard, Standing
from giftshop.config import Settings
from giftshop.db import Reader
from giftshop.demo import people
from giftshop.demo.chapters import CHAPTERS
from giftshop.demo.codes import fresh_codes, keep_codes
from giftshop.demo.introduction import introduction
from giftshop.demo.loading import load
from giftshop.demo.ordering import THANKS, batch_of
from giftshop.demo.printing import KEPT
from giftshop.demo.tour import TOUR
from giftshop.fulfilment import ShipmentState, shipments_by_source
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor, ActorKind
from giftshop.kernel.role import StaffRole
from giftshop.redemption import redeem
from giftshop.web import GiftShop
from tests.conftest import settings_for

S = ShipmentState


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GiftShop]:
    """The demonstration, told from the first chapter to the last."""
    instance = tmp_path_factory.mktemp("instance")
    shop = create_app(Settings.from_environ({"GIFTSHOP_MODE": "demo", "INSTANCE_PATH": str(instance)}))
    with shop.app_context():
        assert load(shop, CHAPTERS) == [chapter.name for chapter in CHAPTERS]
        yield shop
    shop.database.dispose()


@pytest.fixture
def reader(shop: GiftShop) -> Iterator[Reader]:
    """What there is to see now."""
    with shop.database.reading() as reader:
        yield reader


def test_the_second_start_tells_nothing_again(shop: GiftShop) -> None:
    assert load(shop, CHAPTERS) == []


def test_an_order_is_at_each_place_that_an_order_can_be_at(reader: Reader) -> None:
    page = orders.orders_page(reader, firm_id=people.firm_id(reader))
    assert Counter(order.state for order in page.rows) == {
        "draft": 1,
        "awaiting_approval": 1,
        "awaiting_payment": 1,
        "paid": 1,
        "issued": 4,
    }
    (sets,) = [order for order in page.rows if order.state is orders.OrderState.PAID]
    jobs = production.jobs_of(reader, (orders.KIND, sets.id))
    assert [job.kind.value for job in jobs] == ["engraving", "bag_print", "greeting_cards"]
    assert len(orders.parcels_of(reader, sets.id)) == 30


def test_parcels_are_at_every_place_of_the_bench(reader: Reader) -> None:
    parcels = shipments_by_source(reader, "redemption", range(1, 100)).values()
    states = Counter(parcel.state for parcel in parcels)
    assert set(states) == set(S) - {S.RETURNED, S.CANCELLED}
    assert min(states[S.WAITING], states[S.DELIVERED], states[S.DISPATCHED]) >= 3


def test_a_supplier_has_parcels_to_order_ordered_and_on_their_way(reader: Reader) -> None:
    parcels = shipments_by_source(reader, "redemption", range(1, 100)).values()
    theirs = [parcel for parcel in parcels if parcel.supplier_id]
    at = Counter((parcel.state, parcel.ordered_at is not None) for parcel in theirs)
    assert at == {(S.DISPATCHED, True): 1, (S.WAITING, True): 1, (S.WAITING, False): 2}


def test_a_firm_sees_some_gifts_chosen_and_some_not(reader: Reader) -> None:
    programme = batch_of(reader, THANKS).programme_id
    progress = cards.programme_progress(reader, [programme], at=clock.now())[programme]
    assert progress.claimed >= 20
    assert progress.unclaimed >= KEPT


def test_a_finance_person_finds_a_past_to_look_at(shop: GiftShop, reader: Reader) -> None:
    today = clock.local_day(clock.now(), shop.settings.time_zone)
    told = liability.report(reader, liability.Asked(today, shop.settings.time_zone, clock.now(), value_may_end=False))
    assert {sums.currency for sums in told.sums} == {"CNY", "USD"}
    yuan = next(sums for sums in told.sums if sums.currency == "CNY")
    assert len(yuan.among(lambda line: line.title.firm_id)) == 2
    assert len(yuan.months) >= 5
    assert any(each.share for each in told.forecasts["CNY"])
    assert {step.kind.value for step in yuan.steps} >= {"issue", "activate", "spend", "reverse"}
    assert liability.prove(reader).found == 0


def test_codes_to_try_lie_in_a_file_of_their_owner_and_nowhere_in_the_database(shop: GiftShop, reader: Reader) -> None:
    codes = fresh_codes(reader, shop.settings)
    assert len(codes) == KEPT
    kept = shop.settings.instance_path / "codes-to-try.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    shop.database.engine.dispose()
    stored = b"".join(path.read_bytes() for path in shop.settings.instance_path.glob("giftshop.db*"))
    for code in codes:
        assert code.encode() not in stored
        assert code.replace(" ", "").encode() not in stored


def test_the_introduction_offers_a_fresh_code_and_after_it_the_next(shop: GiftShop, reader: Reader) -> None:
    first, second, *_rest = fresh_codes(reader, shop.settings)
    assert f"{shop.settings.public_url}/r#{first.replace(' ', '')}" in introduction(reader, shop.settings)
    _redeem(shop, reader, first)
    with shop.database.reading() as later:
        words = introduction(later, shop.settings)
    assert first not in words
    assert second in words


def test_the_introduction_says_when_every_kept_code_is_redeemed(shop: GiftShop, reader: Reader) -> None:
    kept = shop.settings.instance_path / "codes-to-try.json"
    codes = kept.read_text()
    keep_codes(shop.settings, [])
    assert "is redeemed by now" in introduction(reader, shop.settings)
    kept.write_text(codes)


def test_no_code_is_kept_anywhere_but_in_the_demonstration(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="demonstration"):
        keep_codes(settings_for("sqlite://", tmp_path), ["a code"])
    assert list(tmp_path.iterdir()) == []


def _redeem(shop: GiftShop, reader: Reader, code: str) -> None:
    card = cards.card_by_code(reader, code, keyring=shop.settings.keyring, address="here", at=clock.now())
    assert isinstance(card, HeldCard)
    assert card.standing is Standing.OPEN
    gift = catalogue.items_of(reader, card.edition_id or 0)[0]
    receiver = Receiver("王小明", "+8613800138000", Address("CN", "广东省", "广州市", "天河区", "体育西路 1 号"))
    holder = Actor(ActorKind.RECIPIENT, card.id)
    shop.database.transact(redeem, card.id, gift.id, receiver, locale="en", by=holder, at=clock.now())


def test_the_tour_leads_through_every_desk_without_a_password(shop: GiftShop) -> None:
    visitor = shop.test_client()
    page = visitor.get("/demonstration?lang=en").text
    assert re.search(r'href="/r#\w{16}"', page)
    assert 'value="finance@lingnan.example"' in visitor.get("/sign-in").text

    def enters(who: str, going_to: str) -> TestResponse:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)', visitor.get("/demonstration").text)
        sent = {"who": who, "csrf_token": token[1] if token else ""}
        return visitor.post("/demonstration/enter", query_string={"next": going_to}, data=sent)

    for stop in TOUR:
        entered = enters(people.email_of(stop.role), stop.path)
        assert (entered.status_code, entered.location) == (302, stop.path)
        assert visitor.get(stop.path, follow_redirects=True).status_code == 200
    nobody, elsewhere = (
        enters("nobody@elsewhere.example", "/"),
        enters(people.email_of(StaffRole.SALES), "//evil.example"),
    )
    assert (nobody.status_code, elsewhere.location) == (404, "/desk")


def test_no_other_site_lets_anybody_in_like_that(app: GiftShop) -> None:
    visitor = app.test_client()
    assert [visitor.get("/demonstration").status_code, visitor.post("/demonstration/enter").status_code] == [404, 404]
    assert "demonstration" not in visitor.get("/sign-in").text
