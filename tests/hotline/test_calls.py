"""Whole calls: somebody rings up, and an agent finds, hears, chooses, reads back, confirms, says goodbye."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote, quote_plus

import pytest
from sqlalchemy import select

from giftshop.cards import BatchState, PrintedCard
from giftshop.db import Base
from giftshop.hotline import Outcome
from giftshop.kernel import clock
from giftshop.kernel.codes import Secret
from giftshop.notifications.models import Message
from giftshop.redemption import Redemption
from tests.hotline.conftest import Agent
from tests.redemption.conftest import Book
from tests.redemption.purses import Purses, prove


def spellings(secret: Secret) -> list[str]:
    """A code however it could come back: in groups, in an address, in any case, without its last letter."""
    groups = secret.printed.split()
    forms = {secret.canonical, *("".join(each.join(groups)) for each in (" ", "-", "%20", "+", "&nbsp;"))}
    forms |= {quote(secret.printed), quote_plus(secret.printed), secret.canonical[:12], secret.canonical[:-1]}
    return [form for each in forms for form in (each, each.lower())]


def assert_never_shown(agent: Agent, *secrets: Secret) -> None:
    assert len(agent.answers) > 3, "nothing was answered, so nothing was shown"
    for answer in agent.answers:
        told = " ".join([answer.text, unescape(answer.text), str(answer.headers), answer.request.url])
        for secret in secrets:
            assert [form for form in spellings(secret) if form in told] == [], answer.request.path


def test_a_gift_is_chosen_on_the_telephone_and_the_code_is_never_shown_again(
    on_a_call: Agent, book: Book, card: PrintedCard
) -> None:
    agent, code = on_a_call, card.secret
    assert "Can be redeemed" in agent.finds(card.serial).text
    assert "Choose with the caller" not in agent.reads().text
    slip = code.canonical[:-1] + ("0" if code.canonical[-1] != "0" else "1")
    assert "There is a typing slip in it" in agent.hears(slip).text
    assert "Type it into the field for codes" in agent.finds(code.printed).text
    assert "Choose with the caller" in agent.hears(code.printed.lower()).text

    read_back = agent.notes(book.items["TEA-1"]).text
    phone = "1 3 8 – 1 2 3 4 – 5 6 7 8"
    for said in ("West Lake Longjing", "李，雷", phone, "广东省广州市天河区", "Then I confirm it now"):
        assert said in read_back, said
    done = agent.confirms().text
    number = book.shipment(card).number
    assert number in done
    assert " ".join(number.split("-")[1]) in done, "its number, digit by digit"
    shown = agent.reads().text
    assert f"by the hotline, {agent.person.name}" in shown
    assert "Gift chosen" in shown, "its timeline tells it"
    assert agent.posts("/end", outcome="redeemed", note="Wanted it soon.").status_code == 200
    assert_never_shown(agent, code)

    made = book.redemption(card)
    assert made.agent_id == agent.person.id
    call = agent.call()
    assert (call.outcome, call.heard_at, call.card_id) == (Outcome.REDEEMED, None, book.card_id(card))
    done_by_agent = [event for event in agent.events() if event.action == "hotline.confirm"]
    assert [event.facts for event in done_by_agent] == [{"call": call.id, "redemption": made.id}]
    assert {"cards.claim", "hotline.look_at", "hotline.hear"} <= {event.action for event in agent.events()}
    with book.database.reading() as reader:
        prove(reader)


def test_nothing_of_a_call_is_kept_that_gives_the_code_or_the_caller_away(
    on_a_call: Agent, book: Book, card: PrintedCard
) -> None:
    on_a_call.hears(card.secret.printed)
    on_a_call.posts("/problem", kind="page", note=f"It does not take {card.secret.printed}")
    refused = on_a_call.posts("/end", outcome="nothing", note=f"code {card.secret.canonical}")
    assert refused.status_code == 422
    assert on_a_call.posts("/end", outcome="nothing", note="call 138 1234 5678").status_code == 422
    on_a_call.finds(card.secret.printed, narrowed=card.secret.printed)
    on_a_call.posts("/card", said=card.secret.printed, card_id=str(book.card_id(card)))
    assert_never_shown(on_a_call, card.secret)
    with book.database.reading() as reader:
        for table in Base.metadata.sorted_tables:
            for row in reader.execute(select(table)):
                assert [form for form in spellings(card.secret)[:8] if form in repr(row)] == [], table.name


def test_a_serial_number_shows_how_a_card_stands_and_blocks_it_and_spends_nothing(
    on_a_call: Agent, book: Book, card: PrintedCard
) -> None:
    agent = on_a_call
    agent.finds(card.serial.replace(" ", ""))
    for path in ("/choice", "/check"):
        assert "Have the code on the card read out first" in agent.reads(path).text
    assert "read out first" in agent.notes(book.items["TEA-1"]).text
    agent.posts("/check", seen="1")
    with book.database.reading() as reader:
        assert reader.scalars(select(Redemption)).all() == []

    assert agent.posts("/block", reason="disputed").status_code == 422
    assert "Nobody can redeem this card" in agent.posts("/block", reason="lost").text
    assert "Why it is blocked" in agent.reads().text
    assert "read out first" in agent.posts("/unblock").text
    agent.hears(card.secret.printed)
    assert "The block is lifted" in agent.posts("/unblock").text
    agent.posts("/block", reason="misuse")
    agent.hears(card.secret.printed)
    assert "not for the hotline to decide" in agent.posts("/unblock").text, "a thief reads it out as well"
    assert "Somebody else may know the code" in agent.reads().text
    actions = [(event.action, event.facts.get("call")) for event in agent.events()]
    assert ("hotline.block", agent.call_id) in actions
    assert ("hotline.unblock", agent.call_id) in actions


def test_half_an_hour_after_it_was_read_out_the_code_opens_nothing(
    on_a_call: Agent, book: Book, card: PrintedCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_call.hears(card.secret.printed)
    on_a_call.notes(book.items["TEA-1"])
    form = on_a_call.form_to_confirm()
    later = clock.now() + timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "read out first" in on_a_call.confirms(**form).text
    with book.database.reading() as reader:
        assert reader.scalars(select(Redemption)).all() == []


def test_another_card_closes_what_was_read_out_for_the_first(on_a_call: Agent, book: Book) -> None:
    one, other = book.cards(2)
    on_a_call.hears(one.secret.printed)
    on_a_call.finds(other.serial)
    assert on_a_call.call().heard_at is None
    assert "the code of another card" in on_a_call.hears(one.secret.printed).text
    assert on_a_call.call().card_id == book.card_id(one)


def test_wrong_codes_are_counted_against_the_agent_and_then_nothing_is_looked_up(
    on_a_call: Agent, colleague: Agent, book: Book, card: PrintedCard
) -> None:
    from giftshop.kernel.codes import draw_block, secrets_in

    waiting = book.cards(1, to=BatchState.SHIPPED)[0]
    unknown = on_a_call.hears(secrets_in(draw_block(1))[0].printed).text
    not_active = on_a_call.hears(waiting.secret.printed).text
    said = "No card opens with this code"
    assert said in unknown
    assert said in not_active, "the same answer, whoever holds it"
    for secret in secrets_in(draw_block(8)):
        on_a_call.hears(secret.printed)
    assert on_a_call.hears(card.secret.printed).status_code == 429
    assert on_a_call.call().misheard == 10
    colleague.takes_a_call()
    assert "Choose with the caller" in colleague.hears(card.secret.printed).text


def test_the_same_yes_sent_twice_redeems_once(on_a_call: Agent, book: Book, card: PrintedCard) -> None:
    on_a_call.hears(card.secret.printed)
    on_a_call.notes(book.items["TEA-1"])
    form = on_a_call.form_to_confirm()
    first, second = on_a_call.confirms(**form), on_a_call.confirms(**form)
    assert first.request.path == second.request.path
    with book.database.reading() as reader:
        assert len(reader.scalars(select(Redemption)).all()) == 1
    assert book.left("TEA-1") == 9


def test_a_shopping_card_is_spent_changed_and_given_back_by_telephone(
    on_a_call: Agent, purses: Purses, purse: PrintedCard
) -> None:
    agent, book = on_a_call, purses.book
    tea, cup = (f"item-{book.items[sku]}" for sku in ("TEA-1", "CUP-2"))
    agent.hears(purse.secret.printed)
    assert "¥500.00" in agent.reads("/choice").text
    assert "what you chose costs" in agent.notes_basket({tea: "4"}).text, (
        "672 of 500: paid on top on the phone page only"
    )
    read_back = agent.notes_basket({tea: "1", cup: "1"}).text
    assert re.search(r"It comes to \S*336\.00, and \S*164\.00 stays on your card", unescape(read_back))
    agent.confirms()
    assert purses.left(purse) == 16_400
    assert purses.visit(purse, 1).agent_id == agent.person.id

    agent.posts("/orders/1/choice", **{tea: "2", cup: "0"})
    assert purses.left(purse) == 16_400
    assert "is back on the card" in agent.posts("/orders/1/cancel").text
    assert purses.left(purse) == 50_000
    purses.prove()
    assert_never_shown(agent, purse.secret)


def test_whom_it_goes_to_is_masked_until_the_caller_names_the_end_of_the_phone(
    on_a_call: Agent, book: Book, card: PrintedCard
) -> None:
    agent = on_a_call
    book.redeemed(card)
    shown = agent.finds(card.serial).text
    assert "李*" in shown
    assert "体育西路" not in shown + agent.hears(card.secret.printed).text
    address = {"to-country": "CN", "to-shown_for": "CN", "to-name": "韩梅梅", "to-phone": "139 1234 5679"}
    address |= {"to-region": "浙江省", "to-city": "杭州市", "to-district": "西湖区", "to-street": "文三路8号"}
    assert "not by this caller" in agent.posts("/orders/1/address", **address).text
    assert "number first" in agent.reads("/orders/1").text
    assert "That is not how" in agent.posts("/orders/1/proof", last_digits="0000").text
    assert "体育西路" in agent.posts("/orders/1/proof", last_digits="5678").text
    assert "1 3 9 – 1 2 3 4 – 5 6 7 9" in agent.posts("/orders/1/address", **address).text
    assert book.shipment(card).receiver_name == "韩梅梅"
    agent.posts("/orders/1/choice", gift=str(book.items["SILK-3"]))
    assert book.redemption(card).item_id == book.items["SILK-3"]


def test_guessing_the_end_of_a_phone_ends_after_five_tries(on_a_call: Agent, book: Book, card: PrintedCard) -> None:
    book.redeemed(card)
    on_a_call.finds(card.serial)
    for guess in range(5):
        on_a_call.posts("/orders/1/proof", last_digits=f"000{guess}")
    assert "Too many wrong tries" in on_a_call.posts("/orders/1/proof", last_digits="5678").text
    assert "体育西路" not in on_a_call.reads().text


def test_a_card_is_found_by_the_whole_phone_number_the_parcel_and_the_carrier(
    on_a_call: Agent, book: Book, card: PrintedCard
) -> None:
    book.redeemed(card)
    book.dispatch(card)
    shipment = book.shipment(card)
    assert "体育西路" in on_a_call.finds("138 1234 5678").text, "who names it whole has named its end"
    assert on_a_call.call().found_by == "phone"
    for said in (shipment.number, shipment.number.lower().replace("-", ""), shipment.tracking_number or ""):
        found = on_a_call.finds(said).text
        assert card.serial in found, said
        assert "体育西路" not in found
    assert "Nothing was found" in on_a_call.finds("5678").text
    assert "Nothing was found" in on_a_call.finds("李雷").text


def test_several_cards_behind_one_phone_are_offered_and_only_what_was_found_can_be_picked(
    on_a_call: Agent, book: Book
) -> None:
    one, two, other = book.cards(3)
    for each in (one, two):
        book.redeemed(each)
    offered = on_a_call.finds("138 1234 5678").text
    assert one.serial in offered
    assert two.serial in offered
    assert on_a_call.posts("/card", said="138 1234 5678", card_id=str(book.card_id(other))).status_code == 404
    assert "体育西路" in on_a_call.posts("/card", said="138 1234 5678", card_id=str(book.card_id(two))).text


def test_a_digit_misheard_leads_to_the_card_that_is_near(on_a_call: Agent, card: PrintedCard) -> None:
    digits = card.serial.replace(" ", "")
    wrong = digits[:-3] + str((int(digits[-3]) + 5) % 10) + digits[-2:]
    shown = on_a_call.finds(wrong).text
    assert "One digit is not right" in shown
    assert card.serial in shown
    assert on_a_call.call().card_id is None, "the agent asks before taking it"


def test_the_link_goes_once_more_to_the_receiver_and_to_nobody_else(
    on_a_call: Agent, book: Book, card: PrintedCard
) -> None:
    book.redeemed(card)
    book.app.jobs.run_due()
    on_a_call.finds(card.serial)
    assert "on its way to the receiver" in on_a_call.posts("/orders/1/link").text
    book.app.jobs.run_due()
    with book.database.reading() as reader:
        sent = reader.scalars(select(Message)).all()
    assert [message.address for message in sent] == ["+8613812345678"] * 2
    assert "/t/" in str(sent[-1].text)


def test_a_caller_is_read_to_and_written_to_in_their_language_whatever_the_agents(
    agent: Agent, book: Book, card: PrintedCard
) -> None:
    agent.takes_a_call("zh_Hans")
    agent.hears(card.secret.printed)
    shown = agent.notes(book.items["TEA-1"])
    assert "西湖龙井" in shown.text
    assert "The caller hears" in shown.text, "the page itself stays English"
    again = agent.posts("/language", locale="en", back="check").text
    assert "West Lake Longjing" in again
    agent.posts("/language", locale="zh_Hans")
    agent.confirms()
    assert book.redemption(card).locale == "zh_Hans"


def test_a_call_is_its_agents_own_and_ends_for_good(
    on_a_call: Agent, colleague: Agent, book: Book, card: PrintedCard
) -> None:
    on_a_call.hears(card.secret.printed)
    colleague.call_id = on_a_call.call_id
    assert colleague.reads().status_code == 404
    assert colleague.notes(book.items["TEA-1"]).status_code == 404
    assert colleague.posts("/block", reason="lost").status_code == 404
    first = on_a_call.call_id
    on_a_call.takes_a_call()
    assert on_a_call.call_id == first, "one call at a time"
    on_a_call.posts("/end", outcome="answered", note="")
    assert on_a_call.reads().status_code == 404
    assert on_a_call.posts("/check", seen="1").status_code == 404
    on_a_call.takes_a_call()
    assert on_a_call.call_id != first


def test_nothing_typed_by_hand_breaks_a_page(on_a_call: Agent, book: Book, card: PrintedCard) -> None:
    on_a_call.hears(card.secret.printed)
    huge = str(2**63)
    for path, data in [
        ("/choice", {"gift": huge, "to-country": "XX", "to-phone": "\x00" * 9}),
        ("/choice", {"gift": "no"}),
        ("/check", {"seen": huge}),
        ("/card", {"card_id": huge}),
        ("/find", {"said": "９" * 400, "narrowed": "%" * 400}),
        ("/find", {"said": "O-0000-000-000"}),
        ("/code", {}),
        ("/block", {"reason": "void"}),
        ("/problem", {"kind": "none", "note": " "}),
        ("/end", {"outcome": "none"}),
        ("/language", {"locale": "fr", "back": huge}),
        ("/orders/7/proof", {"last_digits": "1"}),
        ("/orders/7/cancel", {}),
        ("/orders/7/choice", {}),
    ]:
        assert on_a_call.posts(path, **data).status_code < 500, path
    assert on_a_call.call().card_id == book.card_id(card)
