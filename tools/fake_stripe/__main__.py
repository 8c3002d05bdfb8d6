"""Runs the stand-in on 127.0.0.1. Key and webhook secret come from the environment, as the site's do."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from tools.fake_stripe.api import FakeStripe
from tools.fake_stripe.courier import Courier
from tools.fake_stripe.ledger import Ledger


class Quiet(WSGIRequestHandler):
    """Says nothing of what goes well."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Leave it out."""


def main() -> None:
    """Run until told to stop."""
    parser = argparse.ArgumentParser(prog="fake_stripe", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--webhook", default="", help="where news is sent; nowhere when left out")
    parser.add_argument("--file", type=Path, help="where it is remembered what happened")
    given = parser.parse_args()
    key = os.environ.get("STRIPE_SECRET_KEY", "")
    if not key.startswith("sk_test_"):
        sys.exit("STRIPE_SECRET_KEY must be a test key: this is not Stripe")
    courier = Courier(given.webhook, os.environ.get("STRIPE_WEBHOOK_SECRET", ""))
    ledger = Ledger(f"http://127.0.0.1:{given.port}", courier.post, given.file)
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    threading.Thread(target=_expire_for_ever, args=(ledger,), daemon=True).start()
    app = FakeStripe(key, ledger, courier)
    make_server("127.0.0.1", given.port, app, threaded=True, request_handler=Quiet).serve_forever()


def _expire_for_ever(ledger: Ledger) -> None:
    while True:
        ledger.expire_what_is_due()
        time.sleep(1)


if __name__ == "__main__":
    main()
