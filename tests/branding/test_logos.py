from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageDraw

from giftshop.branding import (
    Logo,
    LogoKind,
    LogoWarning,
    logo,
    logo_bytes,
    logo_warnings,
    redraw,
    save_logo,
    usual_logo,
)
from giftshop.branding.pages import WORDS
from giftshop.branding.rules import sharp_width_mm
from giftshop.db import Database
from giftshop.imaging import NotAPicture, PictureDamaged, PictureTooSmall
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.web import GiftShop
from tests.accounts.door import all_at_once
from tests.people import Crew, People, sign_in

NOW = clock.now()
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>x</script><rect width="9" height="9"/></svg>'
)


def png(size: tuple[int, int] = (600, 200), ink: str = "#004f37", paper: str | None = None) -> bytes:
    image = Image.new("RGBA", size, paper or (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((2, 2, size[0] - 2, size[1] - 2), fill=ink)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def save(database: Database, crew: Crew, raw: bytes) -> Logo:
    return database.transact(save_logo, crew.id, redraw(raw), by=crew.buyer.actor, at=NOW)


def test_a_logo_is_kept_as_we_wrote_it_and_never_as_it_came(database: Database, people: People) -> None:
    kept = save(database, people.lantern, DRAWING)
    with database.reading() as reader:
        content = logo_bytes(reader, people.lantern.id, kept.id)
    assert b"script" not in content
    assert b"<rect" in content
    assert kept.kind is LogoKind.SVG


def test_the_same_logo_twice_is_one_and_the_latest_is_offered_again(database: Database, people: People) -> None:
    first, second = save(database, people.lantern, png()), save(database, people.lantern, DRAWING)
    assert save(database, people.lantern, png()).id == first.id
    with database.reading() as reader:
        latest = usual_logo(reader, people.lantern.id)
        assert latest is not None
        assert latest.id == second.id
        assert usual_logo(reader, people.harbour.id) is None


def test_the_same_logo_sent_by_two_at_once_is_one(database: Database, people: People) -> None:
    raw, kept = png(), list[int]()
    all_at_once(4, lambda _: kept.append(save(database, people.lantern, raw).id))
    assert len(set(kept)) == 1


def test_another_firms_logo_does_not_exist(database: Database, people: People) -> None:
    kept = save(database, people.lantern, png())
    with database.reading() as reader:
        assert logo(reader, people.lantern.id, kept.id).id == kept.id
        for read in (logo, logo_bytes):
            with pytest.raises(Missing):
                read(reader, people.harbour.id, kept.id)


def test_two_firms_with_the_same_picture_have_addresses_that_tell_nothing(database: Database, people: People) -> None:
    ours, theirs = save(database, people.lantern, png()), save(database, people.harbour, png())
    assert ours.sha256 == theirs.sha256
    assert ours.public_id != theirs.public_id
    assert ours.sha256 not in ours.public_id


@pytest.mark.parametrize(("raw", "media_type"), [(png(), "image/png"), (DRAWING, "image/svg+xml")])
def test_a_logo_is_served_to_whoever_has_its_address_and_can_do_nothing(
    app: GiftShop, client: FlaskClient, people: People, raw: bytes, media_type: str
) -> None:
    kept = save(app.database, people.lantern, raw)
    answer = client.get(f"/logos/{kept.public_id}")
    assert answer.status_code == 200
    assert answer.mimetype == media_type
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(f"/logos/{kept.sha256}").status_code == 404
    assert client.get("/logos/" + "x" * 500).status_code == 404


def test_pixels_are_told_how_wide_they_print_sharp() -> None:
    assert sharp_width_mm(1181) == 99
    small = redraw(png((200, 80)))
    assert (small.width, small.height) == (200, 80)
    assert redraw(png((4000, 1000))).width == 2000


@pytest.mark.parametrize(
    ("raw", "warnings"),
    [
        (png(), []),
        (png((200, 80)), [LogoWarning.LOW_RESOLUTION]),
        (png(ink="#ffffff"), [LogoWarning.PALE]),
        (png(ink="#fff3c4", paper="white"), [LogoWarning.PALE]),
        (png(ink="#fff3c4", paper="#004f37"), []),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>A</text></svg>', [LogoWarning.HAS_TEXT]),
        (DRAWING.replace(b"script", b"filter"), [LogoWarning.LOST_PARTS]),
    ],
)
def test_a_buyer_is_warned_of_what_paper_will_show(
    app: GiftShop, people: People, raw: bytes, warnings: list[LogoWarning]
) -> None:
    kept = save(app.database, people.lantern, raw)
    assert kept.warnings == warnings
    assert len(logo_warnings(kept)) == len(warnings)
    assert set(WORDS) == set(LogoWarning)


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [(b"", NotAPicture), (b"GIF89a", NotAPicture), (png()[:60], PictureDamaged), (png((24, 12)), PictureTooSmall)],
)
def test_what_is_no_logo_is_refused_at_its_field(raw: bytes, refusal: type[Refused]) -> None:
    with pytest.raises(refusal) as refused:
        redraw(raw)
    assert refused.value.field == "logo"


def test_a_signed_in_stranger_sees_no_more_than_anybody(client: FlaskClient, people: People) -> None:
    sign_in(client, people.harbour.buyer)
    assert client.get("/logos/nothing").status_code == 404
