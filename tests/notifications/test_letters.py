"""What a mail looks like, read off its text."""

from __future__ import annotations

from flask.testing import FlaskClient

from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.notifications import messages_to, queue_mail, queue_text
from giftshop.notifications.letter import BlockKind, Letterhead, blocks, painter
from giftshop.notifications.service import mark_sent
from giftshop.web import GiftShop
from tests.mails import read_mail, words_of
from tests.people import People, sign_in

MEI = "mei@lantern.example"
TEXT = """Hello Mei,

your code is
482 913
Open this link:

https://gifts.example/t/abc_DEF-1

It works once. Or see https://gifts.example/contact.
- one
- two
"""


def test_addresses_codes_and_lists_stand_out_and_the_rest_is_words() -> None:
    kinds = [(block.kind, block.text) for block in blocks(TEXT)]
    assert kinds == [
        (BlockKind.WORDS, "Hello Mei,"),
        (BlockKind.WORDS, "your code is"),
        (BlockKind.CODE, "482 913"),
        (BlockKind.WORDS, "Open this link:"),
        (BlockKind.BUTTON, "https://gifts.example/t/abc_DEF-1"),
        (BlockKind.WORDS, "It works once. Or see https://gifts.example/contact."),
        (BlockKind.LIST, "one"),
    ]
    (sentence,) = [block.lines[0] for block in blocks("见 https://gifts.example/contact。谢谢")]
    assert [(piece.text, piece.address) for piece in sentence] == [
        ("见 ", ""),
        ("https://gifts.example/contact", "https://gifts.example/contact"),
        ("。谢谢", ""),
    ]


def test_what_a_person_typed_is_text_and_nothing_else(app: GiftShop) -> None:
    paint = painter(app.jinja_env, Letterhead("Gifts", "https://gifts.example", ""))
    html = paint(
        '<b>Hi</b> "there"', 'Dear <img src=x onerror=alert(1)>,\n\njavascript:alert(1)\n\nhttps://x.example/"><script>'
    )
    assert "<img" not in html
    assert "<script" not in html
    assert "<b>" not in html
    assert 'href="javascript' not in html


def test_a_mail_leaves_as_text_and_as_html_in_its_own_language(app: GiftShop, database: Database) -> None:
    for subject, text in (("您的礼品", "您好，\n\nhttps://gifts.example/t/1"), ("Your gift", TEXT)):
        database.transact(queue_mail, to=MEI, subject=subject, text=text)
    app.jobs.run_due()
    chinese, english = (read_mail(path) for path in sorted((app.settings.instance_path / "outbox").glob("*.eml")))
    assert 'lang="zh-Hans"' in words_of(chinese, "html")
    assert ">打开页面</a>" in words_of(chinese, "html")
    assert words_of(english) == TEXT.strip()
    assert all(word in words_of(english, "html") for word in ('lang="en"', ">Open the page</a>", "482 913", ">two<"))


def test_the_desk_shows_a_mail_as_it_is_seen_and_no_secret(
    app: GiftShop, database: Database, client: FlaskClient, people: People
) -> None:
    database.transact(queue_mail, to=MEI, subject="Hello", text="Good morning")
    database.transact(queue_mail, to=MEI, subject="Your link", text="https://…", is_secret=True)
    database.transact(queue_text, phone="+8613800138000", text="您的礼品已发出")
    sign_in(client, people.staff.hotline)
    with database.reading() as reader:
        ids = {message.subject: message.id for message in messages_to(reader, MEI)}
        text_id = messages_to(reader, "+8613800138000")[0].id
    page = client.get(f"/desk/messages/{ids['Hello']}/mail")
    assert "Good morning" in page.text
    assert "sandbox" in page.headers["Content-Security-Policy"]
    assert f"/desk/messages/{ids['Hello']}/mail" in client.get(f"/desk/messages/{ids['Hello']}").text
    assert [client.get(f"/desk/messages/{each}/mail").status_code for each in (text_id, 999_999)] == [404, 404]
    database.transact(mark_sent, ids["Your link"], left_the_house=True, at=clock.now())
    assert client.get(f"/desk/messages/{ids['Your link']}/mail").status_code == (200 if app.settings.is_demo else 404)
    sign_in(client, people.staff.sales)
    assert client.get(f"/desk/messages/{ids['Hello']}/mail").status_code == 403


def test_a_mail_is_drawn_in_the_language_it_says_it_is_in(app: GiftShop) -> None:
    paint = painter(app.jinja_env, Letterhead("Gifts", "https://gifts.example", ""))
    assert '<html lang="en">' in paint("Your gift", "For 欧阳娜娜", "en")
    assert '<html lang="zh-Hans">' in paint("Your gift", "For 欧阳娜娜")
