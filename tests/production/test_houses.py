"""Print houses: how they want their files, whose keys we take, and grids that no sheet has."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask.testing import FlaskClient

from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.paper import DESIGNS, ColourSpace
from giftshop.production import errors
from giftshop.production.certificates import FAR_OFF, read_certificate, spaced
from giftshop.production.delivery import Delivery, Grid, Medium, Sheet
from giftshop.production.fitting import most_on, refuse_unless_fits
from giftshop.production.houses import HouseFacts, add_house, change_house
from giftshop.production.models import PrintHouse
from giftshop.production.queries import houses_to_choose, print_house, print_houses
from giftshop.web import GiftShop
from tests.people import People, sign_in
from tests.production.batches import AS_DATA, certificate, key_of

NOW = datetime(2026, 10, 1, tzinfo=UTC)
SIGNS_ONLY = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
GOOD = certificate()
HOSTILE: dict[str, tuple[bytes, type[Refused]]] = {
    "nothing": (b"", errors.CertificateUnreadable),
    "words": (b"-----BEGIN CERTIFICATE-----\nhello\n-----END CERTIFICATE-----\n", errors.CertificateUnreadable),
    "cut short": (certificate(encoding=Encoding.DER)[:-40], errors.CertificateUnreadable),
    "noise": (b"\x30\x82\xff\xff" + b"\xff" * 400, errors.CertificateUnreadable),
    "endless": (GOOD + b"\n" * 100_000, errors.CertificateTooLarge),
    "a chain": (GOOD + certificate("An authority"), errors.SeveralCertificates),
    "with its private key": (
        GOOD + key_of("Nanfang Print").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        errors.PrivateKeySent,
    ),
    "an elliptic curve": (certificate(key=ec.generate_private_key(ec.SECP256R1())), errors.KeyOfAnotherKind),
    "a short key": (certificate(key=key_of("weak", 1024)), errors.KeyTooWeak),
    "of last year": (certificate(until=NOW - timedelta(days=1)), errors.CertificateNotValidNow),
    "of next year": (certificate(since=NOW + timedelta(days=1)), errors.CertificateNotValidNow),
    "for signatures": (certificate(usage=SIGNS_ONLY), errors.KeyNotForEncryption),
}
NONSENSE = [
    Grid(0, 5),
    Grid(5, 0),
    Grid(1000, 1000, 1200, 1200, 0),
    Grid(2, 2, 0, 0),
    Grid(2, 2, 9999, 9999),
    Grid(1, 1, 320, 450, -4),
    Grid(1, 1, 320, 450, 500),
]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_certificate_that_is_no_good_is_refused_at_its_field(kind: str) -> None:
    content, why = HOSTILE[kind]
    with pytest.raises(why) as refused:
        read_certificate(content, at=NOW)
    assert refused.value.field == "certificate"


def test_a_good_certificate_is_known_by_the_fingerprint_that_openssl_shows() -> None:
    pem = read_certificate(GOOD, at=NOW)
    der = read_certificate(
        certificate(encoding=Encoding.DER, until=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)), at=NOW
    )
    assert len(pem.fingerprint) == 64
    assert spaced("0a1b") == "0A:1B"
    assert der.until == FAR_OFF, "a certificate without an end is no day that every zone can show"


def test_a_grid_is_taken_only_if_its_cards_fit_the_sheet_with_bleed_and_gutters() -> None:
    design = DESIGNS["moon"]
    for grid in NONSENSE:
        with pytest.raises(errors.NoSuchSheet):
            refuse_unless_fits(design, Delivery(sheet=Sheet.OWN, grid=grid))
    with pytest.raises(errors.NoSuchSheet):
        refuse_unless_fits(design, Delivery(sheet=Sheet.OWN))
    two_by_four = Grid(2, 4, 2 * design.width_mm + 4.5 + 11, 4 * design.height_mm + 3 * 4.5 + 11, 4.5)
    just = Delivery(sheet=Sheet.OWN, grid=two_by_four)
    refuse_unless_fits(design, just)
    assert just.sheets_for(17) == 3
    for tight in (
        Grid(2, 4, two_by_four.width_mm - 0.1, two_by_four.height_mm, 4.5),
        Grid(2, 4, two_by_four.width_mm, two_by_four.height_mm - 0.1, 4.5),
        Grid(2, 4, two_by_four.width_mm, two_by_four.height_mm, 4.6),
        Grid(3, 4, two_by_four.width_mm, two_by_four.height_mm, 4.5),
    ):
        with pytest.raises(errors.DoesNotFit) as refused:
            refuse_unless_fits(design, Delivery(sheet=Sheet.OWN, grid=tight))
        facts = refused.value.facts
        assert (facts["columns"], facts["rows"]) != (tight.columns, tight.rows)
    imposition = just.imposition
    assert imposition is not None
    assert most_on(design, imposition) == (2, 4)


def test_what_a_house_wants_is_kept_as_it_was_said() -> None:
    wish = Delivery(
        sheet=Sheet.OWN, grid=Grid(1, 2, 210, 297, 4.5), has_marks=True, colour=ColourSpace.CMYK, is_pdf_x=True
    )
    assert Delivery.of(wish.kept()) == wish
    assert Delivery.of(AS_DATA.kept()) == AS_DATA
    assert Delivery.of(None) == Delivery()


def test_one_house_is_the_usual_one_and_a_retired_one_is_not_offered(app: GiftShop, people: People) -> None:
    transact, by = app.database.transact, people.staff.administrator.actor
    first = transact(add_house, HouseFacts("Nanfang  Print ", is_usual=True), by=by, at=NOW)
    transact(add_house, HouseFacts("Harbour Press", is_usual=True), by=by, at=NOW)
    with pytest.raises(errors.HouseNameTaken):
        transact(add_house, HouseFacts("Nanfang Print"), by=by, at=NOW)
    with pytest.raises(errors.HouseNameTaken):
        transact(change_house, first, HouseFacts("Harbour Press"), by=by, at=NOW)
    with pytest.raises(errors.KeyNeeded):
        transact(change_house, first, HouseFacts("Nanfang Print", AS_DATA), by=by, at=NOW)
    with app.database.reading() as reader:
        assert [(house.name, house.is_usual) for house in print_houses(reader)] == [
            ("Harbour Press", True),
            ("Nanfang Print", False),
        ]
    transact(change_house, first, HouseFacts("Nanfang Print", is_usual=True, is_active=False), by=by, at=NOW)
    with app.database.reading() as reader:
        assert [(house.name, house.is_usual) for house in houses_to_choose(reader)] == [("Harbour Press", True)]


def test_an_administrator_keeps_the_list_and_hears_what_is_wrong_with_a_key(
    app: GiftShop, client: FlaskClient, people: People
) -> None:
    sign_in(client, people.staff.administrator)

    def sent(**changes: object) -> dict[str, object]:
        return {
            "name": "Nanfang Print",
            "medium": "data",
            "sheet": "one_up",
            "colour": "rgb",
            "is_active": "y",
            **changes,
        }

    def post(path: str, **changes: object) -> tuple[int, str]:
        answer = client.post(path, data=sent(**changes), content_type="multipart/form-data")
        return answer.status_code, answer.get_data(as_text=True)

    status, page = post("/desk/print-houses/new")
    assert status == 422
    assert "Upload one first" in page
    status, page = post(
        "/desk/print-houses/new", certificate=(io.BytesIO(HOSTILE["with its private key"][0]), "house.pem")
    )
    assert status == 422
    assert "nobody but the print house may have" in page
    assert "PRIVATE KEY-----" not in page
    status, _page = post("/desk/print-houses/new", certificate=(io.BytesIO(certificate()), "house.pem"))
    assert status == 302
    with app.database.reading() as reader:
        house = print_houses(reader)[0]
        assert Delivery.of(house.delivery).medium is Medium.DATA
        assert house.certificate_until is not None
        assert house.certificate_until > clock.now()
    page = client.get(f"/desk/print-houses/{house.id}").get_data(as_text=True)
    assert spaced(house.fingerprint or "") in page
    assert "CN=Nanfang Print" in page
    assert "valid until" in client.get("/desk/print-houses").get_data(as_text=True)
    for nonsense in (
        {"columns": "0"},
        {"sheet_width_mm": "NaN"},
        {"sheet_height_mm": "1e999"},
        {"gutter_mm": ""},
        {"rows": "9" * 14},
    ):
        own = {
            "medium": "pdf",
            "sheet": "own",
            "columns": "2",
            "rows": "2",
            "sheet_width_mm": "320",
            "sheet_height_mm": "450",
            "gutter_mm": "6",
        }
        assert post(f"/desk/print-houses/{house.id}", **{**own, **nonsense})[0] == 422, nonsense
    assert post(f"/desk/print-houses/{house.id}", medium="papyrus")[0] == 422
    with app.database.reading() as reader:
        kept: PrintHouse = print_house(reader, house.id)
        assert Delivery.of(kept.delivery).medium is Medium.DATA
