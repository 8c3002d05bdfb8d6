"""A code is typed or brought by a QR: what opens, what does not, and what is never told."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from giftshop import cards
from giftshop.application import create_app
from giftshop.cards import Addressed, BatchState, BlockReason, PrintedCard
from giftshop.cards.models import WrongCode
from giftshop.config import Settings
from giftshop.kernel import clock
from giftshop.kernel.clock import local_day
from giftshop.kernel.codes import SPECIMEN, draw_block, secrets_in
from giftshop.kernel.numbering import Numbering
from giftshop.redemption import declined_cards
from giftshop.web import GiftShop
from tests.people import Browser
from tests.redemption.conftest import Book, Recipient, statements


def unknown_code() -> str:
    """A well-formed code that no card has."""
    return secrets_in(draw_block(1))[0].printed


def wrong_codes(book: Book) -> int:
    with book.database.reading() as reader:
        return reader.scalar(select(func.count()).select_from(WrongCode)) or 0


def headers(answer: TestResponse) -> tuple[tuple[str, str], ...]:
    """All headers, cookies among them, but for the moment and what each answer draws anew for its scripts."""
    return tuple((name, re.sub(r"'nonce-[^']+'", "", value)) for name, value in answer.headers if name != "Date")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("", "four groups of four"),
        ("K7QM 2M9X", "Something is missing"),
        ("K7QM 2M9X RD4T 8WHB 22", "That is too much"),
        ("K7QM 2M9X RD4T 8WH中", "a character that no code has"),
        (SPECIMEN.printed, "specimen"),
        ("x" * 500, "That is too much"),
        ("1001 0000 0170", "the serial number"),
        ("１００１-００００-０１７０", "the serial number"),
        (Numbering("O").of(7), "the number of a firm&#39;s order"),
        (Numbering("S").of(7).lower().replace("-", " "), "the number of a parcel"),
        (Numbering("T").of(7), "the reference of a payment"),
        ("https://gifts.example/t/" + "a" * 48, "the link of a parcel"),
        ("SF1234567890123", "a carrier&#39;s tracking number"),
    ],
)
def test_what_is_no_code_gets_a_hint_at_the_field_and_is_neither_looked_up_nor_counted(
    recipient: Recipient, book: Book, typed: str, hint: str
) -> None:
    with statements(book.database) as asked:
        answer = recipient.opens(typed)
    assert answer.status_code == 422
    assert hint in answer.text
    assert "<title>Error: " in answer.text
    assert asked == []


def test_a_slip_of_one_letter_is_noticed_without_the_database(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    right = card.secret.canonical
    slip = ("2" if right[0] != "2" else "3") + right[1:]
    with statements(book.database) as asked:
        answer = recipient.opens(slip)
    assert "There is a typing slip in it" in answer.text
    assert slip in answer.text, "what was typed is there to be mended"
    assert asked == []


@pytest.mark.parametrize("spelling", ["printed", "lower", "hyphens", "wide", "link"])
def test_a_code_opens_however_it_is_written(recipient: Recipient, card: PrintedCard, spelling: str) -> None:
    printed = card.secret.printed
    written = {
        "printed": printed,
        "lower": printed.lower().replace(" ", ""),
        "hyphens": printed.replace(" ", "-"),
        "wide": "".join(chr(ord(letter) + 0xFEE0) if letter != " " else letter for letter in printed),
        "link": card.link,
    }[spelling]
    assert recipient.opens(written).request.path == "/r/gift"


def test_an_unknown_code_and_one_that_is_not_active_yet_get_the_same_answer(
    app: GiftShop, book: Book, recipient: Recipient
) -> None:
    sealed = book.cards(1, to=BatchState.SHIPPED)[0].secret.printed
    answers, asked = [], []
    for code in (unknown_code(), sealed, unknown_code()):
        somebody = Recipient(app.test_client())
        with statements(book.database) as statements_of_this:
            first = somebody.client.post("/r", data={"code": code})
        page = somebody.client.get(first.location)
        answers.append(
            (first.status_code, first.location, first.data, page.status_code, page.data, headers(first), headers(page))
        )
        asked.append(list(statements_of_this))
    assert len(set(answers)) == 1
    assert asked[0] == asked[1] == asked[2]
    assert "This code opens nothing yet" in answers[0][4].decode()
    assert wrong_codes(book) == 3


@pytest.mark.parametrize(
    ("becomes", "words"),
    [("expired", "The time for this gift is over"), ("blocked", "This card has been stopped"), ("closed", "closed")],
)
def test_a_card_that_cannot_be_redeemed_says_so_with_the_hotline(
    recipient: Recipient, book: Book, card: PrintedCard, becomes: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if becomes == "blocked":
        agent = book.people.staff.hotline.actor
        book.database.transact(cards.block, book.card_id(card), reason=BlockReason.LOST, by=agent, at=clock.now())
    if becomes == "closed":
        book.database.transact(lambda tx: tx.execute(text("UPDATE batches SET state = 'closed'")))
    if becomes == "expired":
        later = clock.now() + timedelta(days=90)
        monkeypatch.setattr(clock, "now", lambda: later)
    page = recipient.opens_card(card)
    assert page.status_code == 200
    assert words in page.text
    assert "400-820-0000" in page.text
    assert "Choose your gift" not in page.text


def test_ten_wrong_codes_from_one_address_close_the_entrance_there_for_a_while(
    app: GiftShop, recipient: Recipient, book: Book, card: PrintedCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(10):
        assert recipient.opens(unknown_code()).status_code == 404
    refused = recipient.opens_card(card)
    assert refused.status_code == 429
    assert "Too many attempts" in refused.text
    assert "400-000-0000" in refused.text
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert Recipient(elsewhere).opens_card(card).request.path == "/r/gift"
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert recipient.opens_card(card).request.path == "/r/gift"


def test_slips_are_not_held_against_anybody(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    for _ in range(12):
        recipient.opens("K7QM 2M9X RD4T 8WHB")
    assert recipient.opens_card(card).request.path == "/r/gift"
    assert wrong_codes(book) == 0


NONSENSE = (
    *("漢" * 16, "ا" * 16, "٣" * 15, "🎁" * 16, "K7QM-2M9X-RD4T-8WHÜ", "\u200b" * 300, "\x00" * 16, "\ud800" * 16),
    *("0" * size for size in (15, 17, 1_000, 100_000)),
    "' OR 1=1 --",
    "https://gifts.example/r#",
    "{{7*7}}",
)


def test_nonsense_of_any_length_or_script_is_refused_without_asking_the_database(
    recipient: Recipient, book: Book
) -> None:
    with statements(book.database) as asked:
        for typed in NONSENSE:
            answer = recipient.client.post("/r", data={"code": typed.encode("utf-8", "surrogatepass")})
            assert answer.status_code in {400, 422}, typed[:20]
    assert asked == []
    assert wrong_codes(book) == 0


def test_a_forged_forwarding_header_gains_a_guesser_nothing(recipient: Recipient, book: Book) -> None:
    assert book.app.settings.trusted_proxies == 0
    for number in range(10):
        recipient.client.post("/r", data={"code": unknown_code()}, headers={"X-Forwarded-For": f"198.51.100.{number}"})
    assert recipient.opens(unknown_code()).status_code == 429


def test_the_cookie_holds_the_card_and_never_its_code(
    recipient: Recipient, app: GiftShop, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    with recipient.client.session_transaction() as session:
        kept = dict(session)
    assert kept["gift"]["card_id"] == book.card_id(card)
    assert card.secret.canonical not in json.dumps(kept).upper().replace(" ", "")
    assert isinstance(app.session_interface, SecureCookieSessionInterface)


def test_an_open_gift_closes_after_half_an_hour_and_says_so(
    recipient: Recipient, card: PrintedCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipient.opens_card(card)
    later = clock.now() + timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    page = recipient.client.get("/r/gift", follow_redirects=True)
    assert page.request.path == "/r"
    assert "You were away for half an hour" in page.text


def test_pages_of_a_gift_lead_to_the_entrance_when_none_is_open(recipient: Recipient) -> None:
    for path in ("/r/gift", "/r/gift/choice", "/r/gift/address", "/r/gift/check", "/r/gift/problem", "/r/gift/thanks"):
        answer = recipient.client.get(path)
        assert (answer.status_code, answer.location) == (302, "/r"), path


def test_looking_changes_nothing_however_often(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    """Mail scanners, previews and prefetching browsers GET and HEAD whatever they see."""
    redeemed, fresh = card, book.cards(1)[0]
    book.redeemed(redeemed)
    tracking = re.search(r"/t/[\w-]+", recipient.opens_card(redeemed).text)
    assert tracking is None, "somebody who has the code only is not given the link"
    recipient.opens_card(fresh)
    recipient.chooses(book.items["CUP-2"])
    recipient.writes_address()
    with statements(book.database) as asked:
        for path in ("/r", "/r/gift", "/r/gift/choice", "/r/gift/address", "/r/gift/check", "/r/gift/problem"):
            assert recipient.client.get(path).status_code == 200, path
            assert recipient.client.head(path).status_code == 200, path
        for path in ("/r/gift/decline", "/r/gift/proof"):
            assert recipient.client.get(path).status_code == 405, path
    assert [statement for statement in asked if not statement.lstrip().upper().startswith("SELECT")] == []


def test_every_post_needs_the_token_of_its_page(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    book.app.config["WTF_CSRF_ENABLED"] = True
    refused = recipient.client.post("/r", data={"code": card.secret.printed}, csrf=False)
    assert refused.status_code == 400
    recipient.opens_card(card)
    for path in ("/r/gift/choice", "/r/gift/address", "/r/gift/check", "/r/gift/decline", "/r/gift/proof"):
        assert recipient.client.post(path, csrf=False).status_code == 400, path


def test_the_address_behind_configured_proxies_is_believed_and_no_further(settings: Settings, book: Book) -> None:
    """With one proxy in front, the last entry of the header is the client; what stands before it is anybody's word."""
    behind = create_app(replace(settings, trusted_proxies=1))
    behind.test_client_class = Browser
    with behind.app_context():
        for number in range(11):
            header = {"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"}
            answer = behind.test_client().post("/r", data={"code": unknown_code()}, headers=header)
        assert answer.status_code == 429
        elsewhere = behind.test_client().post(
            "/r", data={"code": unknown_code()}, headers={"X-Forwarded-For": "203.0.113.10"}
        )
        assert elsewhere.status_code == 303
    behind.database.dispose()


def test_the_last_day_is_told_in_words_and_counted_when_it_is_near(recipient: Recipient, book: Book) -> None:
    today = local_day(clock.now(), "Asia/Shanghai")
    words = {0: "by tonight", 1: "one more day", 5: "5 more days", 60: "Choose by"}
    for days, said in words.items():
        (card,) = book.cards(1, valid_until=today + timedelta(days=days))
        assert said in recipient.opens_card(card).text


def test_a_card_that_bears_a_name_greets_by_it(recipient: Recipient, book: Book) -> None:
    named, plain = book.cards(2, addressees=[Addressed("韩梅梅")])
    assert "韩梅梅, this is for you" in recipient.opens_card(named).text
    assert "This is for you" in recipient.opens_card(plain).text


def test_somebody_who_does_not_want_the_gift_says_so_and_may_change_their_mind(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    for _ in range(2):
        page = recipient.client.post("/r/gift/decline", follow_redirects=True)
    assert "You said that you do not want this gift" in page.text
    with book.database.reading() as reader:
        assert declined_cards(reader, [book.card_id(card)]) == {book.card_id(card)}
    assert "Where shall we deliver it" in recipient.chooses(book.items["TEA-1"]).text
