"""The pages of a firm's brand kit."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient

from giftshop import branding
from giftshop.branding import Occasion
from giftshop.db import Database
from giftshop.paper import Lettering
from tests.branding.test_logos import png, save
from tests.people import People, sign_in

LOOK = {"accent": "#1F5245", "lettering": "sans", "contact_line": "客户服务 020-0000 0000", "seen": "0"}


@pytest.fixture
def buyer(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, people.lantern.buyer)
    return client


def kept(database: Database, firm_id: int) -> branding.Kit:
    with database.reading() as reader:
        return branding.kit_of(reader, firm_id)


def test_a_buyer_keeps_the_brand_and_everybody_of_the_firm_reads_it(
    buyer: FlaskClient, client: FlaskClient, people: People, database: Database
) -> None:
    assert "#8A1F1B is deep enough" in buyer.get("/brand").text
    assert buyer.post("/brand", data=LOOK).status_code == 302
    look = kept(database, people.lantern.id).look
    assert (look.accent, look.lettering, look.contact_line) == ("#1f5245", Lettering.SANS, LOOK["contact_line"])
    assert 'name="seen" value="1"' in buyer.get("/brand").text.replace(' id="seen"', "")
    for lang in ("en", "zh_Hans"):
        assert buyer.get(f"/brand?lang={lang}").status_code == 200
    sign_in(client, people.lantern.nominator)
    page = client.get("/brand").text
    assert "#1F5245" in page
    assert 'name="accent"' not in page
    assert client.post("/brand", data=LOOK).status_code == 403
    for reader, status in ((people.staff.sales, 200), (people.staff.production, 200), (people.staff.hotline, 403)):
        sign_in(client, reader)
        assert client.get(f"/desk/firms/{people.lantern.id}/brand").status_code == status
    assert client.get("/desk/firms/987654321/brand").status_code in {403, 404}


@pytest.mark.parametrize(
    "wrong",
    [
        {"accent": "#12345"},
        {"accent": "<script>"},
        {"lettering": "comic"},
        {"contact_line": "x" * 81},
        {"contact_line": "\U0001f389"},
        {"seen": "7"},
        {"seen": "9223372036854775808"},
        {"seen": ""},
    ],
)
def test_nonsense_is_refused_and_what_was_typed_is_kept(
    buyer: FlaskClient, people: People, database: Database, wrong: dict[str, str]
) -> None:
    answer = buyer.post("/brand", data=LOOK | wrong)
    assert answer.status_code == 422
    assert "There is something to put right" in answer.text
    assert '<script>"' not in answer.text
    assert LOOK["contact_line"] in answer.text or "contact_line" in wrong
    assert kept(database, people.lantern.id).version == 0
    if "seen" in wrong:  # told once; saving again is meant
        assert buyer.post("/brand", data=LOOK).status_code == 302


def test_what_becomes_of_a_colour_follows_what_is_typed(buyer: FlaskClient) -> None:
    assert "too light to carry light letters" in buyer.get("/brand/colour?accent=%23FFD400").text
    assert "deep enough" in buyer.get("/brand/colour?accent=1f5245").text
    for nonsense in ("", "?accent=%3Cscript%3E", "?accent=" + "9" * 5000):
        assert "six digits" in buyer.get(f"/brand/colour{nonsense}").text


def test_logos_are_added_chosen_and_taken_away_on_the_page(
    buyer: FlaskClient, people: People, database: Database
) -> None:
    for ink in ("#004f37", "#eeeeee"):
        sent = {"logo": (io.BytesIO(png(ink=ink)), "logo.png")}
        assert buyer.post("/brand/logos", data=sent).status_code == 302
    assert buyer.post("/brand/logos", data={"logo": (io.BytesIO(b"GIF89a"), "logo.gif")}).status_code == 422
    with database.reading() as reader:
        new, old = branding.logos_of(reader, people.lantern.id)
    page = buyer.get("/brand").text
    assert "This logo is pale" in page
    assert buyer.post(f"/brand/logos/{old.id}/usual").status_code == 302
    assert buyer.post(f"/brand/logos/{new.id}/retire").status_code == 302
    with database.reading() as reader:
        assert [each.id for each in branding.logos_of(reader, people.lantern.id)] == [old.id]
    theirs = save(database, people.harbour, png(ink="#112233"))
    for wanted in (theirs.id, new.id, 2**63 - 1, 2**63):
        assert buyer.post(f"/brand/logos/{wanted}/usual").status_code == 404
    assert buyer.post(f"/brand/logos/{theirs.id}/retire").status_code == 404


def test_greetings_are_written_and_reset_on_their_page(buyer: FlaskClient, people: People, database: Database) -> None:
    page = buyer.get("/brand/greetings/mid_autumn").text
    assert "中秋快乐" in page
    assert "Happy Mid-Autumn" in page
    words = {"headline_zh_Hans": "月圆人圆", "message_zh_Hans": "又是一年月圆时，愿您与家人团团圆圆。"}
    ours = branding.GREETINGS[Occasion.MID_AUTUMN]["en"]
    sent = words | {"headline_en": ours.headline, "message_en": ours.message}
    assert buyer.post("/brand/greetings/mid_autumn", data=sent).status_code == 302
    assert "月圆人圆" in buyer.get("/brand").text
    assert people.lantern.buyer.name in buyer.get("/brand/greetings/mid_autumn").text, "who wrote them"
    wrong = buyer.post("/brand/greetings/mid_autumn", data=sent | {"message_zh_Hans": "长" * 121})
    assert wrong.status_code == 422
    assert 'href="#message_zh_Hans"' in wrong.text
    assert buyer.post("/brand/greetings/mid_autumn/reset").status_code == 302
    assert "月圆人圆" not in buyer.get("/brand").text
    assert buyer.get("/brand/greetings/halloween").status_code == 404


def test_a_sample_of_each_lettering_is_drawn_with_the_fonts_of_the_press(buyer: FlaskClient) -> None:
    drawn = {buyer.get(f"/brand/lettering/{key}.png").data for key in Lettering}
    assert len(drawn) == len(Lettering)
    assert all(picture.startswith(b"\x89PNG") for picture in drawn)
    assert buyer.get("/brand/lettering/comic.png").status_code == 404
