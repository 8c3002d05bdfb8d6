"""A stand-in for Stripe, for the demonstration and the tests: a program of its own, spoken to over HTTP.

It has the part of Stripe's API that the site uses, with objects shaped like Stripe's, idempotency keys, signed webhooks
with retries, sessions that expire, refunds, disputes, and a page to pay on that says what it is. No money moves here.

    python -m tools.fake_stripe --port 5001 --webhook http://127.0.0.1:5000/stripe/webhook
"""
