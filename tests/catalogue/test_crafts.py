"""Keeping packaging, decorations with their places, and what may not lie in one parcel."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from giftshop import catalogue
from giftshop.catalogue.errors import AreaTooLarge, PackagingCodeTaken, RuleKnown, TagMissing
from giftshop.catalogue.rules import PackagingFacts, PackagingKind
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.money import Money
from tests.giftsets.conftest import shelf
from tests.giftsets.making import Shelf
from tests.people import People, sign_in

__all__ = ["shelf"]
BOX = PackagingFacts("BOX-1", PackagingKind.BOX, {"en": "Box"}, Money(2_800, "CNY"), 400, 5_000)
TYPED_BOX = {
    "name_zh_Hans": "礼盒",
    "name_en": "Box",
    "kind": "box",
    "code": "box-9",
    "price": "28",
    "weight_g": "400",
    "holds_g": "5000",
    "is_active": "y",
}
TYPED_CRAFT = {
    "name_en": "Sticker",
    "name_zh_Hans": "不干胶贴",
    "kind": "sticker",
    "setup": "30",
    "unit": "0.60",
    "least": "20",
    "lead_days": "2",
    "width_mm": "60",
    "height_mm": "60",
    "is_active": "y",
}


def test_two_packagings_do_not_share_a_barcode_and_a_place_lies_within_its_decoration(
    database: Database, people: People, shelf: Shelf
) -> None:
    who: dict[str, Any] = {"by": people.staff.sales.actor, "at": clock.now()}
    database.transact(catalogue.add_packaging, BOX, **who)
    with pytest.raises(PackagingCodeTaken):
        database.transact(catalogue.add_packaging, BOX, **who)
    with pytest.raises(AreaTooLarge):
        database.transact(
            catalogue.place_decoration, 1, item_id=shelf.cup, places={"en": "x"}, width_mm=81, height_mm=10, **who
        )
    with pytest.raises(RuleKnown):
        database.transact(catalogue.add_bundle_rule, "Mooncake", "*", {"en": "again"}, **who)
    with pytest.raises(TagMissing):
        database.transact(catalogue.add_bundle_rule, "tea", " ", {"en": "why"}, **who)


def test_staff_keep_what_sets_are_made_with_on_their_pages(
    client: FlaskClient, database: Database, people: People, shelf: Shelf
) -> None:
    sign_in(client, people.staff.sales)
    assert client.post("/desk/packaging/new", data=TYPED_BOX).status_code == 302
    craft = client.post("/desk/crafts/new", data=TYPED_CRAFT).location
    place = {"place-on": "box-9", "place-place_en": "on the lid", "place-width_mm": "50", "place-height_mm": "50"}
    assert client.post(f"{craft}/places", data=place).status_code == 302
    assert client.post(f"{craft}/places", data=place | {"place-on": "nothing"}).status_code == 422
    assert client.post(f"{craft}/places", data=place | {"place-width_mm": "61"}).status_code == 422
    assert "on the lid" in client.get(craft).text
    assert "BOX-9" in client.get("/desk/making").text
    with database.reading() as reader:
        (box,) = [each for each in catalogue.packagings(reader) if each.code == "BOX-9"]
        (offered,) = catalogue.places_on(reader, [], [box.id])
    assert client.post(f"/desk/packaging/{box.id}", data=TYPED_BOX | {"is_active": ""}).status_code == 302
    assert client.post(f"/desk/crafts/places/{offered.place.id}/drop").status_code == 302
    rule = {"tag": "wine", "other_tag": "tea", "reason_en": "No wine with tea."}
    assert client.post("/desk/making/rules", data=rule).status_code == 302
    assert client.post("/desk/making/rules", data=rule).status_code == 422
    with database.reading() as reader:
        assert box.code not in {each.code for each in catalogue.packagings(reader, "CNY")}
        assert catalogue.places_on(reader, [], [box.id]) == []
        (known,) = [each for each in catalogue.bundle_rules(reader) if each.tag == "wine"]
    assert client.post(f"/desk/making/rules/{known.id}/drop").status_code == 302


@pytest.mark.parametrize("field", ["code", "price", "weight_g", "holds_g"])
def test_a_packaging_that_lacks_a_fact_is_refused_at_its_field(client: FlaskClient, people: People, field: str) -> None:
    sign_in(client, people.staff.sales)
    answer = client.post("/desk/packaging/new", data=TYPED_BOX | {field: "-1"})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
