"""Text messages through a gateway that takes JSON, which is sometimes down."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from giftshop.application import create_app
from giftshop.config import BadSettings, Settings, TextGateway
from giftshop.notifications import MessageState, messages_to, queue_text
from giftshop.web import GiftShop
from tests.tools.test_settings import read

PHONE = "+8613800138000"


class Answering(BaseHTTPRequestHandler):
    """Keeps what is sent to it, and answers what the test says."""

    kept: list[tuple[dict[str, str], dict[str, Any]]]
    status: int

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).kept.append((dict(self.headers), told))
        self.send_response(type(self).status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def gateway() -> Iterator[tuple[type[Answering], str]]:
    kind = type("Gateway", (Answering,), {"kept": [], "status": 200})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield kind, f"http://127.0.0.1:{server.server_address[1]}/send"
    server.shutdown()
    server.server_close()


@pytest.fixture
def texting(settings: Settings, gateway: tuple[type[Answering], str]) -> Iterator[GiftShop]:
    """The shop, told of the gateway."""
    app = create_app(replace(settings, texts=TextGateway(gateway[1], "token-of-the-gateway")))
    with app.app_context():
        yield app
    app.database.dispose()


def test_a_text_is_handed_over_and_a_secret_one_forgotten(
    texting: GiftShop, gateway: tuple[type[Answering], str]
) -> None:
    texting.database.transact(queue_text, phone=PHONE, text="验证码 123456", is_secret=True)
    assert texting.jobs.run_due() == 1
    ((headers, told),) = gateway[0].kept
    assert (told["to"], told["text"]) == (PHONE, "验证码 123456")
    assert headers["Authorization"] == "Bearer token-of-the-gateway"
    assert headers["Idempotency-Key"] == told["id"]
    with texting.database.reading() as reader:
        (message,) = messages_to(reader, PHONE)
    assert (message.state, message.text) == (MessageState.SENT, "")


@pytest.mark.parametrize("status", [302, 401, 429, 500])
def test_what_the_gateway_does_not_take_waits(
    texting: GiftShop, gateway: tuple[type[Answering], str], status: int
) -> None:
    gateway[0].status = status
    texting.database.transact(queue_text, phone=PHONE, text="您的礼品已发出")
    texting.jobs.run_due()
    assert len(gateway[0].kept) == 1, "a redirect is not followed"
    with texting.database.reading() as reader:
        assert [message.state for message in messages_to(reader, PHONE)] == [MessageState.QUEUED]


def test_codes_do_not_travel_in_the_clear(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="SMS_GATEWAY_URL must begin with https"):
        read(tmp_path, "production", SMS_GATEWAY_URL="http://texts.example/send", SMS_GATEWAY_TOKEN="t")
    with pytest.raises(BadSettings, match="SMS_GATEWAY_TOKEN must be set"):
        read(tmp_path, "production", SMS_GATEWAY_URL="https://texts.example/send")
    told = read(tmp_path, "production", SMS_GATEWAY_URL="https://texts.example/send", SMS_GATEWAY_TOKEN="topsecret")
    assert told.texts is not None
    assert "topsecret" not in repr(told)
    assert read(tmp_path, "production").texts is None
